// The questionnaire builder 编制问卷: title, households, and questions of four kinds in their order; kept on this device until
// it is saved.
import { dayOf, plusDays } from '../../../../kernel/time.ts';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { type Survey, surveyRoutes } from '../../survey.contract.ts';
import { questionKindWords } from '../../survey.words.ts';
import { surveyPageWords } from '../../survey-page.words.ts';
import type { Question, QuestionKind } from '../../survey-question.contract.ts';
import './surveys.css';

const words = surveyPageWords.editor;
const usualDays = 21;
const most = 40;

/** Options are typed as lines; only when it is saved they become a list. */
type DraftQuestion = Omit<Question, 'options'> & { options: string };
type Draft = { title: string; introduction: string; endsOn: string; sampleSize: string; questions: DraftQuestion[] };

const isChoice = (kind: QuestionKind): boolean => kind === 'single' || kind === 'multiple';
const startOf = (survey: Survey | null): Draft => ({
  title: survey?.title ?? '',
  introduction: survey?.introduction ?? '',
  endsOn: survey?.endsOn ?? plusDays(dayOf(serverNow()), usualDays),
  sampleSize: survey?.sampleSize == null ? '' : String(survey.sampleSize),
  questions: survey?.questions.map((one) => ({ ...one, options: one.options.join('\n') })) ?? [
    { kind: 'scale', text: words.first, options: '', isRequired: true, isOverall: true },
  ],
});
const bodyOf = (draft: Draft) => ({
  title: draft.title,
  introduction: draft.introduction,
  endsOn: draft.endsOn,
  sampleSize: draft.sampleSize.trim() === '' ? null : Number(draft.sampleSize),
  questions: draft.questions.map((one) => ({
    ...one,
    options: isChoice(one.kind)
      ? one.options
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
      : [],
  })),
});

export function SurveyEditor(props: { survey: Survey | null; onClose: () => void; onDone: () => Promise<unknown> }) {
  const community = useCommunity();
  const { survey } = props;
  const attempt = useIdempotencyKey();
  const draft = useDraft<Draft>(
    `survey:${survey === null ? community.id : `${survey.id}:${survey.version}`}`,
    startOf(survey),
  );
  const { value, setValue } = draft;
  const set = (change: Partial<Draft>) => setValue((before) => ({ ...before, ...change }));
  const setQuestion = (place: number, change: Partial<DraftQuestion>) =>
    set({
      questions: value.questions.map((one, index) =>
        index === place
          ? { ...one, ...change }
          : // One overall question: choosing another takes it from this one.
            change.isOverall === true
            ? { ...one, isOverall: false }
            : one,
      ),
    });
  const swap = (place: number, other: number) => {
    const questions = [...value.questions];
    const [a, b] = [questions[place], questions[other]];
    if (!a || !b) return;
    questions[place] = b;
    questions[other] = a;
    set({ questions });
  };
  const submit = async () => {
    if (survey === null)
      await call(surveyRoutes.createSurvey, {
        params: { communityId: community.id },
        body: bodyOf(value),
        key: attempt.key,
      });
    else
      await call(surveyRoutes.amendSurvey, {
        params: { communityId: community.id, id: survey.id },
        body: { ...bodyOf(value), version: survey.version },
        key: attempt.key,
      });
    attempt.renew();
    draft.clear();
    await props.onDone();
  };
  const shown = ['title', 'introduction', 'endsOn', 'sampleSize'].concat(
    value.questions.flatMap((_, place) => ['text', 'options', 'isOverall'].map((one) => `questions.${place}.${one}`)),
  );
  return (
    <FormDialog
      title={survey === null ? words.create : words.amend}
      isOpen
      widthPx={760}
      onClose={props.onClose}
      onSubmit={submit}
      shownFields={shown}
    >
      {(fault) => (
        <>
          <DraftNote draft={draft} />
          <Field
            label={words.title}
            value={value.title}
            maxLength={80}
            placeholder={words.titlePlaceholder}
            fault={fault('title')}
            onChange={(event) => set({ title: event.target.value })}
          />
          <TextBox
            label={words.introduction}
            isOptional
            value={value.introduction}
            maxLength={1000}
            fault={fault('introduction')}
            onText={(introduction) => set({ introduction })}
          />
          <div className="pair">
            <Field
              label={words.endsOn}
              type="date"
              value={value.endsOn}
              fault={fault('endsOn')}
              onChange={(event) => set({ endsOn: event.target.value })}
            />
            <Field
              label={words.sample}
              inputMode="numeric"
              value={value.sampleSize}
              hint={words.sampleHint}
              fault={fault('sampleSize')}
              onChange={(event) => set({ sampleSize: event.target.value.replaceAll(/\D/g, '') })}
            />
          </div>
          {value.questions.map((question, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place until it is saved
            <fieldset key={place} className="builderquestion">
              <legend>{words.question(place + 1)}</legend>
              <div className="pair">
                <Choice<QuestionKind>
                  label={words.kind}
                  value={question.kind}
                  words={questionKindWords}
                  onChange={(kind) => kind !== '' && setQuestion(place, { kind, isOverall: false })}
                />
                <Field
                  label={words.text}
                  value={question.text}
                  maxLength={200}
                  fault={fault(`questions.${place}.text`)}
                  onChange={(event) => setQuestion(place, { text: event.target.value })}
                />
              </div>
              {isChoice(question.kind) ? (
                <TextBox
                  label={words.options}
                  value={question.options}
                  rows={4}
                  hint={words.optionsHint}
                  fault={fault(`questions.${place}.options`)}
                  onText={(options) => setQuestion(place, { options })}
                />
              ) : null}
              <div className="row wrap">
                <label className="row">
                  <input
                    type="checkbox"
                    checked={question.isRequired}
                    disabled={question.isOverall}
                    onChange={(event) => setQuestion(place, { isRequired: event.target.checked })}
                  />
                  {words.required}
                </label>
                {question.kind === 'scale' ? (
                  <label className="row">
                    <input
                      type="radio"
                      name="overall"
                      checked={question.isOverall}
                      onChange={() => setQuestion(place, { isOverall: true, isRequired: true })}
                    />
                    {words.overall}
                  </label>
                ) : null}
                <span className="grow" />
                <button
                  type="button"
                  className="btn quiet"
                  disabled={place === 0}
                  onClick={() => swap(place, place - 1)}
                >
                  {words.up}
                </button>
                <button
                  type="button"
                  className="btn quiet"
                  disabled={place === value.questions.length - 1}
                  onClick={() => swap(place, place + 1)}
                >
                  {words.down}
                </button>
                <button
                  type="button"
                  className="btn quiet"
                  onClick={() => set({ questions: value.questions.filter((_, index) => index !== place) })}
                >
                  {words.remove}
                </button>
              </div>
            </fieldset>
          ))}
          {value.questions.length < most ? (
            <button
              type="button"
              className="btn"
              onClick={() =>
                set({
                  questions: [
                    ...value.questions,
                    { kind: 'scale', text: '', options: '', isRequired: true, isOverall: false },
                  ],
                })
              }
            >
              {words.add}
            </button>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
