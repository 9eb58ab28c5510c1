// 客户投诉受理单: what the department signs for (CP4): what was said, what is wanted, by when.
import { complaintPaperWords as words } from '../../complaint-paper.words.ts';
import { CustomerRows, EventRow, FactsRow, PaperFrame, UpwardRow } from './PaperFrame.tsx';
import { Pair, Wide } from './PaperRows.tsx';
import type { PaperComplaint } from './paperComplaint.ts';

export function IntakeForm({ paper, communityName }: { paper: PaperComplaint; communityName: string }) {
  return (
    <PaperFrame
      paper={paper}
      communityName={communityName}
      title={words.forms.intake}
      note={paper.anonymous ? words.anonymousNote : words.receipt}
    >
      <Pair
        items={[
          [words.receivedAt, paper.receivedAt],
          [words.channel, paper.channel],
        ]}
      />
      <Pair
        items={[
          [words.level, paper.level],
          [words.taker, paper.taker],
        ]}
      />
      <CustomerRows paper={paper} beside={[words.against, paper.against]} />
      <EventRow paper={paper} />
      <Wide
        name={words.account}
        text={paper.account}
        className="account tall"
        room={{ roomy: 440, most: 1100 }}
        code={paper.code}
      />
      <Wide
        name={words.demand}
        text={paper.demand}
        className="result"
        room={{ roomy: 176, most: 396 }}
        code={paper.code}
      />
      <FactsRow paper={paper} />
      <Wide name={words.rule} text={paper.rule} className="line2" room={{ roomy: 88, most: 132 }} code={paper.code} />
      <Wide
        name={words.replyReason}
        text={paper.replyReason}
        className="demand"
        room={{ roomy: 88, most: 176 }}
        code={paper.code}
      />
      <Pair
        items={[
          [words.replyAt, paper.replyAt],
          [words.wishedAt, paper.wishedAt],
        ]}
      />
      <Pair
        items={[
          [words.agreedAt, paper.agreedAt],
          [words.dueAt, paper.dueAt],
        ]}
      />
      <UpwardRow paper={paper} />
      <Pair
        items={[
          [words.department, paper.department],
          [words.handler, paper.handler],
        ]}
      />
      <tr className="signs">
        <th>{words.signedFor}</th>
        <td className="num">{paper.signedFor}</td>
        <th>{words.supervisorSign}</th>
        <td />
      </tr>
    </PaperFrame>
  );
}
