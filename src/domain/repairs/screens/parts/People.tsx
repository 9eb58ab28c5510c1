// People to choose from, with what they have on hand.

import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import type { Role } from '../../../access/role.contract.ts';
import { staffRoutes } from '../../../access/staff.contract.ts';
import { Choices } from '../../../cases/screens/parts/moveFields.tsx';
import type { RepairAnswer, RepairState } from '../../repair.contract.ts';
import { repairStateWords } from '../../repair.words.ts';
import { repairPageWords } from '../../repair-page.words.ts';

const words = repairPageWords.dialog;

/** People of a post with what they have on hand (RP13); the least loaded first, those away last and not to be chosen. */
export function People(props: {
  posts: readonly Role[];
  label: string;
  repair: RepairAnswer;
  value: string;
  takesFocus?: boolean;
  fault?: string | undefined;
  onChange: (id: string) => void;
}) {
  const { communityId } = props.repair;
  const people = useQuery({
    queryKey: ['staff', communityId, ...props.posts],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        props.posts.map((role) => call(staffRoutes.listStaff, { params: { communityId }, query: { role }, signal })),
      );
      const all = answers.flatMap((answer) => answer.items);
      return { items: all.filter((one, index) => all.findIndex((other) => other.id === one.id) === index) };
    },
  });
  if (people.error) return <Problem error={people.error} retry={() => void people.refetch()} />;
  const sorted = [...(people.data?.items ?? [])].sort(
    (a, b) => Number(a.isAbsent) - Number(b.isAbsent) || a.load - b.load || a.name.localeCompare(b.name, 'zh'),
  );
  if (people.data && sorted.length === 0) return <p className="faint">{words.noTechnicians}</p>;
  return (
    <Choices
      label={props.label}
      isPeople
      takesFocus={props.takesFocus ?? false}
      value={props.value}
      options={sorted.map((person) => ({
        value: person.id,
        word: person.name,
        note: person.isAbsent
          ? words.away(person.standIn?.name ?? null)
          : [
              words.load(person.load),
              ...(person.roles.includes('duty_technician') ? [words.onDuty] : []),
              ...(person.out
                ? [
                    words.out(
                      person.out.where ?? '',
                      repairStateWords[person.out.state as RepairState],
                      person.out.code,
                    ),
                  ]
                : []),
            ].join(' · '),
        isOff: person.isAbsent,
      }))}
      fault={props.fault}
      onChange={props.onChange}
    />
  );
}
