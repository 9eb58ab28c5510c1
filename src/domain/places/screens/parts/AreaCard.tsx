// A butler's area 管家责任区: the buildings that are his or hers; units given one by one stay as they are.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { accountWords } from '../../../access/account.words.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { staffRoutes } from '../../../access/staff.contract.ts';
import { householdWords } from '../../household.words.ts';
import { unitRoutes } from '../../unit.contract.ts';

const words = accountWords.area;

export function AreaCard({ accountId, name }: { accountId: string; name: string }) {
  const community = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const params = { communityId: community.id };
  const key = ['account', community.id, accountId, 'area'];
  const area = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(staffRoutes.readArea, { params: { ...params, id: accountId }, signal }),
  });
  // Names of buildings are for those who may see households; an administrator may not.
  const maySee = may('household.read');
  const buildings = useQuery({
    queryKey: ['unit', community.id, 'buildings'],
    queryFn: ({ signal }) => call(unitRoutes.listBuildings, { params, signal }).then((answer) => answer.items),
    enabled: maySee,
  });
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const mine = (buildings.data ?? []).filter((one) => area.data?.buildingIds.includes(one.id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  if (!maySee) return null;
  return (
    <Card
      title={words.title}
      actions={
        area.data && may('role.grant') ? (
          <button type="button" className="btn quiet" onClick={() => setChosen(new Set(area.data.buildingIds))}>
            {words.edit}
          </button>
        ) : null
      }
    >
      <Problem error={area.error ?? buildings.error} />
      {area.data === undefined ? (
        <div className="busyline" role="status" aria-label={uiWords.loading} />
      ) : (
        <p>
          {mine.length === 0 && area.data.unitIds.length === 0 ? <span className="muted">{words.none}</span> : null}
          {mine.map((one) => householdWords.map.building(one.name)).join('、')}
          {area.data.unitIds.length > 0 ? ` ${words.units(area.data.unitIds.length)}` : ''}
        </p>
      )}
      {chosen === null || !area.data ? null : (
        <FormDialog
          title={words.editTitle(name)}
          isOpen
          onClose={() => setChosen(null)}
          onSubmit={async () => {
            const body = { buildingIds: [...chosen], unitIds: area.data.unitIds };
            client.setQueryData(
              key,
              await call(staffRoutes.changeArea, { params: { ...params, id: accountId }, body }),
            );
            setChosen(null);
          }}
        >
          {() => (
            <>
              <div className="areachoice">
                {(buildings.data ?? []).map((one) => (
                  <label key={one.id} className="row">
                    <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
                    <span className="anywhere">{householdWords.map.building(one.name)}</span>
                    <span className="faint num">{householdWords.total(one.units)}</span>
                  </label>
                ))}
              </div>
              {area.data.unitIds.length > 0 ? (
                <p className="faint">{words.unitsKept(area.data.unitIds.length)}</p>
              ) : null}
            </>
          )}
        </FormDialog>
      )}
    </Card>
  );
}
