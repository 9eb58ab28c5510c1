// Words 词 of charge items, terms and meters: faults of their fields, and the refusals.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { TermKind } from './charge-item.contract.ts';

export const termKindWords: Record<TermKind, string> = {
  price: '本户价格或折扣',
  free: '免收或优惠期',
  vacant: '空置（已报备）',
  applies: '适用此收费项目',
  vehicle: '停放车辆',
  'late-fee-pause': '暂停计收滞纳金',
};

export const chargingProblems: ProblemWords = {
  'charge-item.version_in_use': plain('这个价格已经开始执行，不能撤回；请从某日起另立新价格', 'this price has begun'),
  'meter-reading.not_last': plain('后面还有读数，请先撤销最后一次的', 'a later reading stands on it'),
  'meter-reading.billed': ({ month }) => ({
    zh: `${String(month ?? '')} 已经入账，不能撤销读数；请先冲正那笔应收`,
    en: 'its month was billed',
  }),
};

export const chargingFaults: ProblemWords = {
  code_taken: plain('这个编号已经有了', 'the code is taken'),
  month_already_billed: plain(
    '这一天之后的月份已经出账，新价格请从还没有出账的月份开始',
    'later months were billed already',
  ),
  month_already_read: ({ month }) => ({ zh: `${String(month ?? '')} 已经抄过，请先撤销再重抄`, en: 'read already' }),
  unknown_item: plain('没有这个收费项目', 'no such charge item'),
  unknown_vehicle: plain('没有这辆车', 'no such vehicle'),
  unknown_meter: plain('没有这块表', 'no such meter'),
  unknown_party: plain('没有这个人或单位', 'no such party'),
  no_charge_items: plain('还没有收费项目，请先在“收费项目”里设置', 'there are no charge items yet'),
  inner_area_not_kept: plain(
    '房屋资料里没有套内面积，不能按套内面积计费，请改用建筑面积',
    'units have no inner area; use the built area',
  ),
  not_a_month: plain('请选月份', 'not a month'),
};

export const chargingFieldWords: Record<string, string> = {
  dueDay: '每月缴费截止日',
  appliesTo: '适用范围',
  usages: '适用的房屋用途',
  months: '收费月份',
  rule: '计费办法',
  rounding: '取整',
  payer: '付款人',
  unsoldPercent: '未售按',
  vacantPercent: '空置按',
  percent: '百分比',
  classCode: '车辆类别',
  vehicleId: '车辆',
  itemId: '收费项目',
  meterId: '表具',
  reading: '读数',
  final: '旧表止数',
  start: '新表起数',
  dialFigures: '表盘位数',
  noticeText: '缴费须知',
  lateFeesFrom: '计收滞纳金自',
};

export const publicUseFaultWords: Readonly<Record<string, string>> = {
  main_not_read: '总表还没有抄',
  units_not_read: '还有分表没有抄，抄齐后才能分摊',
  share_below_nothing: '总表用量小于各户之和，请核对抄表',
  share_among_nobody: '没有可以分摊的房屋',
  no_share_in_price: '这个项目的价格没有设公摊',
};
