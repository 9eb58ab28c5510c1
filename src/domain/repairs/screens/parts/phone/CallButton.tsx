// Calling the customer: the number is shown only after a look that is logged with its purpose (PR1); hidden where one may not.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../../ui/call.ts';
import { Problem } from '../../../../../ui/Problem.tsx';
import { useCommunity } from '../../../../access/screens/parts/session.ts';
import { partyRoutes } from '../../../../parties/party.contract.ts';
import { relationWords } from '../../../../parties/party.words.ts';
import { unitRoutes } from '../../../../places/unit.contract.ts';
import { repairPhoneWords as words } from '../../../repair-phone.words.ts';

/** `purpose` is what the log keeps of the look. */
export function CallButton({ purpose, unitId }: { purpose: string; unitId: string }) {
  const community = useCommunity();
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<{ partyId: string; phone: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const household = useQuery({
    queryKey: ['unit', community.id, unitId],
    queryFn: ({ signal }) =>
      call(unitRoutes.readHousehold, { params: { communityId: community.id, id: unitId }, signal }),
    retry: false,
  });
  const people = (household.data?.people ?? []).filter((one) => one.phone !== null);
  if (people.length === 0) return null;
  const look = async (partyId: string) => {
    setError(null);
    try {
      const answer = await call(partyRoutes.revealPartyField, {
        params: { communityId: community.id, id: partyId },
        body: { field: 'phone', purpose },
      });
      setShown({ partyId, phone: answer.value });
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <>
      <button type="button" className="btn" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {words.call}
      </button>
      {isOpen ? (
        <div className="callsheet">
          <p className="faint">{`${words.callWhom} · ${words.callLogged}`}</p>
          <Problem error={error} />
          {people.map((one) =>
            shown?.partyId === one.partyId ? (
              <a key={one.relationId} className="btn primary num" href={`tel:${shown.phone}`}>
                {`${one.name} ${shown.phone}`}
              </a>
            ) : (
              <button key={one.relationId} type="button" className="btn" onClick={() => void look(one.partyId)}>
                {`${one.name} ${relationWords[one.relation]} ${one.phone}`}
              </button>
            ),
          )}
        </div>
      ) : null}
    </>
  );
}
