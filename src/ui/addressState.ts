// What a page's filters look like in the address, so that a view can be kept, sent and gone back to.
// A value that is the default doesn't stand in the address; a value that can't be read counts as the default.

export type Codec<Value> = {
  fallback: Value;
  read(text: string): Value | undefined;
  write(value: Value): string;
};

export const textCodec = (fallback = ''): Codec<string> => ({
  fallback,
  read: (text) => text,
  write: (value) => value,
});

export const oneOfCodec = <const Value extends string>(values: readonly Value[], fallback: Value): Codec<Value> => ({
  fallback,
  read: (text) => values.find((value) => value === text),
  write: (value) => value,
});

/** Several words, divided by commas: `state=open,done`. */
export const someOfCodec = <const Value extends string>(values: readonly Value[]): Codec<readonly Value[]> => ({
  fallback: [],
  read: (text) => values.filter((value) => text.split(',').includes(value)),
  write: (chosen) => values.filter((value) => chosen.includes(value)).join(','),
});

export const flagCodec = (): Codec<boolean> => ({
  fallback: false,
  read: (text) => text === 'true',
  write: (value) => String(value),
});

export const countCodec = (fallback: number): Codec<number> => ({
  fallback,
  read: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  write: (value) => String(value),
});

/** `null` means no sort was chosen; `-dueAt` is downwards. */
export const sortCodec = <const Field extends string>(
  fields: readonly Field[],
  fallback: Sort<Field> | null = null,
): Codec<Sort<Field> | null> => ({
  fallback,
  read: (text) => {
    const field = fields.find((one) => one === text.replace(/^-/, ''));
    return field === undefined ? undefined : { field, down: text.startsWith('-') };
  },
  write: (sort) => (sort === null ? '' : `${sort.down ? '-' : ''}${sort.field}`),
});
export type Sort<Field extends string = string> = { field: Field; down: boolean };

export type Codecs = Record<string, Codec<unknown>>;
export type ValuesOf<C extends Codecs> = { [K in keyof C]: C[K] extends Codec<infer Value> ? Value : never };

export function readAddress<C extends Codecs>(codecs: C, search: string): ValuesOf<C> {
  const params = new URLSearchParams(search);
  const values = Object.entries(codecs).map(([name, codec]) => {
    const text = params.get(name);
    return [name, text === null ? codec.fallback : (codec.read(text) ?? codec.fallback)];
  });
  return Object.fromEntries(values) as ValuesOf<C>;
}

/** The address after the changes; parameters that the codecs don't know stay as they are. */
export function writeAddress<C extends Codecs>(codecs: C, search: string, changes: Partial<ValuesOf<C>>): string {
  const params = new URLSearchParams(search);
  for (const [name, codec] of Object.entries(codecs)) {
    if (!(name in changes)) continue;
    const text = codec.write(changes[name] ?? codec.fallback);
    if (text === codec.write(codec.fallback)) params.delete(name);
    else params.set(name, text);
  }
  const written = params.toString().replaceAll('%2C', ',');
  return written === '' ? '' : `?${written}`;
}
