// The list of follow-ups on a narrow screen: a card each.
import { Link } from '@tanstack/react-router';
import type { FollowUp } from '../follow-up.contract.ts';
import { followUpStateWords } from '../follow-up.words.ts';
import { followUpListWords as words } from '../follow-up-page.words.ts';
import { RowClock } from './followUpColumns.tsx';
import { followUpAddress } from './parts/followUpFacts.ts';
import { VerdictTag } from './parts/VerdictTag.tsx';

export function FollowUpCards(props: { rows: readonly FollowUp[]; communityCode: string }) {
  return props.rows.map((row) => (
    <Link key={row.id} className="casecard" to={followUpAddress(props.communityCode, row.id)}>
      <span className="row wrap">
        <b className="num">{row.code}</b>
        <span className="tag">{followUpStateWords[row.state]}</span>
        {row.result === null ? null : <VerdictTag verdict={row.result.verdict} />}
      </span>
      <span className="clip2">{row.summary}</span>
      <span className="row faint">
        <span className="grow clip num">
          {[row.unit ?? row.place ?? words.none, row.contact.name].filter((part) => part).join(' ')}
        </span>
        <span className="nowrap">{row.result?.by.name ?? row.caller?.name ?? words.noCaller}</span>
      </span>
      <RowClock row={row} />
    </Link>
  ));
}
