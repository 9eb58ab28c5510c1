// Options of a command as it needs them; what is missing or wrong is refused with the option's name.
import { Refusal } from '../../kernel/refusal.ts';

type Options = ReadonlyMap<string, string>;

/** A name without a value is read as `true`, which no option with a value can mean. */
export function optionOf(options: Options, name: string): string | null {
  const value = options.get(name);
  return value === undefined || value === 'true' || value === '' ? null : value;
}

export function neededOption(options: Options, name: string): string {
  const value = optionOf(options, name);
  if (value === null) throw new Refusal('command.option_missing', { option: name }, 422);
  return value;
}

export const listOption = (text: string): string[] =>
  text
    .split(/[,，\s]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** One of a fixed list. */
export function chosenOption<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (!found) throw new Refusal('command.option_unknown', { option: name, read: value, known }, 422);
  return found;
}
