// What counts as a phone number 电话, how it is kept, and how phone numbers, names and identity numbers
// are shown to those who may not see them (PR1), also inside free text (PR5).

export type PhoneFault = 'has_letters' | 'too_few_digits' | 'too_many_digits' | 'not_a_phone';
export type PhoneReading = { phone: string } | { fault: PhoneFault };

const halfWidth = (text: string): string => text.normalize('NFKC');

/**
 * One written form per number: a mobile `13812345678`, a landline `0755-12345678` (with `-801` for an extension),
 * a service number `4001234567`, a local number `12345678`, abroad `+85212345678`.
 */
export function normalisePhone(text: string): PhoneReading {
  const plain = halfWidth(text).trim();
  const parts = /^(.*?)(?:(?:转|分机|ext\.?|x|#)\s*(\d{1,6}))?$/i.exec(plain);
  let main = parts?.[1] ?? plain;
  let extension = parts?.[2] ?? '';
  // 0755-12345678-801: a third group behind a landline is an extension too.
  const third = /^(\(?0\d{2,3}\)?[-\s]*\d{7,8})-(\d{1,6})$/.exec(main.trim());
  if (third !== null) [main = '', extension = ''] = [third[1], third[2] ?? ''];
  if (/[^\d\s\-+().‐-―−/]/u.test(main)) return { fault: 'has_letters' };
  const isInternational = /^\s*(\+|00)/.test(main);
  let digits = main.replace(/\D/g, '');
  if (isInternational) {
    digits = digits.replace(/^00/, '');
    if (!digits.startsWith('86')) {
      if (digits.length < 8) return { fault: 'too_few_digits' };
      return digits.length > 15 ? { fault: 'too_many_digits' } : { phone: `+${digits}` };
    }
  }
  if ((isInternational || digits.length === 13) && /^86[1-9]\d{8,}$/.test(digits)) {
    digits = digits.slice(2);
    // Behind +86 an area code is written without its zero.
    if (!/^(1|[48]00)/.test(digits)) digits = `0${digits}`;
  }
  const end = extension === '' ? '' : `-${extension}`;

  if (/^[48]00/.test(digits) && digits.length === 10) return { phone: digits + end };
  if (digits.startsWith('0')) {
    const areaLength = /^0(10|2\d)/.test(digits) ? 3 : 4;
    const local = digits.slice(areaLength);
    if (local.length < 7) return { fault: 'too_few_digits' };
    if (local.length > 8) return { fault: 'too_many_digits' };
    return { phone: `${digits.slice(0, areaLength)}-${local}${end}` };
  }
  if (digits.length === 11) return digits.startsWith('1') ? { phone: digits + end } : { fault: 'not_a_phone' };
  if (digits.length > 11) return { fault: 'too_many_digits' };
  if ((digits.length === 7 || digits.length === 8) && /^[2-9]/.test(digits)) return { phone: digits + end };
  return { fault: 'too_few_digits' };
}

/** What people dial and remember: the digits without extension; its last four are the tail. */
export const dialledDigits = (phone: string): string =>
  (/^0\d{2,3}-\d+|^[^-]+/.exec(phone)?.[0] ?? '').replace(/\D/g, '');

export const phoneTail = (phone: string): string => dialledDigits(phone).slice(-4);

/** 138****1234; a landline keeps its area code: 0755-****5678. */
export function maskPhone(phone: string): string {
  const landline = /^(0\d{2,3}-)(\d+)/.exec(phone);
  if (landline !== null) return `${landline[1]}****${(landline[2] ?? '').slice(-4)}`;
  const digits = dialledDigits(phone);
  if (digits.length >= 10) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return `****${digits.length > 6 ? digits.slice(-4) : ''}`;
}

const doubleSurnames = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 端木 南宫 长孙 宇文 独孤 轩辕'.split(' '),
);

/** 王小明 → 王**, 王芳 → 王*, 欧阳修 → 欧阳*, John Smith → J***. */
export function maskName(name: string): string {
  const chars = [...name.trim()];
  if (chars.length === 0) return '';
  if (!/\p{Script=Han}/u.test(chars[0] ?? '')) return `${chars[0]}***`;
  const kept = chars.length > 2 && doubleSurnames.has(chars.slice(0, 2).join('')) ? 2 : 1;
  return chars.slice(0, kept).join('') + '*'.repeat(Math.min(2, Math.max(1, chars.length - kept)));
}

/** 110101190001010000 → 110***********0000: neither birthday nor check digits of the middle remain. */
export function maskIdentity(identity: string): string {
  const text = identity.trim();
  if (text.length < 8) return '*'.repeat(text.length);
  return text.slice(0, 3) + '*'.repeat(text.length - 7) + text.slice(-4);
}

const gap = '[\\s\\-‐-―－·.]?';
const identityPattern = /(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)/g;
const oldIdentityPattern = /(?<!\d)[1-9]\d{5}\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}(?!\d)/g;
const mobilePattern = new RegExp(`(?<!\\d)(?:(?:\\+|00)?86${gap})?1\\d{2}${gap}\\d{4}${gap}\\d{4}(?!\\d)`, 'g');
const mobileGroupedPattern = new RegExp(`(?<!\\d)1\\d{3}${gap}\\d{3}${gap}\\d{4}(?!\\d)`, 'g');
const landlinePattern = /(?<!\d)[(（]?0(?:10|2\d|[3-9]\d{2})[)）]?[\s\-‐-―－]?\d{3,4}[\s-]?\d{4}(?!\d)/g;
/** A bare local number is taken for one only behind a word that announces it: dates have eight digits too. */
const localPattern = /((?:电话|致电|联系|来电|座机|拨打|tel)[^\d\n]{0,6})([2-9]\d{6,7})(?!\d)/gi;
const spokenPattern =
  /(?<![一二三四五六七八九〇零幺])[一幺][一二三四五六七八九〇零幺]{10}(?![一二三四五六七八九〇零幺])/g;

const stars = (whole: string): string => {
  const digits = whole.replace(/[^\dXx]/g, '').replace(/^(00)?86(?=1\d{10}$)/, '');
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
};

/** Free text with the numbers that residents and staff typed into it masked (PR5); everything else stays as it is. */
export function maskPhonesInText(text: string): string {
  if (!/[\d０-９一幺]/.test(text)) return text;
  // Full-width digits count as digits; only they are folded, so the rest of the text keeps its form.
  return text
    .replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xff10 + 0x30))
    .replace(identityPattern, maskIdentity)
    .replace(oldIdentityPattern, maskIdentity)
    .replace(mobilePattern, stars)
    .replace(mobileGroupedPattern, stars)
    .replace(landlinePattern, stars)
    .replace(localPattern, (_, before: string, digits: string) => `${before}****${digits.slice(-4)}`)
    .replace(spokenPattern, (digits) => `${digits.slice(0, 3)}****${digits.slice(-4)}`);
}
