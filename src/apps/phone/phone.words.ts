// Words 词 of the phone pages' own frame.

export const phonePageWords = {
  orders: '我的单',
  area: '片区',
  report: '报修',
  notices: '公告',
} as const;
export type PhonePageName = keyof typeof phonePageWords;

export const phoneWords = {
  mine: '我的',
  mainNav: '主导航',
  noPages: { title: '手机上还没有您的页面', text: '请在电脑上打开管家，或请管理员核对您的职位。' },
  offline: '没有信号：现在按的操作发不出去，填写的内容留在手机上，有信号后再按一次',
  notSecure: '本站没有加密连接，手机离线功能已关闭；请管理员配置证书',
  desktop: '打开电脑版',
  community: '小区',
};
