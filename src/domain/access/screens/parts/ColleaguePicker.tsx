// Choosing a colleague of this community by name and post.
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { call } from '../../../../ui/call.ts';
import { roleWords } from '../../role.words.ts';
import { staffRoutes } from '../../staff.contract.ts';

export function ColleaguePicker(props: {
  communityId: string;
  label: string;
  none: string;
  value: string;
  onChange: (id: string) => void;
  name?: string;
  fault?: string | undefined;
}) {
  const id = useId();
  const staff = useQuery({
    queryKey: ['staff', props.communityId, 'all'],
    queryFn: ({ signal }) =>
      call(staffRoutes.listStaff, { params: { communityId: props.communityId }, query: {}, signal }),
  });
  const people = [...(staff.data?.items ?? [])]
    .filter((one) => one.roles.some((role) => role !== 'resident' && role !== 'contractor'))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh'));
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        name={props.name}
        value={props.value}
        aria-invalid={props.fault === undefined ? undefined : true}
        onChange={(event) => props.onChange(event.target.value)}
      >
        <option value="">{props.none}</option>
        {people.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} · {one.roles.map((role) => roleWords[role]).join('、')}
          </option>
        ))}
      </select>
      {props.fault === undefined ? null : <span className="fault">{props.fault}</span>}
    </div>
  );
}
