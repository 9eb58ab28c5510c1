// One letter: what came in, the case it belongs to, and the replies to it with their moves.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Card, Facts } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { caseAddress, kindOfCode } from '../../cases/screens/parts/caseAddress.ts';
import { Photos } from '../../cases/screens/parts/Photos.tsx';
import { letterRoutes } from '../letter.contract.ts';
import { documentKindWords, letterPageWords as words } from '../letter.words.ts';
import { ReplyCard } from './parts/ReplyCard.tsx';
import { ReplyEditor } from './parts/ReplyEditor.tsx';
import './letters.css';

export function LetterScreen() {
  const { letterId = '' } = useParams({ strict: false }) as { letterId?: string };
  const { id: communityId, code } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isWriting, setWriting] = useState(false);
  const letter = useQuery({
    queryKey: ['letters', communityId, 'one', letterId],
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
      <header className="row wrap">
        <h1 className="num">{one.code}</h1>
        <span className="tag">{documentKindWords[one.kind]}</span>
        <span className="grow" />
        <Link className="btn" to={`/c/${code}/letters`}>
          {words.register}
        </Link>
      </header>
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
        <p className="faint num">
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
          <button type="button" className="btn primary" onClick={() => setWriting(true)}>
            {words.newReply}
          </button>
        </div>
      ) : null}
    </div>
  );
}
