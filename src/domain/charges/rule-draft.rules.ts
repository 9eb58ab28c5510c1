// A price rule as it is typed: text in yuan and units until it is a rule, each fault at its field, nothing rounded or guessed.
import type { PriceRule, PriceRuleKind } from './charge.contract.ts';

export type RuleDraft = {
  kind: PriceRuleKind;
  /** Yuan a unit, to the ten-thousandth. */
  price: string;
  amount: string;
  areaOf: 'built' | 'inner';
  tiers: readonly { upTo: string; price: string }[];
  tiersOf: 'month' | 'year';
  shareBy: 'none' | 'area' | 'household' | 'usage';
  sharePrice: string;
  classes: readonly { code: string; name: string; amount: string }[];
  text: string;
  gives: 'quantity' | 'amount';
  surcharge: string;
};

export const emptyDraft: RuleDraft = {
  kind: 'area',
  price: '',
  amount: '',
  areaOf: 'built',
  tiers: [{ upTo: '', price: '' }],
  tiersOf: 'month',
  shareBy: 'none',
  sharePrice: '',
  classes: [{ code: 'car', name: '', amount: '' }],
  text: '',
  gives: 'amount',
  surcharge: '0',
};

/** `2.85` with so many decimals as a whole number of the smallest part; null: no such number. */
export function scaledOf(typed: string, decimals: number): number | null {
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(typed.normalize('NFKC').trim());
  const rest = match?.[2] ?? '';
  if (!match || rest.length > decimals) return null;
  return Number(`${match[1]}${rest.padEnd(decimals, '0')}`);
}

export function scaledText(value: number, decimals: number): string {
  const digits = String(value).padStart(decimals + 1, '0');
  const rest = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${rest === '' ? '' : `.${rest}`}`;
}

export type DraftRead = { rule: PriceRule; bad: null } | { rule: null; bad: readonly string[] };

/** The rule, or the fields that are no number. */
export function ruleOf(draft: RuleDraft): DraftRead {
  const bad: string[] = [];
  const price = (field: string, typed: string): number => {
    const value = scaledOf(typed, 4);
    if (value === null) bad.push(field);
    return value ?? 0;
  };
  const fen = (field: string, typed: string): number => {
    const value = scaledOf(typed, 2);
    if (value === null) bad.push(field);
    return value ?? 0;
  };
  const made = ((): PriceRule => {
    switch (draft.kind) {
      case 'area':
        return { kind: 'area', areaOf: draft.areaOf, priceTenThousandths: price('price', draft.price) };
      case 'fixed':
        return { kind: 'fixed', amountFen: fen('amount', draft.amount) };
      case 'day':
        return { kind: 'day', priceTenThousandths: price('price', draft.price) };
      case 'metered':
        return {
          kind: 'metered',
          tiersOf: draft.tiersOf,
          tiers: draft.tiers.map((tier, place) => {
            const isLast = place === draft.tiers.length - 1;
            const upTo = isLast && tier.upTo.trim() === '' ? null : scaledOf(tier.upTo, 3);
            if (!isLast && upTo === null) bad.push(`tiers.${place}.upTo`);
            return { upToThousandths: upTo, priceTenThousandths: price(`tiers.${place}.price`, tier.price) };
          }),
          publicShare:
            draft.shareBy === 'none'
              ? null
              : { by: draft.shareBy, priceTenThousandths: price('sharePrice', draft.sharePrice) },
        };
      case 'vehicle':
        return {
          kind: 'vehicle',
          classes: draft.classes.map(({ code, name, amount }, place) => {
            if (name.trim() === '') bad.push(`classes.${place}.name`);
            return {
              code: code.trim() || name.trim(),
              name: name.trim(),
              amountFen: fen(`classes.${place}.amount`, amount),
            };
          }),
        };
      case 'formula':
        return {
          kind: 'formula',
          text: draft.text,
          gives: draft.gives,
          priceTenThousandths: draft.price.trim() === '' ? 0 : price('price', draft.price),
          surchargeFen: fen('surcharge', draft.surcharge),
        };
    }
  })();
  return bad.length > 0 ? { rule: null, bad } : { rule: made, bad: null };
}

/** A rule opened for its next version. */
export function draftOf(rule: PriceRule): RuleDraft {
  const draft = { ...emptyDraft, kind: rule.kind };
  switch (rule.kind) {
    case 'area':
      return { ...draft, areaOf: rule.areaOf, price: scaledText(rule.priceTenThousandths, 4) };
    case 'fixed':
      return { ...draft, amount: scaledText(rule.amountFen, 2) };
    case 'day':
      return { ...draft, price: scaledText(rule.priceTenThousandths, 4) };
    case 'metered':
      return {
        ...draft,
        tiersOf: rule.tiersOf,
        tiers: rule.tiers.map(({ upToThousandths, priceTenThousandths }) => ({
          upTo: upToThousandths === null ? '' : scaledText(upToThousandths, 3),
          price: scaledText(priceTenThousandths, 4),
        })),
        shareBy: rule.publicShare?.by ?? 'none',
        sharePrice: rule.publicShare ? scaledText(rule.publicShare.priceTenThousandths, 4) : '',
      };
    case 'vehicle':
      return {
        ...draft,
        classes: rule.classes.map(({ code, name, amountFen }) => ({ code, name, amount: scaledText(amountFen, 2) })),
      };
    case 'formula':
      return {
        ...draft,
        text: rule.text,
        gives: rule.gives,
        price: scaledText(rule.priceTenThousandths, 4),
        surcharge: scaledText(rule.surchargeFen, 2),
      };
  }
}
