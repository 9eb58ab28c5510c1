// The complaint about an emergency, found by its number or words.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { useSettled } from '../../../../ui/useSettled.ts';
import { listCases } from '../../../cases/case.contract.ts';
import { emergencyNewWords as words } from '../../emergency-page.words.ts';

const mostShown = 4;

export function LinkComplaint(props: {
  communityId: string;
  value: { id: string; code: string } | null;
  fault: string | undefined;
  onChange: (complaint: { id: string; code: string } | null) => void;
}) {
  const { communityId, value } = props;
  const [text, setText] = useState(value?.code ?? '');
  const q = useSettled(text.trim());
  const found = useQuery({
    queryKey: ['case', communityId, 'complaint-of-emergency', q],
    queryFn: ({ signal }) =>
      call(listCases, {
        params: { communityId },
        query: { kind: 'complaint', q, sort: 'newest', limit: mostShown },
        signal,
      }),
    enabled: q !== '' && q !== value?.code,
  });
  const items = q === '' || q === value?.code ? [] : (found.data?.items ?? []);
  return (
    <div>
      <Field
        label={words.complaint}
        name="complaintId"
        autoComplete="off"
        maxLength={60}
        hint={
          found.isSuccess && q !== '' && q !== value?.code && items.length === 0
            ? words.complaintUnknown
            : words.complaintHint
        }
        value={text}
        fault={props.fault}
        onChange={(event) => {
          setText(event.target.value);
          if (value !== null) props.onChange(null);
        }}
      />
      {items.length === 0 ? null : (
        <div className="row wrap people">
          {items.map((one) => (
            <button
              key={one.id}
              type="button"
              className="chip"
              onClick={() => {
                props.onChange({ id: one.id, code: one.code });
                setText(one.code);
              }}
            >
              <span className="num">{one.code}</span> {one.unit ?? one.place ?? ''}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
