// Letters 收文与复函 beside a case, or of a household: what came in and how far its reply is.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { follows } from '../../../../ui/live.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { type DocumentRow, letterRoutes } from '../../letter.contract.ts';
import { replyStateWords, letterPageWords as words } from '../../letter.words.ts';
import '../letters.css';

const mostShown = 10;

/** Nothing where there is none: most cases and homes never got a letter. */
export function LettersCard(props: { communityId: string; caseId?: string; unitId?: string }) {
  const { communityId, caseId, unitId } = props;
  const may = useMay();
  const mayRead = may('letter.read');
  const letters = useQuery({
    queryKey: ['letters', communityId, 'of', caseId ?? unitId],
    meta: follows('incoming-document'),
    queryFn: ({ signal }) =>
      call(letterRoutes.listDocuments, {
        params: { communityId },
        query: { ...(caseId ? { caseId } : {}), ...(unitId ? { unitId } : {}), limit: mostShown },
        signal,
      }),
    enabled: mayRead,
  });
  const items = letters.data?.items ?? [];
  if (!mayRead || items.length === 0) return null;
  return (
    <Card title={words.title} flush>
      {items.map((one) => (
        <Line key={one.id} letter={one} />
      ))}
    </Card>
  );
}

function Line({ letter }: { letter: DocumentRow }) {
  const { code } = useCommunity();
  return (
    <div className="line letterline">
      <div className="row wrap">
        <Link className="num" to={`/c/${code}/letters/${letter.id}`}>
          {letter.code}
        </Link>
        <span className="faint num">{words.cameOn(letter.receivedOn)}</span>
        <span className="grow" />
        <span className={letter.reply === null ? 'faint' : 'tag'}>
          {letter.reply === null ? words.noReply : replyStateWords[letter.reply.state]}
        </span>
      </div>
      <p className="anywhere">{letter.subject}</p>
      {letter.reply?.code ? <span className="faint num">{words.replyCode(letter.reply.code)}</span> : null}
    </div>
  );
}
