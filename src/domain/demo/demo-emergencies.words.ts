// What the demo's emergencies 突发事件 are about, and what those who were there wrote down.
import type { EmergencyCategory, EmergencyCause, HarmInput, OutsideBody } from '../emergencies/emergency.contract.ts';

/** Minutes after the telling; `by`: who wrote it down. */
export type DemoMeasure = { after: number; by: 'taker' | 'lead'; text: string; called?: OutsideBody };
export type EmergencyStory = {
  /** How long ago, and when on that day it was told. */
  daysAgo: number;
  time: string;
  category: EmergencyCategory;
  taker: 'desk' | 'duty';
  lead: 'engineer' | 'order';
  /** `home`: in somebody's home; else the place in words. */
  place: string | 'home';
  /** Minutes before the telling. */
  happenedBefore: number;
  description: string;
  harm: HarmInput;
  decider: 'gm' | 'manager';
  task: string;
  measures: readonly DemoMeasure[];
  resolvedAfter: number;
  cause: EmergencyCause;
  result: string;
  review: string;
  /** The last thing that is done by now. */
  until: 'followed-up' | 'looked-back' | 'over';
};

export const luxuryEmergencies: readonly EmergencyStory[] = [
  {
    daysAgo: 83,
    time: '23:41',
    category: 'fire',
    taker: 'duty',
    lead: 'order',
    place: '3 栋地下车库 B 区充电桩旁',
    happenedBefore: 4,
    description: '监控看到车库 B 区电动车充电位冒烟，随后有明火，烟气向 3 栋电梯厅扩散。',
    harm: { people: 26, deaths: 0, injury: 'none', lossFen: 860_000 },
    decider: 'gm',
    task: '带两名队员到 B 区灭火疏散，一人到东门接消防车',
    measures: [
      { after: 1, by: 'taker', text: '拨打 119，报清小区、楼栋和东门入口', called: 'fire-brigade' },
      { after: 2, by: 'taker', text: '切断 B 区充电电源，电梯迫降首层，启动排烟和广播' },
      { after: 6, by: 'lead', text: '用两具干粉灭火器压住明火，逐层通知 3 栋住户从楼梯撤到中心花园' },
      { after: 13, by: 'lead', text: '消防车到场，引导至 B 区，完成现场交接' },
      { after: 34, by: 'lead', text: '清点撤出住户 26 人，全部安全，其中行动不便老人 1 人由队员背下' },
    ],
    resolvedAfter: 74,
    cause: 'equipment',
    result: '明火扑灭，无人受伤；烧损电动自行车 2 辆、充电桩 1 组，车库顶棚熏黑约 20 平方米，已封闭该充电区。',
    review: '报警和断电及时。充电区离电梯厅太近，已请工程部门本月迁移充电桩并加装温感喷淋。',
    until: 'followed-up',
  },
  {
    daysAgo: 46,
    time: '18:22',
    category: 'lift',
    taker: 'desk',
    lead: 'engineer',
    place: '5 栋 2 单元 1 号梯',
    happenedBefore: 2,
    description: '住户从轿厢对讲报称电梯停在 7 层与 8 层之间，轿厢内 3 人，其中有一名四岁孩子。',
    harm: { people: 3, deaths: 0, injury: 'none' },
    decider: 'manager',
    task: '带电梯管理员到 8 层厅门口守候，保持与轿厢通话',
    measures: [
      { after: 1, by: 'taker', text: '对讲安抚被困住户，请其靠壁站好不要扒门' },
      { after: 2, by: 'taker', text: '通知迅安电梯值班师傅，答复二十分钟内到', called: 'lift-firm' },
      { after: 9, by: 'lead', text: '工程主管到 8 层守候，轿厢照明正常，孩子情绪平稳' },
      { after: 22, by: 'lead', text: '维保师傅到场，手动平层开门，三人走出' },
    ],
    resolvedAfter: 31,
    cause: 'equipment',
    result: '门机皮带打滑造成停梯，三名住户平安离开，无人不适；该梯挂牌停用，次日更换皮带后恢复。',
    review: '从报警到救出 22 分钟。已要求维保单位把门机皮带列入每月检查。',
    until: 'followed-up',
  },
  {
    daysAgo: 17,
    time: '06:35',
    category: 'flooding',
    taker: 'duty',
    lead: 'engineer',
    place: 'home',
    happenedBefore: 15,
    description: '住户入户总管接头脱开，水漫到走廊并流进电梯井，楼下吊顶渗水。',
    harm: { people: 8, deaths: 0, injury: 'none', lossFen: 320_000 },
    decider: 'manager',
    task: '到现场排水，守住本层配电间和电梯井',
    measures: [
      { after: 3, by: 'taker', text: '关闭该单元立管总阀，电梯停到顶层' },
      { after: 11, by: 'lead', text: '沙袋围住电梯厅口，两台吸水机排水，配电间未进水' },
      { after: 40, by: 'lead', text: '更换脱开的接头，恢复该单元供水，逐户查看楼下 4 户渗水并拍照' },
    ],
    resolvedAfter: 65,
    cause: 'equipment',
    result: '积水排净，供水供电恢复；楼下 4 户吊顶受潮，已登记损失，由工程部门联系保险公司查勘。',
    review: '立管总阀位置标识不清，多用了三分钟，已重新挂牌并列入夜班交接。',
    until: 'looked-back',
  },
  {
    daysAgo: 1,
    time: '14:05',
    category: 'storm',
    taker: 'desk',
    lead: 'order',
    place: '中心花园和地下车库东出入口',
    happenedBefore: 5,
    description: '暴雨红色预警，中心花园一棵香樟倒伏压住步道，车库东出入口开始进水。',
    harm: { people: 0, deaths: 0, injury: 'none', lossFen: 150_000 },
    decider: 'manager',
    task: '车库东出入口装挡水板，拉起步道警戒线',
    measures: [
      { after: 4, by: 'taker', text: '广播提醒住户不要经过中心花园，车库东出入口暂停通行' },
      { after: 12, by: 'lead', text: '挡水板装好，两台水泵抽水，水位停在斜坡下沿' },
      { after: 50, by: 'lead', text: '锯开倒伏的香樟，清出步道；逐栋巡查，2 处公共窗未关已关好' },
    ],
    resolvedAfter: 96,
    cause: 'nature',
    result: '雨停后积水排净，车库恢复通行；倒伏树木已清运，步道围栏损坏 6 米待修。',
    review: '',
    until: 'over',
  },
];

export const standardEmergencies: readonly EmergencyStory[] = [
  {
    daysAgo: 38,
    time: '21:14',
    category: 'injury',
    taker: 'desk',
    lead: 'order',
    place: '2 栋东侧台阶',
    happenedBefore: 6,
    description: '一名老人下台阶时滑倒，脚踝肿痛不能站立，神志清楚。',
    harm: { people: 1, deaths: 0, injury: 'slight' },
    decider: 'manager',
    task: '到 2 栋东侧照看老人，一人到大门引救护车',
    measures: [
      { after: 1, by: 'taker', text: '拨打 120 并通知家属', called: 'ambulance' },
      { after: 5, by: 'lead', text: '就地固定脚踝，围住现场并加照明' },
      { after: 19, by: 'lead', text: '救护车到场，家属陪同送往市第一医院' },
    ],
    resolvedAfter: 24,
    cause: 'equipment',
    result: '老人左踝骨裂，已住院；台阶防滑条脱落一段，当晚设置警示，次日补装。',
    review: '台阶防滑条列入每周巡查；家属对现场照看表示感谢。',
    until: 'followed-up',
  },
  {
    daysAgo: 9,
    time: '10:48',
    category: 'gas',
    taker: 'desk',
    lead: 'engineer',
    place: 'home',
    happenedBefore: 10,
    description: '住户反映厨房有明显燃气味，家中一人，已开窗。',
    harm: { people: 6, deaths: 0, injury: 'none' },
    decider: 'gm',
    task: '疏散上下左右住户，守住单元门，不开关电器',
    measures: [
      { after: 1, by: 'taker', text: '请住户关总阀、开窗后离开室内再打电话' },
      { after: 2, by: 'taker', text: '通知燃气公司抢修', called: 'gas-firm' },
      { after: 8, by: 'lead', text: '疏散本层和上下层 6 人到楼外，拉起警戒' },
      { after: 27, by: 'lead', text: '抢修人员到场，查明灶具软管老化开裂，更换后检测浓度为零' },
    ],
    resolvedAfter: 39,
    cause: 'equipment',
    result: '软管更换，检测正常，住户返回，无人不适；已提醒同单元住户检查软管年限。',
    review: '疏散及时。下月入户安检时逐户登记软管更换日期。',
    until: 'looked-back',
  },
];

export const emergencyFollowUp = {
  record: { quality: 5, effect: 4, satisfaction: 5, suggestions: '希望把处理情况在公告栏写清楚' },
  reason: '住户白天不在家，约定电话回访',
  comment: '已核实，住户认可处置过程。',
} as const;
