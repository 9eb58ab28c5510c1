// A reply on A4, line by line as in its file; what is not approved says so on the sheet.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { dayOf } from '../../../kernel/time.ts';
import { call } from '../../../ui/call.ts';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { letterRoutes } from '../letter.contract.ts';
import { replyLines, letterPageWords as words } from '../letter.words.ts';
import '../../../ui/paper.css';
import './letters.css';

export function ReplyPrintScreen() {
  const { letterId = '', replyId = '' } = useParams({ strict: false }) as { letterId?: string; replyId?: string };
  const { id: communityId, code, name } = useCommunity();
  const reply = useQuery({
    queryKey: ['letters', communityId, 'reply', replyId],
    queryFn: ({ signal }) => call(letterRoutes.getReply, { params: { communityId, id: replyId }, signal }),
  });
  if (reply.error) return <Problem error={reply.error} retry={() => void reply.refetch()} />;
  if (!reply.data) return <div className="busyline" role="status" aria-label={words.loading} />;
  const lines = replyLines(reply.data, {
    community: name,
    day: dayOf(reply.data.approvedAt ?? serverNow()),
  });
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${code}/letters/${letterId}`}>
          {words.back}
        </Link>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <article className="paper reply">
        <h1>{words.paperTitle}</h1>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one sheet never move.
          <p key={index}>{line}</p>
        ))}
      </article>
    </div>
  );
}
