// Entering answers 录入答卷 from paper or a call: find the household, tick as the paper says, one answer each.
import { useState } from 'react';
import { dayOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useSettled } from '../../../../ui/useSettled.ts';
import { type AnswerChannel, type Survey, type SurveyHousehold, surveyRoutes } from '../../survey.contract.ts';
import { channelWords } from '../../survey.words.ts';
import { surveyPageWords } from '../../survey-page.words.ts';
import type { Answers } from '../../survey-question.contract.ts';
import { useSurveyHouseholds } from '../useSurveys.ts';
import { QuestionField } from './QuestionField.tsx';

const words = surveyPageWords.enter;
type ByHand = Exclude<AnswerChannel, 'link'>;
const byHand: Record<ByHand, string> = {
  paper: channelWords.paper,
  phone: channelWords.phone,
  visit: channelWords.visit,
};

export function SurveyEntry({ survey, onChanged }: { survey: Survey; onChanged: () => Promise<unknown> }) {
  const [text, setText] = useState('');
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [open, setOpen] = useState<SurveyHousehold | null>(null);
  const q = useSettled(text.trim());
  const list = useSurveyHouseholds(survey.id, q, onlyOpen);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (survey.state !== 'open') return <p className="notice plain">{words.over}</p>;
  return (
    <Card flush>
      <div className="row wrap surveyquestion">
        <Field
          label={words.find}
          value={text}
          placeholder={words.findHint}
          onChange={(event) => setText(event.target.value)}
        />
        <label className="row">
          <input type="checkbox" checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)} />
          {words.onlyOpen}
        </label>
      </div>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {rows.length === 0 && list.data ? <EmptyState title={words.none} /> : null}
      <ul className="surveylines">
        {rows.map((row) => (
          <li key={row.id}>
            <b className="num">{row.unit.label}</b>
            <span className="faint num grow">{words.number(row.number)}</span>
            {row.answeredAt === null ? (
              <button type="button" className="btn" onClick={() => setOpen(row)}>
                {words.open}
              </button>
            ) : (
              <span className="tag met num">
                {words.answered} {row.channel === null ? '' : channelWords[row.channel]} {dayOf(row.answeredAt)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <p className="line">
          <button type="button" className="btn wide" onClick={() => void list.fetchNextPage()}>
            {surveyPageWords.more}
          </button>
        </p>
      ) : null}
      {open === null ? null : (
        <EntryDialog
          survey={survey}
          household={open}
          onClose={() => setOpen(null)}
          onDone={async () => {
            setOpen(null);
            await onChanged();
          }}
        />
      )}
    </Card>
  );
}

function EntryDialog(props: {
  survey: Survey;
  household: SurveyHousehold;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { survey, household } = props;
  const attempt = useIdempotencyKey();
  const draft = useDraft<{ channel: ByHand; answers: Answers }>(`survey.enter:${household.id}`, {
    channel: 'paper',
    answers: {},
  });
  const submit = async () => {
    await call(surveyRoutes.enterAnswers, {
      params: { communityId: survey.communityId, id: survey.id, householdId: household.id },
      body: draft.value,
      key: attempt.key,
    });
    draft.clear();
    await props.onDone();
  };
  return (
    <FormDialog
      title={words.title(household.unit.label)}
      isOpen
      widthPx={640}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      shownFields={survey.questions.map((_, place) => `answers.${place}`)}
    >
      {(fault) => (
        <>
          <Choice<ByHand>
            label={words.channel}
            value={draft.value.channel}
            words={byHand}
            onChange={(channel) => channel !== '' && draft.setValue((before) => ({ ...before, channel }))}
          />
          {survey.questions.map((question, place) => (
            <QuestionField
              // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place
              key={place}
              place={place}
              question={question}
              value={draft.value.answers[String(place)]}
              fault={fault(`answers.${place}`)}
              onChange={(value) =>
                draft.setValue((before) => {
                  const { [String(place)]: _was, ...others } = before.answers;
                  return { ...before, answers: value === undefined ? others : { ...others, [String(place)]: value } };
                })
              }
            />
          ))}
        </>
      )}
    </FormDialog>
  );
}
