// Choosing another complaint 选一件投诉: those that look like the same event first, else by number or words.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { useSettled } from '../../../../ui/useSettled.ts';
import { listCases } from '../../../cases/case.contract.ts';
import { Choices } from '../../../cases/screens/parts/moveFields.tsx';
import { complaintRoutes } from '../../complaint.contract.ts';
import { complaintCaseStateWords, severityWords } from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import type { ComplaintAnswer, ComplaintState, Severity } from '../../complaint-shapes.contract.ts';

const words = complaintPageWords.dialog;
const mostShown = 6;

/** What already belongs to it is not offered again. */
export function useSiblings(complaint: Pick<ComplaintAnswer, 'communityId' | 'id' | 'group' | 'moves'>) {
  const { communityId, id } = complaint;
  const own = new Set(complaint.group?.others.map((one) => one.id));
  const found = useQuery({
    queryKey: ['complaint', communityId, id, 'siblings'],
    queryFn: ({ signal }) => call(complaintRoutes.listSiblings, { params: { communityId, id }, signal }),
    // Whoever may join them looks for them.
    enabled: complaint.moves.some((move) => move.name === 'link'),
  });
  return { ...found, items: (found.data?.items ?? []).filter((one) => one.id !== id && !own.has(one.id)) };
}

export function PickComplaint(props: {
  complaint: ComplaintAnswer;
  label: string;
  search: string;
  value: string;
  fault: string | undefined;
  onSearch: (text: string) => void;
  onChange: (id: string) => void;
}) {
  const { complaint } = props;
  const siblings = useSiblings(complaint);
  const q = useSettled(props.search.trim());
  const found = useQuery({
    queryKey: ['case', complaint.communityId, 'pick-complaint', q],
    queryFn: ({ signal }) =>
      call(listCases, {
        params: { communityId: complaint.communityId },
        query: { kind: 'complaint', q, sort: 'newest', limit: mostShown + 1 },
        signal,
      }),
    enabled: q !== '',
  });
  const items =
    q === ''
      ? siblings.items.map((one) => ({ ...one, level: one.severity as string | null }))
      : (found.data?.items ?? []).filter((one) => one.id !== complaint.id).slice(0, mostShown);
  return (
    <>
      <Field
        label={words.caseSearch}
        type="search"
        autoComplete="off"
        value={props.search}
        onChange={(event) => props.onSearch(event.target.value)}
      />
      {items.length === 0 ? (
        <p className="faint" role="status">
          {q === '' ? complaintPageWords.group.noSiblings : found.isPending ? '' : words.noCases}
        </p>
      ) : (
        <Choices
          label={props.label}
          isCases
          value={props.value}
          options={items.map((one) => ({
            value: one.id,
            word: (
              <>
                <b className="num">{one.code}</b> <span className="muted">{one.summary}</span>
              </>
            ),
            note: [
              one.level === null ? '' : severityWords[one.level as Severity],
              complaintCaseStateWords[one.state as ComplaintState],
            ]
              .filter((part) => part)
              .join(' · '),
          }))}
          fault={props.fault}
          onChange={props.onChange}
        />
      )}
    </>
  );
}
