// What happened where, who told of it, who was hurt, what came of it, as facts side by side.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Facts } from '../../../../ui/Card.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { ContactPhone } from '../../../cases/screens/parts/ContactPhone.tsx';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import type { Emergency } from '../../emergency.contract.ts';
import { emergencyCauseWords, levelFactWords } from '../../emergency.words.ts';
import { emergencyPageWords } from '../../emergency-page.words.ts';
import { harmInWords } from './harmInWords.ts';

const words = emergencyPageWords.facts;
type Fact = { name: string; value: ReactNode; full?: boolean };
const when = (isThere: boolean, fact: Fact): Fact[] => (isThere ? [fact] : []);

export function EmergencyFacts({ emergency }: { emergency: Emergency }) {
  const community = useCommunity();
  const now = serverNow();
  const { complaint } = emergency;
  const isBelow = emergency.severity !== emergency.proposedSeverity;
  return (
    <div className="casefacts">
      <Facts
        two
        items={[
          { name: words.contact, value: emergency.contact.name ?? '—' },
          {
            name: words.phone,
            value: <ContactPhone unitId={emergency.unitId} contact={emergency.contact} code={emergency.code} />,
          },
          { name: words.unit, value: <span className="num">{emergency.unit ?? '—'}</span> },
          { name: words.place, value: emergency.place ?? '—' },
          { name: words.occurredAt, value: <span className="num">{briefMoment(emergency.occurredAt, now)}</span> },
          {
            name: words.level,
            value: (
              <>
                {emergencyPageWords.levelOf(severityWords[emergency.severity], levelFactWords[emergency.levelFact])}
                {isBelow ? (
                  <span className="faint">
                    {' '}
                    {emergencyPageWords.proposed(severityWords[emergency.proposedSeverity])}
                  </span>
                ) : null}
              </>
            ),
          },
          { name: words.harm, full: true, value: harmInWords(emergency.harm) },
          ...when(complaint !== null, {
            name: words.complaint,
            full: true,
            value: (
              <Link className="code num" to={caseAddress(community.code, complaint?.id ?? '', 'complaint')}>
                {complaint?.code}
              </Link>
            ),
          }),
          {
            name: words.description,
            full: true,
            value:
              emergency.description === null ? (
                <span className="faint">{emergencyPageWords.noDescription}</span>
              ) : (
                <div className="longtext">{emergency.description}</div>
              ),
          },
          ...when(emergency.cause !== null, {
            name: words.cause,
            value: emergency.cause === null ? '' : emergencyCauseWords[emergency.cause],
          }),
          ...when(emergency.resolvedAt !== null, {
            name: words.resolvedAt,
            value: (
              <span className="num">{emergency.resolvedAt === null ? '' : briefMoment(emergency.resolvedAt, now)}</span>
            ),
          }),
          ...when(emergency.result !== null, {
            name: words.result,
            full: true,
            value: <div className="longtext">{emergency.result}</div>,
          }),
        ]}
      />
    </div>
  );
}
