// Choosing a colleague of this community by name and post.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../ui/call.ts';
import { SelectField } from '../../../../ui/SelectField.tsx';
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
  const staff = useQuery({
    queryKey: ['staff', props.communityId, 'all'],
    queryFn: ({ signal }) =>
      call(staffRoutes.listStaff, { params: { communityId: props.communityId }, query: {}, signal }),
  });
  const people = [...(staff.data?.items ?? [])]
    .filter((one) => one.roles.some((role) => role !== 'resident' && role !== 'contractor'))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh'));
  return (
    <SelectField
      label={props.label}
      name={props.name}
      value={props.value}
      fault={props.fault}
      onChange={props.onChange}
    >
      <option value="">{props.none}</option>
      {people.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name} · {one.roles.map((role) => roleWords[role]).join('、')}
        </option>
      ))}
    </SelectField>
  );
}
