// What a main meter shares out 公摊 (MN4): beyond the use of the units it stands for, once each of them was read.
import { sumFen } from '../../kernel/money.ts';
import { type PublicShareFacts, sharePublicUse } from './reading.rules.ts';

export type MainFact = {
  meterId: string;
  itemId: string;
  code: string;
  buildingId: string | null;
  building: string | null;
  usedThousandths: number | null;
};
export type UseFact = {
  unitId: string;
  itemId: string;
  buildingId: string;
  areaHundredthsM2: number | null;
  usedThousandths: number | null;
};
export type SharedOut = {
  meterId: string;
  itemId: string;
  code: string;
  building: string | null;
  by: PublicShareFacts['by'] | null;
  main: number | null;
  units: number;
  unitsUsed: number;
  unread: number;
  /** What is shared; null: it can't be said yet, and `fault` says why. */
  shared: number | null;
  fault: 'main_not_read' | 'units_not_read' | 'share_below_nothing' | 'share_among_nobody' | 'no_share_in_price' | null;
  shares: readonly { unitId: string; shareThousandths: number }[];
};

export function publicUseOf(main: MainFact, uses: readonly UseFact[], by: SharedOut['by']): SharedOut {
  const own = uses.filter(
    (one) => one.itemId === main.itemId && (main.buildingId === null || one.buildingId === main.buildingId),
  );
  const read = own.flatMap((one) => (one.usedThousandths === null ? [] : [{ ...one, used: one.usedThousandths }]));
  const seen = {
    ...{ meterId: main.meterId, itemId: main.itemId, code: main.code, building: main.building, by },
    main: main.usedThousandths,
    units: own.length,
    unitsUsed: sumFen(read.map(({ used }) => used)),
    unread: own.length - read.length,
  };
  const no = (fault: NonNullable<SharedOut['fault']>): SharedOut => ({ ...seen, shared: null, fault, shares: [] });
  if (by === null) return no('no_share_in_price');
  if (main.usedThousandths === null) return no('main_not_read');
  // Shared out among those read only, the rest would pay what is theirs.
  if (seen.unread > 0) return no('units_not_read');
  const { shares, fault } = sharePublicUse({
    masterThousandths: main.usedThousandths,
    units: read.map((one) => ({
      unitId: one.unitId,
      usedThousandths: one.used,
      areaHundredthsM2: one.areaHundredthsM2 ?? 0,
    })),
    by,
  });
  if (fault !== null) return no(fault);
  return { ...seen, shared: main.usedThousandths - seen.unitsUsed, fault: null, shares };
}
