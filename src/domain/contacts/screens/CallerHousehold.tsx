// The household of a talk at its side: who lives there, what is open, what is under warranty.
import { Link } from '@tanstack/react-router';
import { dayOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity } from '../../access/screens/parts/session.ts';
import type { CaseKind } from '../../cases/case.contract.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { lookOf } from '../../cases/screens/parts/caseFace.ts';
import { relationWords } from '../../parties/party.words.ts';
import type { Household } from '../../places/unit.contract.ts';
import { repairCategoryWords } from '../../repairs/repair.words.ts';
import { newContactWords as words } from '../new-contact.words.ts';

export function CallerHousehold({ household, error }: { household: Household | null; error: unknown }) {
  const community = useCommunity();
  if (household === null)
    return (
      <Card title={words.household}>
        <Problem error={error} />
        <p className="muted">{words.householdNone}</p>
      </Card>
    );
  const today = dayOf(serverNow());
  return (
    <Card title={household.label} note={words.household} flush>
      <section className="line">
        <h3 className="faint">{words.people}</h3>
        {household.people.length === 0 ? <p className="muted">{words.noPeople}</p> : null}
        <ul>
          {household.people.map((one) => (
            <li key={one.relationId} className="row">
              <span>{one.name}</span>
              <span className="faint">{relationWords[one.relation]}</span>
              <span className="grow" />
              <span className="muted num">{one.phone ?? ''}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="line">
        <h3 className="faint">{words.openCases}</h3>
        {household.openCases.length === 0 ? <p className="muted">{words.noOpenCases}</p> : null}
        <ul>
          {household.openCases.map((one) => (
            <li key={one.id} className="row">
              <Link to={caseAddress(community.code, one.id, one.kind as CaseKind)} className="num">
                {one.code}
              </Link>
              <span className="grow cut muted">{one.summary}</span>
              <span className="tag">{lookOf(one.kind as CaseKind)?.stateWord(one.state) ?? one.state}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="line">
        <h3 className="faint">{words.warranties}</h3>
        {household.warranties.length === 0 ? <p className="muted">{words.noWarranties}</p> : null}
        <ul>
          {household.warranties.map((one) => (
            <li key={one.id} className="row">
              <span>{(repairCategoryWords as Record<string, string>)[one.category] ?? one.category}</span>
              <span className="grow muted">{words.warrantyUntil(one)}</span>
              {one.untilOn < today ? <span className="tag">{words.overWarranty}</span> : null}
            </li>
          ))}
        </ul>
      </section>
    </Card>
  );
}
