// What was written down at the demo's counter.
export const demoPaymentWords = {
  short: '找零差错，当日未查明，记待处理',
  deposit: '室内装修押金，验收合格后退还',
  deduction: '装修运料碰坏电梯厅墙面，按修复费用扣除',
  wrong: '房号录错，款项应入隔壁户',
  agreed: '情况属实，同意',
  waiver: '漏水维修期间无法入住，附书面批准，申请减免当月费用',
} as const;
