// Where antd's generated styles go: constructed style sheets, which a content policy without
// `unsafe-inline` and without a nonce allows, unlike `<style>` elements. Takes the place of
// antd's own style writers at build (vite.config.ts) and keeps its order: ascending priority,
// later ones last.

type Options = { prepend?: boolean | 'queue'; priority?: number; mark?: string };
/** What the caller believes to be a style element; it only sets attributes on it. */
type Sheet = { sheet: CSSStyleSheet; text: string; rank: number; setAttribute: (name: string, value: string) => void };

const sheets = new Map<string, Sheet>();

const keyOf = (key: string, options: Options) => `${options.mark ?? ''}|${key}`;

/** `prependQueue` by its priority, then `prepend`, then what is appended. */
function rankOf(options: Options): number {
  if (options.prepend === 'queue') return options.priority ?? 0;
  return options.prepend ? 1_000_000 : 2_000_000;
}

function insert(css: string, options: Options): Sheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const added: Sheet = { sheet, text: css, rank: rankOf(options), setAttribute: () => undefined };
  const adopted = document.adoptedStyleSheets;
  const rankOfSheet = new Map([...sheets.values()].map((one) => [one.sheet, one.rank]));
  let at = adopted.length;
  while (at > 0) {
    const before = adopted[at - 1];
    if (!before || (rankOfSheet.get(before) ?? -Infinity) <= added.rank) break;
    at--;
  }
  adopted.splice(at, 0, sheet);
  return added;
}

export function updateCSS(css: string, key: string, options: Options = {}): Sheet {
  const existing = sheets.get(keyOf(key, options));
  if (existing) {
    if (existing.text !== css) {
      existing.sheet.replaceSync(css);
      existing.text = css;
    }
    return existing;
  }
  const added = insert(css, options);
  sheets.set(keyOf(key, options), added);
  return added;
}

export function removeCSS(key: string, options: Options = {}): void {
  const existing = sheets.get(keyOf(key, options));
  if (!existing) return;
  sheets.delete(keyOf(key, options));
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== existing.sheet);
}

export const injectCSS = (css: string, options: Options = {}): Sheet => insert(css, options);

/** The original forgets which element holds its styles; there is none here. */
export const clearContainerCache = (): void => undefined;
