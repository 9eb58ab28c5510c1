// The number of a case's contact: looked at on demand where it is known whose of the household it is, else only masked.
import { PhoneOf, useHousehold } from './HouseholdCard.tsx';

export function ContactPhone(props: {
  unitId: string | null;
  contact: { name: string | null; phone: string | null };
  /** For the purpose that is logged. */
  code: string;
}) {
  const { name, phone } = props.contact;
  const household = useHousehold(props.unitId);
  // The contact is somebody of this household when name and masked number are theirs.
  const person = household.data?.people.find(
    (one) => one.phone !== null && one.phone === phone && isSameName(one.name, name),
  );
  if (person && phone !== null) return <PhoneOf partyId={person.partyId} phone={phone} code={props.code} />;
  return <span className="num">{phone ?? '—'}</span>;
}

/** Names may be masked on one side: then their first letters decide. */
const isSameName = (a: string, b: string | null): boolean => b === null || a === b || a[0] === b[0];
