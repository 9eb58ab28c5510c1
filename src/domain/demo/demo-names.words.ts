// Invented people and firms of the demo communities. No list of real persons stands behind them.

/** The hundred most common surnames, the commoner the earlier; a few double ones at the end. */
export const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'.split(
    '',
  );
export const doubleSurnames = ['欧阳', '上官', '司徒', '慕容', '诸葛', '令狐'] as const;

export const maleNames =
  '伟 强 磊 军 勇 涛 超 明 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 志强 建国 建华 国强 志伟 文斌 俊杰 浩然 子轩 宇航 天佑 明哲 博文 家豪 思远 晓东 海波 永康 德福 振华 立新 一鸣 景行 怀瑾 承泽 昱辰 启航 少华 世杰 国栋 忠诚 学文 长河 庆丰 卫东'.split(
    ' ',
  );
export const femaleNames =
  '芳 娜 敏 静 丽 艳 娟 霞 秀英 玲 燕 红 梅 琳 雪 倩 颖 洁 莉 婷 慧 丹 萍 佳 秀兰 桂英 玉兰 淑珍 雅婷 梦洁 诗涵 雨桐 欣怡 梓萱 晓燕 春梅 海燕 思琪 佳怡 美玲 若曦 语嫣 静怡 书瑶 清欢 晚晴 素心 采薇 淑芬 凤英 惠兰 月华 小满 知夏'.split(
    ' ',
  );

/** Flats that belong to firms, and firms that let for others. */
export const companyNames = [
  '鹏程致远贸易有限公司',
  '恒泰兴业投资有限公司',
  '云帆网络科技有限公司',
  '海岳建筑设计有限公司',
  '安居易租房地产经纪有限公司',
  '启明星教育咨询有限公司',
  '瑞和医疗器械有限公司',
  '东篱餐饮管理有限公司',
] as const;

export const organizationName = '祥和物业服务有限公司';
