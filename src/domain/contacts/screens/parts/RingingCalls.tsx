// The telephone rings 来电: who it is and where they live, before the receiver is lifted; F2 takes it into a new contact.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../../../ui/call.ts';
import { nowMs } from '../../../../ui/now.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { newContactWords as words } from '../../new-contact.words.ts';
import { type TelephoneCall, telephoneCallRoutes } from '../../telephone-call.contract.ts';
import './ringing.css';

/** Asked again while something rings, because a lost hang-up is only ended by time. */
const askAgainMs = 5_000;

export function RingingCalls() {
  const community = useCommunity();
  const mayRead = useMay()('contact.read');
  const ringing = useQuery({
    queryKey: ['telephone-call', community.id, 'ringing'],
    enabled: mayRead,
    queryFn: ({ signal }) =>
      call(telephoneCallRoutes.listCalls, {
        params: { communityId: community.id },
        query: { ringing: 'true', limit: 5 },
        signal,
      }),
    refetchInterval: (query) => ((query.state.data?.items.length ?? 0) > 0 ? askAgainMs : false),
  });
  const calls = ringing.data?.items ?? [];
  if (calls.length === 0) return null;
  return (
    <div className="ringing" role="alert">
      {calls.map((one) => (
        <Link key={one.id} className="ringcall" to={takeAddress(community.code, one)}>
          <Sign name="phone" />
          <span className="grow">
            <b>{words.ringing(one.unit ?? words.ringingUnknown)}</b>
            <span className="num">{one.from ?? words.ringingHidden}</span>
          </span>
          <span className="num faint">{words.ringingFor(secondsSince(one.rangAt))}</span>
          <span className="btn small">{words.ringingTake}</span>
        </Link>
      ))}
    </div>
  );
}

const secondsSince = (at: string): number => Math.max(0, Math.round((nowMs() - Date.parse(at)) / 1000));

const takeAddress = (code: string, one: TelephoneCall): string =>
  `/c/${code}/contacts/new?call=${one.id}${one.unitId === null ? '' : `&unit=${one.unitId}`}`;
