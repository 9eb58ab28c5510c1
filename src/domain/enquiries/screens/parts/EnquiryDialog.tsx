// What the moves of an enquiry ask, and the promises that can be made about it: to call back, to have a colleague read.
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { currentIn } from '../../../../ui/problem.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { casePromiseRoutes } from '../../../cases/case-promise.contract.ts';
import { type EnquiryAnswer, enquiryAnswerSchema, enquiryRoutes } from '../../enquiry.contract.ts';
import { answerHowWords, enquiryMoveWords, enquiryPageWords as words } from '../../enquiry.words.ts';

export type OpenDialog = 'answer' | 'assign' | 'reopen' | 'call-back' | 'message';

const titles: Record<OpenDialog, string> = {
  answer: words.answerTitle,
  assign: words.assignTitle,
  reopen: words.reopenTitle,
  'call-back': words.callBackTitle,
  message: words.messageTitle,
};
const submits: Record<OpenDialog, string> = {
  answer: enquiryMoveWords.answer,
  assign: enquiryMoveWords.assign,
  reopen: enquiryMoveWords.reopen,
  'call-back': words.callBack,
  message: words.message,
};

/** `2026-11-26T14:30` of the field is Shanghai time. */
const instantOf = (field: string): string | undefined => (field === '' ? undefined : `${field}:00+08:00`);

export function EnquiryDialog(props: { enquiry: EnquiryAnswer; dialog: OpenDialog; onClose: () => void }) {
  const { enquiry, dialog } = props;
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const [text, setText] = useState('');
  const [how, setHow] = useState<keyof typeof answerHowWords>('call');
  const [toId, setToId] = useState('');
  const [at, setAt] = useState('');
  const params = { communityId: enquiry.communityId, id: enquiry.id };
  const { version } = enquiry;
  const send = async (): Promise<unknown> => {
    const key = attempt.key;
    switch (dialog) {
      case 'answer':
        return call(enquiryRoutes.answerEnquiry, { params, body: { version, text, how }, key });
      case 'assign':
        return call(enquiryRoutes.assignEnquiry, { params, body: { version, toId, text }, key });
      case 'reopen':
        return call(enquiryRoutes.reopenEnquiry, { params, body: { version, reason: text }, key });
      case 'call-back':
        return call(casePromiseRoutes.promiseCallBack, {
          params,
          body: { at: instantOf(at), text: text.trim() === '' ? undefined : text },
          key,
        });
      case 'message':
        return call(casePromiseRoutes.leaveMessage, { params, body: { toId, text }, key });
    }
  };
  const needsText = dialog !== 'call-back';
  const needsColleague = dialog === 'assign' || dialog === 'message';
  return (
    <FormDialog
      title={titles[dialog]}
      isOpen
      onClose={props.onClose}
      submitWord={submits[dialog]}
      isReady={(!needsText || text.trim() !== '') && (!needsColleague || toId !== '')}
      shownFields={['toId', 'text', 'at', 'reason']}
      onSubmit={async () => {
        try {
          await send();
        } catch (error) {
          const current = currentIn(enquiryAnswerSchema, error);
          if (current) client.setQueryData(['enquiry', enquiry.communityId, enquiry.id], current);
          throw error;
        }
        attempt.renew();
        await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(enquiry.id) });
        props.onClose();
      }}
    >
      {(fault) => (
        <>
          {needsColleague ? (
            <ColleaguePicker
              communityId={enquiry.communityId}
              label={words.messageTo}
              none={words.choose}
              value={toId}
              fault={fault('toId')}
              onChange={setToId}
            />
          ) : null}
          {dialog === 'call-back' ? (
            <Field
              label={words.callBackAt}
              type="datetime-local"
              hint={words.callBackHint}
              value={at}
              fault={fault('at')}
              onChange={(event) => setAt(event.target.value)}
            />
          ) : null}
          {dialog === 'answer' ? (
            <fieldset className="choices inline">
              <legend>{words.answerHow}</legend>
              {(Object.keys(answerHowWords) as (typeof how)[]).map((one) => (
                <label key={one} className="choice">
                  <input type="radio" name="how" checked={how === one} onChange={() => setHow(one)} />
                  <span className="grow">{answerHowWords[one]}</span>
                </label>
              ))}
            </fieldset>
          ) : null}
          <TextField
            label={dialog === 'answer' ? words.answerText : dialog === 'reopen' ? words.reason : words.messageText}
            value={text}
            fault={fault('text') ?? fault('reason')}
            onChange={setText}
          />
        </>
      )}
    </FormDialog>
  );
}

function TextField(props: {
  label: string;
  value: string;
  fault: string | undefined;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        rows={3}
        maxLength={2000}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.fault === undefined ? null : <span className="fault">{props.fault}</span>}
    </div>
  );
}
