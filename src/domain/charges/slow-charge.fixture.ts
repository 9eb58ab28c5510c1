// A second, slow program that works out a month's charge day by day from the bare rows of the tables, with one denominator and
// no rule of the product: what it says of a posted charge and what was posted must be the same to the fen.

export type SlowRows = {
  unit: { id: string; area: number; state: string; deliveredOn: string | null };
  holders: { partyId: string; relation: string; from: string; until: string | null }[];
  terms: {
    kind: string;
    itemId: string | null;
    from: string;
    until: string | null;
    percent: number | null;
    classCode: string | null;
    rule: SlowRule | null;
  }[];
  versions: {
    from: string;
    rule: SlowRule;
    rounding: 'fen' | 'jiao' | 'yuan';
    payer: string;
    unsold: number;
    vacant: number;
  }[];
  /** Thousandths; null: no meter. */
  used: number | null;
  developerId: string | null;
};
type SlowRule =
  | { kind: 'area'; priceTenThousandths: number }
  | { kind: 'fixed'; amountFen: number }
  | { kind: 'metered'; tiers: { upToThousandths: number | null; priceTenThousandths: number }[] }
  | { kind: 'vehicle'; classes: { code: string; amountFen: number }[] };

/** Millionths of a fen for the whole month under this rule as things are on one day. */
function wholeMonth(rule: SlowRule, rows: SlowRows, itemId: string, day: string): bigint {
  if (rule.kind === 'area') return BigInt(rows.unit.area) * BigInt(rule.priceTenThousandths) * 100n;
  if (rule.kind === 'fixed') return BigInt(rule.amountFen) * 1_000_000n;
  if (rule.kind === 'vehicle') {
    let sum = 0n;
    for (const term of rows.terms) {
      if (term.kind !== 'vehicle' || (term.itemId !== null && term.itemId !== itemId) || !isOn(term, day)) continue;
      for (const one of rule.classes) if (one.code === term.classCode) sum += BigInt(one.amountFen) * 1_000_000n;
    }
    return sum;
  }
  // Unit by unit of the dial, in thousandths: slow, and nothing to get wrong.
  let sum = 0n;
  let left = rows.used ?? 0;
  let from = 0;
  for (const tier of rule.tiers) {
    const room = tier.upToThousandths === null ? left : Math.max(0, tier.upToThousandths - from);
    const taken = Math.min(left, room);
    sum += BigInt(taken) * BigInt(tier.priceTenThousandths) * 10n;
    left -= taken;
    from = tier.upToThousandths ?? from;
  }
  return sum;
}

const isOn = (row: { from: string; until: string | null }, day: string): boolean =>
  row.from <= day && (row.until === null || day <= row.until);

function daysOf(month: string): string[] {
  const days: string[] = [];
  for (let day = 1; day <= 31; day++) {
    const text = `${month}-${String(day).padStart(2, '0')}`;
    const date = new Date(`${text}T00:00:00Z`);
    if (!Number.isNaN(date.getTime()) && date.toISOString().slice(0, 7) === month) days.push(text);
  }
  return days;
}

/** What each payer owes of a month, in fen, by `role party`. */
export function slowCharge(rows: SlowRows, itemId: string, month: string): Map<string, number> {
  const days = daysOf(month);
  const soldFrom = rows.unit.state === 'unsold' ? '9999-12-31' : (rows.unit.deliveredOn ?? '0000-01-01');
  const exact = new Map<string, bigint>();
  let step = 0;
  for (const day of days) {
    let version: SlowRows['versions'][number] | null = null;
    for (const one of rows.versions)
      if (one.from <= day && (version === null || one.from > version.from)) version = one;
    if (version === null) continue;
    step = { fen: 1, jiao: 10, yuan: 100 }[version.rounding];
    const last = <Row extends { from: string; until: string | null }>(all: Row[]): Row | null => {
      let best: Row | null = null;
      for (const one of all) if (isOn(one, day) && (best === null || one.from >= best.from)) best = one;
      return best;
    };
    const own = rows.terms.filter((term) => term.itemId === null || term.itemId === itemId);
    const price = last(rows.terms.filter((term) => term.kind === 'price' && term.itemId === itemId));
    let amount = wholeMonth(price?.rule ?? version.rule, rows, itemId, day) * BigInt(price?.percent ?? 100);
    const isSold = day >= soldFrom;
    const isVacant = last(rows.terms.filter((term) => term.kind === 'vacant')) !== null;
    amount *= BigInt(!isSold ? version.unsold : isVacant ? version.vacant : 100);
    amount *= BigInt(100 - (last(own.filter((term) => term.kind === 'free'))?.percent ?? 0));
    const owners = rows.holders
      .filter(({ relation }) => relation === 'owner')
      .map((one, place) => (place === 0 && one.from > soldFrom ? { ...one, from: soldFrom } : one));
    const lessee =
      version.payer === 'lessee' ? last(rows.holders.filter(({ relation }) => relation === 'lessee')) : null;
    const payer = !isSold
      ? `developer ${rows.developerId}`
      : lessee
        ? `lessee ${lessee.partyId}`
        : `owner ${last(owners)?.partyId ?? null}`;
    exact.set(payer, (exact.get(payer) ?? 0n) + amount);
  }
  if (step === 0) return new Map();
  // Millionths of a fen, three percentages, and the days of the month below the line.
  const below = 1_000_000n * 1_000_000n * BigInt(days.length);
  const sum = [...exact.values()].reduce((a, b) => a + b, 0n);
  const size = below * BigInt(step);
  const total = ((2n * sum + size) / (2n * size)) * BigInt(step);
  const shares = [...exact].map(([payer, part], place) => ({ payer, place, fen: part / below, rest: part % below }));
  let left = total - shares.reduce((all, { fen }) => all + fen, 0n);
  const byRest = [...shares].sort((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1));
  for (let turn = 0; left > 0n; turn++, left--) (byRest[turn % byRest.length] as (typeof shares)[number]).fen += 1n;
  for (let turn = 0; left < 0n; turn++, left++)
    (byRest[byRest.length - 1 - (turn % byRest.length)] as (typeof shares)[number]).fen -= 1n;
  return new Map(shares.filter(({ fen }) => fen > 0n).map(({ payer, fen }) => [payer, Number(fen)]));
}

/** Late fees to a day of one charge, counted one day after the other from its bare ledger lines: 30 days of grace, 0.05 % a day of what
 *  is open at the day's end, at most the charge. */
export function slowLateFee(
  charge: { amountFen: number; owedFrom: string; lines: { day: string; fen: number }[] },
  pauses: { from: string; until: string }[],
  asOf: string,
): number {
  let twoThousandths = 0n;
  let day = charge.owedFrom;
  for (let passed = 0; day < asOf; passed++) {
    day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    if (passed < 30) continue;
    let open = 0;
    for (const line of charge.lines) if (line.day <= day) open += line.fen;
    if (open > 0 && !pauses.some((pause) => pause.from <= day && day <= pause.until)) twoThousandths += BigInt(open);
  }
  const fen = Number((twoThousandths * 2n + 2_000n) / 4_000n);
  return Math.min(fen, charge.amountFen);
}
