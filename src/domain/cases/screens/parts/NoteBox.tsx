// Adds to the time line: a note, a call, photos; kept as a draft until it is sent.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../../../../ui/call.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { casePageWords as words } from '../../board.words.ts';
import { addCaseNote, type CaseNoteBody, callParties } from '../../case.contract.ts';
import { callPartyWords } from '../../case.words.ts';
import { PhotoPicker } from './PhotoPicker.tsx';

export type NoteKind = 'note' | 'call' | 'photo';
type NoteDraft = { text: string; to: (typeof callParties)[number]; direction: 'out' | 'in'; photos: string[] };

export function NoteBox(props: {
  communityId: string;
  caseId: string;
  kind: NoteKind;
  /** Whom a call is likely to have been with. */
  to?: (typeof callParties)[number];
  onClose: () => void;
}) {
  const { communityId, caseId, kind } = props;
  const client = useQueryClient();
  const draft = useDraft<NoteDraft>(`case.${kind}${props.to ?? ''}:${caseId}`, {
    text: '',
    to: props.to ?? 'customer',
    direction: 'out',
    photos: [],
  });
  const { value, setValue } = draft;
  const attempt = useIdempotencyKey();
  const save = useMutation({
    mutationFn: () => {
      const text = value.text.trim();
      const body: CaseNoteBody = {
        kind,
        direction: value.direction,
        ...(text === '' ? {} : { text }),
        ...(kind === 'call' ? { to: value.to } : {}),
        ...(value.photos.length > 0 ? { attachmentIds: value.photos } : {}),
      };
      return call(addCaseNote, { params: { communityId, id: caseId }, body, key: attempt.key });
    },
    onSuccess: async () => {
      attempt.renew();
      draft.clear();
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(caseId) });
      props.onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  const isReady = kind === 'photo' ? value.photos.length > 0 : value.text.trim() !== '';
  const placeholder = kind === 'note' ? words.noteText : kind === 'call' ? words.callText : words.photoText;
  return (
    <form className="notebox col field" aria-label={words.addLabel} onSubmit={submit}>
      <DraftNote draft={draft} />
      {kind === 'call' ? (
        <div className="row wrap">
          <select
            aria-label={words.direction}
            value={value.direction}
            onChange={(event) => setValue({ ...value, direction: event.target.value === 'in' ? 'in' : 'out' })}
          >
            <option value="out">{words.out}</option>
            <option value="in">{words.in}</option>
          </select>
          <select
            aria-label={words.callTo}
            value={value.to}
            onChange={(event) => setValue({ ...value, to: event.target.value as NoteDraft['to'] })}
          >
            {callParties.map((party) => (
              <option key={party} value={party}>
                {callPartyWords[party]}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <textarea
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to write here
        autoFocus
        aria-label={placeholder}
        placeholder={placeholder}
        rows={kind === 'photo' ? 1 : 3}
        maxLength={5000}
        value={value.text}
        onChange={(event) => setValue({ ...value, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isReady && !save.isPending) save.mutate();
          if (event.key === 'Escape') props.onClose();
        }}
      />
      <PhotoPicker
        communityId={communityId}
        ids={value.photos}
        onChange={(change) => setValue((before) => ({ ...before, photos: change(before.photos) }))}
      />
      <Problem error={save.error} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={!isReady} aria-busy={save.isPending}>
          {save.isPending ? uiWords.saving : words.save}
        </button>
        <button type="button" className="btn quiet" onClick={props.onClose}>
          {uiWords.cancel}
        </button>
      </div>
    </form>
  );
}
