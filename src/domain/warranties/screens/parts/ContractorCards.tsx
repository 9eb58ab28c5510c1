// The firms side by side: contract, what they take on, and whom to ring; numbers are shown on demand and logged.
import { useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useMay } from '../../../access/screens/parts/session.ts';
import { type Contractor, warrantyRoutes } from '../../warranty.contract.ts';
import { warrantyPageWords as words } from '../../warranty.words.ts';

export function ContractorCards(props: {
  contractors: readonly Contractor[];
  categories: Readonly<Record<string, string>>;
  today: string;
  onAmend: ((contractor: Contractor) => void) | null;
}) {
  return (
    <div className="firms">
      {props.contractors.map((one) => (
        <Card
          key={one.id}
          title={one.name}
          actions={
            <>
              {one.isActive ? null : (
                <span className="tag raised">{one.activeFrom > props.today ? words.notBegun : words.ended}</span>
              )}
              {props.onAmend === null ? null : (
                <button type="button" className="btn quiet no-print" onClick={() => props.onAmend?.(one)}>
                  {words.amend}
                </button>
              )}
            </>
          }
        >
          <p className="faint num">
            {words.columns.contract} {words.contract(one.activeFrom, one.activeUntil)}
          </p>
          <p className="row wrap">
            {one.trades.map((trade) => (
              <span key={trade} className="tag">
                {props.categories[trade] ?? trade}
              </span>
            ))}
          </p>
          {one.people.length === 0 ? <p className="muted">{words.noPeople}</p> : null}
          <ul className="firmlist">
            {one.people.map((person) => (
              <li key={person.id}>
                <span className="anywhere">
                  <b>{person.name}</b> <span className="muted">{person.duty}</span>
                </span>
                <Phone contractor={one} person={person} />
                {person.account === null ? null : (
                  <span className="faint">
                    {person.account.disabled ? words.disabled : words.signsIn(person.account.username)}
                  </span>
                )}
              </li>
            ))}
          </ul>
          {one.note === '' ? null : <p className="muted anywhere">{one.note}</p>}
        </Card>
      ))}
    </div>
  );
}

function Phone({ contractor, person }: { contractor: Contractor; person: Contractor['people'][number] }) {
  const may = useMay();
  const [shown, setShown] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (person.phone === null) return <span className="faint">{words.noPhone}</span>;
  const reveal = async () => {
    try {
      const { value } = await call(warrantyRoutes.revealContractorPhone, {
        params: { communityId: contractor.communityId, id: contractor.id, personId: person.id },
        body: { purpose: words.callPurpose },
      });
      setShown(value);
    } catch (caught) {
      setError(caught);
    }
  };
  if (shown !== null)
    return (
      <a className="num" href={`tel:${shown}`}>
        {shown}
      </a>
    );
  return (
    <>
      <span className="num">{person.phone}</span>
      {may('contractor.reveal-phone') ? (
        <button type="button" className="linklike no-print" onClick={() => void reveal()}>
          {words.call}
        </button>
      ) : null}
      <Problem error={error} />
    </>
  );
}
