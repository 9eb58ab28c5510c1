// What customers of the demo say when they are asked afterwards, and what the supervisor writes to it.

export const followUpTexts = {
  suggestions: [
    '希望师傅出发前先发条短信。',
    '建议公示常用配件的价格。',
    '能不能周末也安排上门。',
    '师傅很耐心，请转达感谢。',
    '楼道里也顺便看一下就更好了。',
  ],
  lackingSlightly: ['等的时间有点久', '走的时候地上还有些灰', '没有说清楚保修多久', '来之前没有打电话'],
  lackingBadly: [
    '修好第二天又漏，地板都泡了',
    '换的开关当天晚上就不亮了',
    '说好上午来，下午才到，还没修好',
    '疏通以后不到两天又堵了',
  ],
  reason: ['客户在外地，电话回访', '客户上班时间不方便，约定电话回访', '家中有小孩午睡，改电话回访'],
  tries: ['响了很久没有人接', '在开会，说晚些再打', '敲门没有人应，邻居说回老家了'],
  comments: ['已阅，服务到位。', '同意，继续保持。', '已阅，注意上门前电话确认。', '已阅，请班组长跟进卫生收尾。'],
  notReached: '已多次联系，同意记为未联系上。',
  opinion: '已与客户通话致歉。工程部换人返工，并检查同批配件。',
  improvement: '同类阀芯改用不锈钢件，领用前试压。',
} as const;
