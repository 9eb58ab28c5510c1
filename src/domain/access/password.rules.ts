// What may not be a password: what guessers try first (NIST SP 800-63B 3.1.1.2: a list of common ones, the person's own
// names). Length is the contract's; nothing is asked about kinds of characters.

export type PasswordFault = 'too_common' | 'contains_name' | 'same_as_before';

/** What people build long passwords of: a password that is nothing but these is one that is tried early. */
const stems = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'p@ssword',
  'administrator',
  'admin',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'trustno1',
  'changeme',
  'default',
  'test',
  'guest',
  'root',
  'user',
  'abc',
  'aini',
  'mima',
  'wuye',
  'guanjia',
  'zhangsan',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'asdfgh',
  'zxcvbnm',
  '1qaz2wsx3edc',
  '1qaz2wsx',
  'qazwsxedc',
  'qazwsx',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t',
  '1q2w3e4r',
  'q1w2e3r4',
  'woaini1314',
  '1314',
  '5201314',
] as const;
const longestFirst = [...stems].sort((a, b) => b.length - a.length);

/** Steps of one up, one down or none from each character to the next, nearly all through: 123456, 654321, aaaa. */
function isRun(text: string): boolean {
  let steps = 0;
  for (let index = 1; index < text.length; index++) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1);
    const wraps = text[index - 1] === '9' && text[index] === '0';
    if (wraps || Math.abs(step) <= 1) steps++;
  }
  return steps >= text.length - 2;
}

/** One short piece over and over: 1212…, abcabc…. */
function isRepeated(text: string): boolean {
  for (let size = 1; size <= 4; size++)
    if (
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length)
    )
      return true;
  return false;
}

function isCommon(password: string): boolean {
  const text = password.toLowerCase().replaceAll(/[\s._!@#$%^&*+-]+$/g, '');
  if (isRun(text) || isRepeated(text)) return true;
  let rest = text;
  for (const stem of longestFirst) rest = rest.replaceAll(stem, '');
  if (rest === text) return /^\d+$/.test(text) && text.length < 16;
  // What is left beside the stems: digits of a year or a run add nothing.
  return /^[\d\s._!@#$%^&*+-]{0,8}$/.test(rest);
}

export function passwordFault(
  password: string,
  person: { username: string; name: string },
  current?: string,
): PasswordFault | null {
  if (password === current) return 'same_as_before';
  if (isCommon(password)) return 'too_common';
  const text = password.toLowerCase();
  const names = [person.username.toLowerCase(), person.name.toLowerCase()].filter((name) => name.length >= 4);
  // A name inside a long sentence tells a guesser little; one that makes up most of it tells nearly all.
  return names.some((name) => text.includes(name) && text.length - name.length < 8) ? 'contains_name' : null;
}
