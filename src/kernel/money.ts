// Money is whole fen 分; people write yuan. Products of money and quantity go through BigInt and are divided once.

/** `35`, `35.5` or `35.50` yuan as fen; null when it is no amount. Thousands may be set apart by commas. */
export function fenOfYuan(text: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(/[,，](?=\d{3}(\D|$))/g, ''));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

/** 3550 → `35.50`; below zero with a sign. */
export function yuanOfFen(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}${whole}.${rest}`;
}
