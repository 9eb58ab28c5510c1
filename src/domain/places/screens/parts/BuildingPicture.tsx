// A building 楼栋图: floors × rooms, coloured by the state of each unit or by its open cases. Words beside each colour.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../../../ui/call.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { buildingMap } from '../../building-map.rules.ts';
import { householdWords } from '../../household.words.ts';
import { unitStates } from '../../import.contract.ts';
import { unitStateWords } from '../../place.words.ts';
import { type UnitItem, unitRoutes } from '../../unit.contract.ts';

const words = householdWords.map;
export const colourings = ['state', 'cases'] as const;
export type Colouring = (typeof colourings)[number];

const pageSize = 200;
/** A building of more units than this is drawn in part; none is that tall. */
const mostPages = 10;

async function unitsOf(communityId: string, building: string, signal: AbortSignal): Promise<UnitItem[]> {
  const units: UnitItem[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = { building, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await call(unitRoutes.listUnits, { params: { communityId }, query, signal });
    units.push(...answer.items);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return units;
}

const casesLook = (cases: number) => (cases === 0 ? 'none' : cases < 3 ? 'some' : 'many');

export function BuildingPicture(props: {
  communityId: string;
  building: string;
  colouring: Colouring;
  openCases: ReadonlyMap<string, number> | null;
  openId: string;
  onOpen: (unit: UnitItem) => void;
}) {
  const { communityId, building, colouring, openCases } = props;
  const units = useQuery({
    queryKey: ['unit', communityId, 'list', 'map', building],
    queryFn: ({ signal }) => unitsOf(communityId, building, signal),
    enabled: building !== '',
  });
  const map = useMemo(() => buildingMap(units.data ?? []), [units.data]);
  if (units.error) return <Problem error={units.error} retry={() => void units.refetch()} />;
  if (units.isPending) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  if (units.data.length === 0) return <EmptyState title={words.none} />;
  const casesOf = (unit: UnitItem) => openCases?.get(unit.id) ?? 0;
  const cell = (unit: UnitItem) => {
    const cases = casesOf(unit);
    const look = colouring === 'state' ? `unit-${unit.state}` : `cases-${casesLook(cases)}`;
    const said = colouring === 'state' ? unitStateWords[unit.state] : cases === 0 ? '' : words.casesOf(cases);
    const people = unit.people.map((person) => person.name).join('、');
    return (
      <button
        key={unit.id}
        type="button"
        className={`roomcell ${look}${unit.id === props.openId ? ' at' : ''}`}
        aria-pressed={unit.id === props.openId}
        aria-label={[unit.label, unitStateWords[unit.state], cases > 0 ? words.casesOf(cases) : '', people]
          .filter(Boolean)
          .join(' ')}
        title={[unit.label, people].filter(Boolean).join(' ')}
        onClick={() => props.onOpen(unit)}
      >
        <b className="num">{unit.room}</b>
        <span>{said}</span>
        {colouring === 'state' && cases > 0 ? <i className="num">{cases}</i> : null}
      </button>
    );
  };
  return (
    <div className="buildingmap">
      <ul className="legend row wrap" aria-label={words.colourBy}>
        {colouring === 'state'
          ? unitStates.map((state) => (
              <li key={state} className="row">
                <span className={`swatch unit-${state}`} />
                {unitStateWords[state]}
                <span className="faint num">{units.data.filter((unit) => unit.state === state).length}</span>
              </li>
            ))
          : (['none', 'some', 'many'] as const).map((look) => (
              <li key={look} className="row">
                <span className={`swatch cases-${look}`} />
                {look === 'none' ? words.noCases : look === 'some' ? words.hasCases : words.manyCases}
                <span className="faint num">
                  {units.data.filter((unit) => casesLook(casesOf(unit)) === look).length}
                </span>
              </li>
            ))}
      </ul>
      <div className="entrances">
        {map.entrances.map((one, index) => (
          <section key={one.entrance} className="entrance" aria-label={words.entrance(one.entrance)}>
            <h3>{one.entrance === '' ? words.building(building) : words.entrance(one.entrance)}</h3>
            {one.floors.map((row) => (
              <div key={row.floor} className="floor">
                <span className={index === 0 ? 'faint num' : 'faint num later'}>{words.floor(row.floor)}</span>
                {row.cells.map((unit, at) =>
                  unit === null ? <span key={one.stacks[at]} className="roomcell absent" /> : cell(unit),
                )}
              </div>
            ))}
          </section>
        ))}
      </div>
      {map.loose.length === 0 ? null : (
        <section className="entrance">
          <h3>{words.loose}</h3>
          <div className="floor wrap">{map.loose.map(cell)}</div>
        </section>
      )}
    </div>
  );
}
