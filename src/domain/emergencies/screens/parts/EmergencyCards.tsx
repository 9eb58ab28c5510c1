// Beside an emergency: who leads and who was sent where; the card while it runs; what is left to do afterwards.
import { Card } from '../../../../ui/Card.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import type { Role } from '../../../access/role.contract.ts';
import { postWords } from '../../../cases/case.words.ts';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import { emergencyCategoryWords } from '../../../standards/standard.words.ts';
import type { Emergency, EmergencyCategory } from '../../emergency.contract.ts';
import { cardOf } from '../../emergency-level.rules.ts';
import { emergencyPageWords as words } from '../../emergency-page.words.ts';
import { EmergencyCard } from './EmergencyCard.tsx';

export function CommandCard({ emergency }: { emergency: Emergency }) {
  const now = serverNow();
  const { inCharge, takenOverAt, deployed } = emergency;
  return (
    <Card title={words.command}>
      {takenOverAt === null ? (
        <p className="muted">{words.nobodyInCharge(postWords[emergency.takenOverByRole as Role] ?? '')}</p>
      ) : (
        <p>{words.inCharge(inCharge?.name ?? '', briefMoment(takenOverAt, now))}</p>
      )}
      <h3 className="waits">
        {words.sent}{' '}
        <span className="faint">{deployed.length === 0 ? words.nobodySent : words.sentCount(deployed.length)}</span>
      </h3>
      {deployed.length === 0 ? null : (
        <ul className="sentlist">
          {deployed.map((one) => (
            <li key={`${one.person.id}${one.at}`}>
              <b>{one.person.name}</b> <span className="faint num">{briefMoment(one.at, now)}</span>
              <div>{one.task}</div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function ProcedureCard(props: { document: StandardDocument | undefined; category: EmergencyCategory }) {
  const card = props.document && cardOf(props.document, props.category);
  if (!card) return null;
  return (
    <Card title={words.card} note={emergencyCategoryWords[props.category]}>
      <EmergencyCard card={card} />
    </Card>
  );
}

export function AfterwardsCard({ emergency }: { emergency: Emergency }) {
  const { review, keptUntil } = emergency;
  const isFalse = emergency.cause === 'false-alarm' && emergency.resolvedAt === null;
  return (
    <Card title={words.afterwards}>
      {isFalse ? (
        <p>{words.falseAlarm}</p>
      ) : (
        <div className="col">
          {review === null ? (
            <p className="muted">{words.reviewOpen(postWords[emergency.reviewedByRole as Role] ?? '')}</p>
          ) : (
            <div>
              <p className="faint num">{words.reviewBy(review.by.name, briefMoment(review.at, serverNow()))}</p>
              <div className="longtext">{review.text}</div>
            </div>
          )}
          <p>
            {words.followUps[emergency.followUp]}
            <span className="faint"> {words.followUpWhat[emergency.followUpWhat]}</span>
          </p>
          {emergency.state === 'resolved' ? <p className="faint">{words.waitsFor}</p> : null}
        </div>
      )}
      {keptUntil === null ? null : <p className="faint num waits">{words.keptUntil(keptUntil)}</p>}
    </Card>
  );
}
