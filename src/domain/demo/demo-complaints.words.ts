// The Chinese of complaints in the demo community, written for it.
import type { Against } from '../complaints/complaint-shapes.contract.ts';

/** Of one that a follow-up opened. */
export const complaintTexts = {
  amended: { place: '客户家中', demand: '重新维修，修好为止' },
  result: '已重新更换并试水两小时，客户确认不再渗漏，主管上门致歉。',
  answer: '已告知重新维修的结果，并为上次没有修好致歉。',
  opinion: '这次修好了，可以接受。',
} as const;

type Story = {
  against: Extract<Against, 'engineering' | 'environment' | 'order' | 'customer-service'>;
  place: string;
  account: string;
  demand: string;
  result: string;
  answer: string;
  opinion: string;
};

export const ordinaryStories: readonly Story[] = [
  {
    against: 'environment',
    place: '二号楼北侧垃圾投放点',
    account: '早上八点还没有清运，气味很大，路过的人都绕着走。',
    demand: '固定清运时间，并把地面冲洗干净',
    result: '清运提前到每天六点半，地面已冲洗消杀，班长每日查看。',
    answer: '说明了新的清运时间，并为这几天的不便致歉。',
    opinion: '这两天好多了，希望能坚持。',
  },
  {
    against: 'order',
    place: '东门道闸',
    account: '晚上回来道闸不抬杆，岗亭没有人，等了二十分钟。',
    demand: '说明当晚岗亭为什么没人，保证以后有人',
    result: '当晚换岗时空岗十五分钟，已按规定处理当班人员，换岗改为先到后走。',
    answer: '如实说明空岗原因和处理结果，向客户致歉。',
    opinion: '态度诚恳，可以接受。',
  },
  {
    against: 'engineering',
    place: '地下一层车库',
    account: '车库照明坏了好几盏，上下车看不清，报过一次没有修。',
    demand: '尽快修好，并说明上次为什么没有修',
    result: '已更换六盏灯管，上次的报修登记漏填位置，已补训。',
    answer: '告知已全部修好，并说明上次漏修的原因。',
    opinion: '灯亮了就好。',
  },
  {
    against: 'customer-service',
    place: '服务中心前台',
    account: '来办装修手续，前台让跑了三趟，每次说的材料都不一样。',
    demand: '一次说清楚要带哪些材料',
    result: '材料清单已印成一张纸放在前台，办理前逐项核对。',
    answer: '当面致歉，送上清单，并约好时间一次办完。',
    opinion: '以后能这样就满意了。',
  },
];

export const askedTexts = { reason: '客户只便接听电话', comment: '已核实，同意归档。' } as const;

export const graveStories = {
  wait: {
    against: 'engineering',
    place: '五号楼一单元电梯',
    account: '电梯半个月里第三次停在楼层之间，老人在里面吓得发抖，胳膊擦伤。',
    demand: '彻底检修，给老人看伤，并给出书面答复',
    replyReason: '要等厂家工程师到场检测',
    reason: '厂家配件后天到货，到货当天更换并复检',
    result: '更换门锁触点和控制板，厂家出具检测报告，医药费已垫付。',
    answer: '上门送达检测报告和书面答复，看望老人。',
    opinion: '处理得认真，希望别再出事。',
    consentBy: '客户本人',
    unsigned: '老人不便签字，家属在旁同意',
  },
  many: {
    against: 'engineering',
    place: '三号楼全楼',
    account: '三号楼昨夜起全楼停水，十几户聚在大堂，没有人出来说明。',
    demand: '马上恢复供水，说明原因和时间',
    replyReason: '主管道爆裂，正在抢修',
  },
  lowering: {
    against: 'order',
    place: '地面停车位',
    account: '车门被划伤，客户估计修理费五千元，认为保安没有巡逻。',
    demand: '调看录像并赔偿',
    reason: '录像显示为客户自家儿童所划，损失与物业无关',
  },
  anonymous: {
    against: 'order',
    place: '西门岗亭',
    account: '夜班保安在岗亭里睡觉，敲窗也不应，不是一次了。',
    demand: '查处并加强夜查',
    result: '查看录像属实，当班人员已调离，夜查每两小时一次。',
    answer: '投诉反映的夜班睡岗一事已查实处理，夜查每两小时一次，欢迎继续监督。',
  },
  noise: [
    {
      place: '七号楼东侧工地',
      account: '晚上十一点还在打桩，孩子睡不着。',
      demand: '夜里停工',
    },
    {
      place: '七号楼东侧',
      account: '工地夜里十一点打桩，吵得一家人没法睡。',
      demand: '制止夜间施工',
    },
    {
      place: '七号楼东侧工地',
      account: '连着三晚打桩到半夜，打电话来过也没有用。',
      demand: '今晚必须停',
    },
  ],
} as const;
