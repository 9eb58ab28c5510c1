// How a number plate 车牌 is written: 京A12345, 粤BD12345 (new energy), 粤Z1234港.

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使';
const platePattern = new RegExp(`^[${provinces}][A-Z][A-Z0-9]{4,6}[A-Z0-9挂学警港澳领]?$`);
const platePartPattern = new RegExp(`^(?:[${provinces}][A-Z]?[A-Z0-9]{0,6}|[A-Z][A-Z0-9]{3,6}|[A-Z0-9]{5,6})$`);

const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•・.\-_]/g, '');

/** Null when it is no plate of mainland China. */
export function normalisePlate(text: string): string | null {
  const plate = squeeze(text);
  return plate.length >= 7 && plate.length <= 8 && platePattern.test(plate) ? plate : null;
}

/** What may be the start of a plate, or of the part behind the province, or its number; null otherwise. */
export function platePart(text: string): string | null {
  const part = squeeze(text);
  return platePartPattern.test(part) && /\d|^[^A-Z0-9]/.test(part) ? part : null;
}

/** 京A12345 → 京A***45: enough to tell two cars of a household apart. */
export const maskPlate = (plate: string): string => `${plate.slice(0, 2)}***${plate.slice(-2)}`;
