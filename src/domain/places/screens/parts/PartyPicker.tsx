// Choosing a person or company 住户 as one types: name, pinyin, phone, room.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useId, useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useSettled } from '../../../../ui/useSettled.ts';
import { relationWords } from '../../../parties/party.words.ts';
import { householdWords } from '../../household.words.ts';
import { type PartyItem, unitRoutes } from '../../unit.contract.ts';

const words = householdWords.add;

export function PartyPicker(props: {
  communityId: string;
  label: string;
  value: PartyItem | null;
  onChange: (party: PartyItem | null) => void;
  fault?: string | undefined;
}) {
  const id = useId();
  const { communityId } = props;
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const found = useQuery({
    queryKey: ['party', communityId, 'find', q],
    queryFn: ({ signal }) =>
      call(unitRoutes.listParties, { params: { communityId }, query: { q, limit: 12 }, signal }).then(
        (page) => page.items,
      ),
    enabled: q !== '',
  });
  const items = q === '' ? (props.value ? [props.value] : []) : (found.data ?? []);
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <Select
        id={id}
        className="wide"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        allowClear
        placeholder={words.partyHint}
        value={props.value?.id ?? null}
        loading={found.isFetching}
        notFoundContent={q === '' ? words.partyHint : found.isFetching ? uiWords.loading : uiWords.empty.filtered}
        {...(props.fault === undefined ? {} : { status: 'error' as const })}
        options={items.map((one) => ({ value: one.id, label: one.name, party: one }))}
        optionRender={(option) => <PartyLine party={option.data.party} />}
        onChange={(_, option) => {
          props.onChange(option && !Array.isArray(option) ? option.party : null);
          setTyped('');
        }}
      />
      {props.fault ? <span className="fault">{props.fault}</span> : null}
    </div>
  );
}

const PartyLine = ({ party }: { party: PartyItem }) => (
  <span className="partyline">
    <b>{party.name}</b>
    <span className="faint num">
      {[party.phone, ...party.units.slice(0, 2).map((unit) => `${unit.label} ${relationWords[unit.relation]}`)]
        .filter((part) => part !== null)
        .join(' · ')}
    </span>
  </span>
);
