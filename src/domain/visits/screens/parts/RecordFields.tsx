// What the record of a visit asks 拜访记录: when, whom, what was said, opinions, improvements. Loads no antd: the phone uses it.
import { dayOf } from '../../../../kernel/time.ts';
import { Choice } from '../../../../ui/Choice.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { instantOfField, wallField } from '../../../../ui/wallTime.ts';
import type { ImprovementBody } from '../../../improvements/improvement.contract.ts';
import { ImprovementFields } from '../../../improvements/screens/parts/ImprovementFields.tsx';
import { type MetWith, metWith, type Visit } from '../../visit.contract.ts';
import { metWords } from '../../visit.words.ts';
import { visitPageWords } from '../../visit-page.words.ts';

const words = visitPageWords.record;

export type RecordDraft = {
  heldAt: string;
  met: MetWith;
  said: string;
  opinions: string;
  improvements: ImprovementBody[];
};

/** What was written before it was sent back stands there again; else the appointment's hour, if that is over. */
export function startRecord(visit: Visit): RecordDraft {
  const now = serverNow();
  return {
    heldAt: wallField(visit.result?.heldAt ?? (visit.at < now ? visit.at : now)),
    met: visit.result?.met ?? metWith[0],
    said: visit.result?.said ?? '',
    opinions: visit.result?.opinions ?? '',
    improvements: [],
  };
}

export const recordOf = (draft: RecordDraft, version: number) => ({
  version,
  heldAt: instantOfField(draft.heldAt) ?? '',
  met: draft.met,
  said: draft.said,
  opinions: draft.opinions.trim() === '' ? null : draft.opinions,
  improvements: draft.improvements,
});

export const shownRecordFields = (draft: RecordDraft): string[] => [
  'heldAt',
  'met',
  'said',
  'opinions',
  ...draft.improvements.flatMap((_, index) =>
    ['text', 'ownerId', 'dueOn'].map((field) => `improvements.${index}.${field}`),
  ),
];

export function RecordFields(props: {
  communityId: string;
  draft: RecordDraft;
  set: (change: Partial<RecordDraft>) => void;
  fault: (path: string) => string | undefined;
}) {
  const { draft, set, fault } = props;
  return (
    <>
      <div className="pair">
        <Field
          label={words.heldAt}
          type="datetime-local"
          value={draft.heldAt}
          fault={fault('heldAt')}
          onChange={(event) => set({ heldAt: event.target.value })}
        />
        <Choice
          label={words.met}
          value={draft.met}
          words={metWords}
          fault={fault('met')}
          onChange={(met) => met !== '' && set({ met })}
        />
      </div>
      <TextBox
        label={words.said}
        value={draft.said}
        rows={4}
        maxLength={4000}
        placeholder={words.saidPlaceholder}
        fault={fault('said')}
        onText={(said) => set({ said })}
      />
      <TextBox
        label={words.opinions}
        isOptional
        value={draft.opinions}
        rows={3}
        maxLength={4000}
        placeholder={words.opinionsPlaceholder}
        fault={fault('opinions')}
        onText={(opinions) => set({ opinions })}
      />
      <p className="faint">{words.improvementsHint}</p>
      <ImprovementFields
        communityId={props.communityId}
        today={dayOf(serverNow())}
        value={draft.improvements}
        onChange={(improvements) => set({ improvements })}
        fault={fault}
      />
    </>
  );
}
