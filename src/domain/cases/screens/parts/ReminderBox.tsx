// Reminding 催办 on the page of a case: whom it reaches is said before it is sent, a word may go with it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { casePageWords as words } from '../../board.words.ts';
import { caseReminderRoutes } from '../../case-reminder.contract.ts';

export function ReminderBox(props: {
  communityId: string;
  caseId: string;
  responsible: string | null;
  onClose: () => void;
}) {
  const { communityId, caseId } = props;
  const client = useQueryClient();
  const draft = useDraft(`case.reminder:${caseId}`, { text: '' });
  const text = draft.value.text;
  const attempt = useIdempotencyKey();
  const send = useMutation({
    mutationFn: () =>
      call(caseReminderRoutes.remindOfCase, {
        params: { communityId, id: caseId },
        body: text.trim() === '' ? {} : { text: text.trim() },
        key: attempt.key,
      }),
    onSuccess: async () => {
      attempt.renew();
      draft.clear();
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(caseId) });
      props.onClose();
    },
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!send.isPending) send.mutate();
  };
  return (
    <form className="notebox col field" aria-label={words.remind} onSubmit={submit}>
      <span className="faint">{words.remindTo(props.responsible)}</span>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to write here
        autoFocus
        aria-label={words.remindText}
        placeholder={words.remindText}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => draft.setValue({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          if (event.key === 'Escape') props.onClose();
        }}
      />
      <Problem error={send.error} />
      <div className="row">
        <button type="submit" className="btn primary" aria-busy={send.isPending}>
          {send.isPending ? uiWords.saving : words.remindSend}
        </button>
        <button type="button" className="btn quiet" onClick={props.onClose}>
          {uiWords.cancel}
        </button>
      </div>
    </form>
  );
}
