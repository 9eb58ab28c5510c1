// Words 词 of the page that a household answers on 问卷页.

export const answerWords = {
  loading: '正在打开问卷…',
  ends: (day: string) => `请在 ${day} 前回答`,
  anonymous: '不用登录，不用填姓名和房号。结果只按楼栋汇总。',
  required: '必答',
  multiple: '可多选',
  textPlaceholder: '想说的话，可以不填',
  submit: '提交',
  sending: '正在提交…',
  missing: (count: number) => `还有 ${count} 题没有回答，已标出`,
  thanks: { title: '收到了，谢谢您', text: '您的回答已经交到服务中心，我们会据此改进。每户一份，不用再填。' },
  over: { title: '这次调查已经结束', text: '感谢您的关注。有事请随时联系服务中心。' },
  wrong: { title: '链接不完整', text: '请重新扫描通知单上的二维码，或联系服务中心。' },
  retry: '再试一次',
};
