// 客户投诉/建议处理表: what was said, who dealt with it, what came of it, the customer's opinion and signature (CP1, CP5).
import { useState } from 'react';
import { addressOf } from '../../../../ui/call.ts';
import { attachmentRoutes } from '../../../attachments/attachment.contract.ts';
import { complaintPaperWords as words } from '../../complaint-paper.words.ts';
import { CustomerRows, EventRow, FactsRow, PaperFrame, UpwardRow } from './PaperFrame.tsx';
import { Pair, Wide } from './PaperRows.tsx';
import type { PaperComplaint } from './paperComplaint.ts';

export function HandlingForm({ paper, communityName }: { paper: PaperComplaint; communityName: string }) {
  const tick = (isTicked: boolean) => (isTicked ? words.ticked : words.empty);
  return (
    <PaperFrame
      paper={paper}
      communityName={communityName}
      title={words.forms.handling}
      note={paper.anonymous ? words.anonymousNote : null}
    >
      <Pair
        items={[
          [words.level, paper.level],
          [words.receivedAt, paper.receivedAt],
        ]}
      />
      <CustomerRows paper={paper} beside={[words.channel, paper.channel]} />
      <EventRow paper={paper} />
      <Pair
        items={[
          [words.against, paper.against],
          [words.taker, paper.taker],
        ]}
      />
      <Wide
        name={words.account}
        text={paper.account}
        className="account"
        room={{ roomy: 264, most: 560 }}
        code={paper.code}
      />
      <Wide
        name={words.demand}
        text={paper.demand}
        className="demand"
        room={{ roomy: 88, most: 176 }}
        code={paper.code}
      />
      <FactsRow paper={paper} />
      <Wide
        name={words.rule}
        text={[paper.rule, paper.validity].filter((part) => part !== '').join('；')}
        className="line2"
        room={{ roomy: 88, most: 132 }}
        code={paper.code}
      />
      <UpwardRow paper={paper} />
      <Pair
        items={[
          [words.department, paper.department],
          [words.signedFor, paper.signedFor],
        ]}
      />
      <Pair
        items={[
          [words.handler, paper.handler],
          [words.dueAt, paper.dueAt],
        ]}
      />
      <Wide
        name={words.result}
        text={paper.result}
        className="result"
        room={{ roomy: 176, most: 396 }}
        code={paper.code}
      />
      <Pair
        items={[
          [words.cause, paper.cause],
          [words.resolvedAt, paper.resolvedAt],
        ]}
      />
      <Pair
        items={[
          [words.headSign, ''],
          [words.toldAt, paper.toldAt],
        ]}
      />
      <Wide
        name={words.answer}
        text={paper.answer}
        className="demand"
        room={{ roomy: 88, most: 176 }}
        code={paper.code}
      />
      <tr>
        <th>{words.satisfaction}</th>
        <td colSpan={3} className="checks">
          <span className="check">
            {tick(paper.satisfied === true)} {words.satisfied}
          </span>{' '}
          <span className="check">
            {tick(paper.satisfied === false)} {words.notSatisfied}
          </span>
        </td>
      </tr>
      <Wide
        name={words.opinion}
        text={paper.opinion}
        className="demand"
        room={{ roomy: 88, most: 176 }}
        code={paper.code}
      />
      <tr>
        <th>{words.customerSign}</th>
        <td colSpan={3} className="sign">
          {paper.anonymous ? words.posted : <Signature paper={paper} />}
        </td>
      </tr>
      <tr className="signs">
        <th>{words.supervisorSign}</th>
        <td />
        <th>{words.managerSign}</th>
        <td />
      </tr>
      <Pair
        items={[
          [words.filedAt, paper.filedAt],
          [words.kept, words.keptLong],
        ]}
      />
    </PaperFrame>
  );
}

function Signature({ paper }: { paper: PaperComplaint }) {
  const [isMissing, setMissing] = useState(false);
  if (paper.signatureId === null || isMissing) return null;
  const address = addressOf(
    attachmentRoutes.getAttachment.path,
    { communityId: paper.communityId, id: paper.signatureId },
    { size: 'full' },
  );
  return <img src={address} alt={words.customerSign} onError={() => setMissing(true)} />;
}
