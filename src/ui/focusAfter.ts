// Where Enter goes in a form that is filled in by keyboard alone.

/** To the next thing one can fill in; of a group of choices to the chosen one. */
export function focusAfter(within: HTMLElement, from: HTMLElement): void {
  const group = from.closest('[role="radiogroup"]');
  const fields = [...within.querySelectorAll<HTMLElement>('input, select, textarea, .btn.primary')].filter(
    (one) => !(one instanceof HTMLInputElement && one.type === 'radio' && !one.checked) || one === from,
  );
  const at = fields.indexOf(from);
  const next = fields.slice(at + 1).find((one) => group === null || !group.contains(one));
  next?.focus();
}
