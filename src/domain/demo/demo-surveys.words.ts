// Questionnaires of the demo communities 演示问卷, what was written into them and what followed; written for it.
import type { Question } from '../surveys/survey-question.contract.ts';

const scale = (text: string, isOverall = false): Question => ({
  kind: 'scale',
  text,
  options: [],
  isRequired: true,
  isOverall,
});

export const surveyTexts = {
  halfYear: {
    title: '住户满意度调查',
    introduction: '感谢您抽出两分钟。答卷只用于改进服务，结果汇总后张贴在各单元大堂，不公布任何一户的回答。',
    questions: [
      scale('总体来说，您对服务中心满意吗？', true),
      scale('管家与前台的态度和回复速度'),
      scale('公共区域的保洁'),
      scale('门岗与巡逻'),
      scale('报修上门的及时与质量'),
      scale('绿化养护'),
      {
        kind: 'multiple',
        text: '您最希望先改进哪些方面？',
        options: ['停车与车库', '电梯', '保洁', '绿化', '门岗', '社区活动'],
        isRequired: false,
        isOverall: false,
      },
      { kind: 'text', text: '还想对我们说的话', options: [], isRequired: false, isOverall: false },
    ] satisfies Question[],
  },
  parking: {
    title: '地下车库照明与停车专项调查',
    introduction: '车库灯具更换在即，想先听听每天进出的住户怎么说。',
    questions: [
      scale('您对车库目前的照明与秩序满意吗？', true),
      scale('夜间进出的安全感'),
      {
        kind: 'single',
        text: '您一般几点回到车库？',
        options: ['18 点以前', '18–21 点', '21 点以后'],
        isRequired: true,
        isOverall: false,
      },
      { kind: 'text', text: '哪个位置最暗？', options: [], isRequired: false, isOverall: false },
    ] satisfies Question[],
  },
  said: [
    '管家很负责，家里老人常夸她。',
    '周末装修噪音希望管得再严一点。',
    '电梯里的广告屏声音太大。',
    '快递柜不够用，经常满。',
    '保洁阿姨很勤快，楼道一直很干净。',
    '儿童乐园的地垫有两块翘起来了。',
    '访客停车收费说明不清楚。',
    '报修师傅上门准时，鞋套也戴了。',
  ],
  dark: ['B 区靠近坡道的转角', '3 栋电梯厅外面', '最里面一排车位'],
  handed: '附各楼栋结果与三项改进措施，请总部审阅。',
  improvements: [
    { head: 'order', text: '车库出入口高峰时段增加一名疏导员。', result: '已按早晚高峰排岗，运行两周。' },
    { head: 'environment', text: '电梯轿厢改为每日两次擦拭。', result: '保洁计划已改，抽查记录附后。' },
    { head: 'engineer', text: '儿童乐园地垫全部检查，翘边更换。', result: null },
  ],
} as const;
