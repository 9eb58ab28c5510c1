// The interface as a page for people: every route of the OpenAPI document with its summaries, in plain HTML without script.

type Operation = { summary?: string; description?: string };
type Document = { paths?: Record<string, Record<string, Operation> | undefined> };

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? letter);

/** `document`: what `/api/v1/openapi.json` answers. */
export function docsPage(document: Document, title: string): string {
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations ?? {}).map(
      ([method, { summary = '', description = '' }]) =>
        `<tr><td><b>${escapeHtml(method.toUpperCase())}</b></td><td><code>${escapeHtml(path)}</code></td><td>${escapeHtml(description)}</td><td>${escapeHtml(summary)}</td></tr>`,
    ),
  );
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body><h1>${escapeHtml(title)}</h1><p><a href="/api/v1/openapi.json">OpenAPI 3.1</a></p><table border="1" cellpadding="4">${rows.join('')}</table></body></html>`;
}
