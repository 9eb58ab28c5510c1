// Words 词 of choosing a unit while one types.

export const pickerWords = {
  found: '查到的房屋',
  searching: '正在查找…',
  nothing: (text: string) => `没有“${text}”这样的房屋或住户`,
  keys: '↑ ↓ 选择，回车确定',
};

export const roomWords = {
  room: '房号',
  roomPlaceholder: '例如：3-1-502、3栋502',
  rooms: '找到的房号',
  noRoom: (text: string) => `没有找到“${text}”，请换个写法`,
};
