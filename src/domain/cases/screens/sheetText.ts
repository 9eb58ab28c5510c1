// A list as a CSV file that a spreadsheet opens as it is: with a byte order mark, and no cell that turns into a formula.

/** `=1+1` typed by a customer must stay text on the clerk's computer. */
const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const sheetText = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
