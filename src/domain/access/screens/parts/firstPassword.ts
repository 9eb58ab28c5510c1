// A first password 初始密码 made in the browser: easy to read aloud and to type, shown once.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 3;
const perGroup = 4;

/** `k7mp-x2qd-9vhr`: 12 of 31 signs, about 59 bits. */
export function firstPassword(): string {
  const group = () => Array.from({ length: perGroup }, () => letters[below(letters.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** Even chances: values past the last whole multiple are drawn again. */
function below(limit: number): number {
  const whole = 256 - (256 % limit);
  const byte = new Uint8Array(1);
  do crypto.getRandomValues(byte);
  while ((byte[0] ?? 0) >= whole);
  return (byte[0] ?? 0) % limit;
}
