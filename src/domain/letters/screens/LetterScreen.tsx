// One letter: what came in, the case it belongs to, and the replies to it with their moves.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Card, Facts } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { follows } from '../../../ui/live.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { caseAddress, kindOfCode } from '../../cases/screens/parts/caseAddress.ts';
import { Photos } from '../../cases/screens/parts/Photos.tsx';
import { letterRoutes, type Reply } from '../letter.contract.ts';
import { documentKindWords, letterPageWords as words } from '../letter.words.ts';
import { ReplyCard } from './parts/ReplyCard.tsx';
import { ReplyEditor } from './parts/ReplyEditor.tsx';
import './letters.css';

const isUnderWay = (reply: Reply): boolean => reply.state !== 'void' && reply.state !== 'failed';

export function LetterScreen() {
  const { letterId = '' } = useParams({ strict: false }) as { letterId?: string };
  const { id: communityId, code } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isWriting, setWriting] = useState(false);
  const letter = useQuery({
    queryKey: ['letters', communityId, 'one', letterId],
    meta: follows('incoming-document', 'reply-letter'),
    queryFn: ({ signal }) => call(letterRoutes.getDocument, { params: { communityId, id: letterId }, signal }),
  });
  if (letter.error) return <Problem error={letter.error} retry={() => void letter.refetch()} />;
  if (!letter.data) return <div className="busyline" role="status" aria-label={words.loading} />;
  const one = letter.data;
  const changed = async () => {
    setWriting(false);
    await client.invalidateQueries({ queryKey: ['letters', communityId] });
  };
  return (
    <div className="stack">
      <PageHead
        title={<span className="num">{one.code}</span>}
        tags={<span className="tag">{documentKindWords[one.kind]}</span>}
      >
        <Link className="btn" to={`/c/${code}/letters`}>
          {words.register}
        </Link>
      </PageHead>
      <Card title={one.subject}>
        <Facts
          two
          items={[
            { name: words.sender, value: one.sender },
            {
              name: words.caseLine,
              value: <Link to={caseAddress(code, one.caseId, kindOfCode(one.caseCode))}>{one.caseCode}</Link>,
            },
            { name: words.datedOn, value: one.datedOn },
            { name: words.receivedOn, value: one.receivedOn },
            { name: words.summary, value: <span className="lettertext">{one.summary}</span>, full: true },
          ]}
        />
        <Photos communityId={communityId} ids={one.attachmentIds} />
        <p className="faint num letterentered">
          {words.enteredBy(one.enteredBy.name, `${dayOf(one.enteredAt)} ${wallTimeOf(one.enteredAt).slice(0, 5)}`)}
        </p>
      </Card>
      {one.replies.map((reply) => (
        <ReplyCard key={reply.id} letter={one} reply={reply} onChanged={changed} />
      ))}
      {isWriting ? (
        <Card title={words.newReply}>
          <ReplyEditor letter={one} reply={null} onSaved={changed} onLeave={() => setWriting(false)} />
        </Card>
      ) : may('letter.write') ? (
        <div className="row">
          {/* Where one is on its way, another is the exception. */}
          <button
            type="button"
            className={one.replies.some(isUnderWay) ? 'btn' : 'btn primary'}
            onClick={() => setWriting(true)}
          >
            {words.newReply}
          </button>
        </div>
      ) : null}
    </div>
  );
}
