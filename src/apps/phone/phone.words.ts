// Words 词 of the phone pages' own frame.

export const phonePageWords = {
  orders: '我的单',
  followUps: '回访',
  householdVisits: '拜访',
  area: '片区',
  report: '报修',
  notices: '公告',
} as const;
export type PhonePageName = keyof typeof phonePageWords;

export const phoneWords = {
  mine: '我的',
  mainNav: '主导航',
  noPages: { title: '手机上还没有您的页面', text: '请在电脑上打开管家，或请管理员核对您的职位。' },
  offline: (waiting: number) =>
    waiting === 0 ? '没有信号：照常操作，恢复后自动补报' : `没有信号：照常操作，${waiting} 项待上传，恢复后按顺序补报`,
  sending: (waiting: number) => `${waiting} 项待上传，正在按顺序补报`,
  offlineOff: '没有信号，而且本站没有加密连接：手机离线功能已关闭，现在按的操作发不出去',
  newRelease: '新版本已备好，点这里更新',
  leaveWaiting: (waiting: number) => `还有 ${waiting} 项没有上传。退出后它们留在这部手机上，您下次登录后再上传。`,
  notSecure: '本站没有加密连接，手机离线功能已关闭；请管理员配置证书',
  desktop: '打开电脑版',
  community: '小区',
};
