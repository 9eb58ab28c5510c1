// Phone numbers 电话 as people type them, and how they are shown (PR1).

/** Digits only, without +86; null when letters are in it or it has too few or too many digits. */
export function normalisePhone(text: string): string | null {
  const bare = text.replaceAll(/[\s()（）\-—·]/g, '').replace(/^(\+|00)86/, '');
  return /^\d{7,12}$/.test(bare) ? bare : null;
}

/** `138****1234`; a fixed line keeps its last two digits only. */
export const maskPhone = (phone: string): string =>
  phone.length >= 11
    ? `${phone.slice(0, 3)}****${phone.slice(-4)}`
    : `${'*'.repeat(phone.length - 2)}${phone.slice(-2)}`;
