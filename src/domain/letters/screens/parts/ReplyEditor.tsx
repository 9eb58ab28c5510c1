// Writes a reply from a template, or amends a draft.
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { type IncomingDocument, letterRoutes, type Reply } from '../../letter.contract.ts';
import { dayInChinese, replyTemplates, letterPageWords as words } from '../../letter.words.ts';

export function ReplyEditor(props: {
  letter: IncomingDocument;
  reply: Reply | null;
  onSaved: () => Promise<void>;
  onLeave: () => void;
}) {
  const { letter, reply } = props;
  const { id: communityId } = useCommunity();
  const facts = { datedOn: dayInChinese(letter.datedOn), subject: letter.subject, caseCode: letter.caseCode };
  const [addressee, setAddressee] = useState(reply?.addressee ?? letter.sender);
  const [subject, setSubject] = useState(reply?.subject ?? letter.subject);
  const [body, setBody] = useState(reply?.body ?? replyTemplates[0]?.write(facts) ?? '');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const saved = useIdempotencyKey();
  const fault = (path: string) => (error instanceof ProblemError ? error.at(path) : undefined);
  const save = async () => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    const said = { addressee, subject, body };
    try {
      if (reply === null)
        await call(letterRoutes.draftReply, { params: { communityId, id: letter.id }, body: said, key: saved.key });
      else
        await call(letterRoutes.amendReply, {
          params: { communityId, id: reply.id },
          body: { ...said, version: reply.version },
          key: saved.key,
        });
      await props.onSaved();
    } catch (caught) {
      setError(caught);
    } finally {
      saved.renew();
      setBusy(false);
    }
  };
  return (
    <form
      className="col"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset className="row wrap">
        <legend className="unseen">{words.template}</legend>
        <span className="faint">{words.template}</span>
        {replyTemplates.map((one) => (
          <button key={one.name} type="button" className="btn" onClick={() => setBody(one.write(facts))}>
            {one.name}
          </button>
        ))}
      </fieldset>
      <Field
        label={words.addressee}
        value={addressee}
        maxLength={60}
        onChange={(event) => setAddressee(event.target.value)}
        fault={fault('addressee')}
      />
      <Field
        label={words.subject}
        value={subject}
        maxLength={200}
        onChange={(event) => setSubject(event.target.value)}
        fault={fault('subject')}
      />
      <TextBox
        label={words.body}
        rows={12}
        maxLength={10_000}
        value={body}
        onText={setBody}
        hint={words.draftHint}
        fault={fault('body')}
      />
      <Problem error={error} hideFields={['addressee', 'subject', 'body']} />
      <div className="row">
        <button type="submit" className="btn primary" aria-busy={isBusy}>
          {words.saveDraft}
        </button>
        <button type="button" className="btn" onClick={props.onLeave}>
          {uiWords.cancel}
        </button>
      </div>
    </form>
  );
}
