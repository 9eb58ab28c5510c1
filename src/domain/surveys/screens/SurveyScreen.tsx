// The page of one survey 满意度调查: what it came to, answers to enter, links to print, and its steps.
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf } from '../../../kernel/time.ts';
import { oneOfCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { addressOf, call } from '../../../ui/call.ts';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { MoveButtons } from '../../../ui/MoveButtons.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { TextBox } from '../../../ui/TextBox.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { type Survey, surveyRoutes } from '../survey.contract.ts';
import { surveyMoveWords, surveyStateWords } from '../survey.words.ts';
import { surveyPageWords as words } from '../survey-page.words.ts';
import { QuestionField } from './parts/QuestionField.tsx';
import { SurveyEditor } from './parts/SurveyEditor.tsx';
import { SurveyEntry } from './parts/SurveyEntry.tsx';
import { SurveyLetters } from './parts/SurveyLetters.tsx';
import { SurveyResultCards } from './parts/SurveyResultCards.tsx';
import { useRefreshSurveys, useSurvey } from './useSurveys.ts';
import './parts/surveys.css';

const tabs = ['results', 'enter', 'letters', 'questions'] as const;
const codecs = { tab: oneOfCodec(['', ...tabs], '') };
type Step = 'open' | 'close' | 'hand-over';

export function SurveyScreen() {
  const { surveyId } = useParams({ strict: false }) as { surveyId?: string };
  const community = useCommunity();
  const may = useMay();
  const found = useSurvey(surveyId ?? '');
  const refresh = useRefreshSurveys();
  const [address, setAddress] = useAddressState(codecs);
  const [open, setOpen] = useState<Step | 'amend' | null>(null);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const survey = found.data;
  if (!survey) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const moves = survey.moves.filter((move) => move.allowed && move.name !== 'enter');
  // Before anybody was asked there is nothing but the questions.
  const chosen = address.tab !== '' ? address.tab : survey.state === 'draft' ? 'questions' : 'results';
  const shownTabs = tabs.filter((tab) => (tab === 'enter' || tab === 'letters' ? may('survey.enter') : true));
  const done = async () => {
    setOpen(null);
    await refresh();
  };
  return (
    <div className="stack">
      <PageHead
        title={survey.title}
        tags={<span className={survey.state === 'open' ? 'tag accent' : 'tag'}>{surveyStateWords[survey.state]}</span>}
      >
        <Link className="btn" to={`/c/${community.code}/surveys`}>
          {words.back}
        </Link>
        {survey.state === 'draft' ? null : (
          <a
            className="btn"
            href={addressOf(surveyRoutes.exportSurvey.path, { communityId: community.id, id: survey.id })}
            download
          >
            {words.export}
          </a>
        )}
      </PageHead>
      <p className="muted num no-print">
        {[
          words.sample(survey.sampleSize),
          words.letters.until(survey.endsOn),
          ...(survey.sampleSeed === null ? [] : [words.seed(survey.sampleSeed)]),
          ...(survey.handed === null ? [] : [words.handed(dayOf(survey.handed.at), survey.handed.by.name)]),
        ].join(' · ')}
      </p>
      {moves.length === 0 ? null : (
        <MoveButtons
          label={words.moves}
          moves={moves.map((move) => ({ name: move.name, word: surveyMoveWords[move.name], isAllowed: true }))}
          likely={survey.state === 'draft' ? 'open' : survey.state === 'open' ? 'close' : 'hand-over'}
          onMove={(name) => setOpen(name as Step | 'amend')}
        />
      )}
      <div className="row wrap no-print" role="tablist" aria-label={words.title}>
        {shownTabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            aria-selected={chosen === tab}
            className={chosen === tab ? 'btn primary' : 'btn'}
            onClick={() => setAddress({ tab })}
          >
            {words.tabs[tab]}
          </button>
        ))}
      </div>
      {chosen === 'results' ? <SurveyResultCards survey={survey} onChanged={refresh} /> : null}
      {chosen === 'enter' ? <SurveyEntry survey={survey} onChanged={refresh} /> : null}
      {chosen === 'letters' ? <SurveyLetters survey={survey} /> : null}
      {chosen === 'questions' ? (
        <Card title={words.tabs.questions}>
          {survey.questions.map((question, place) => (
            <QuestionField
              // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place
              key={place}
              place={place}
              question={question}
              value={undefined}
              fault={undefined}
              onChange={() => {}}
            />
          ))}
        </Card>
      ) : null}
      {open === 'amend' ? <SurveyEditor survey={survey} onClose={() => setOpen(null)} onDone={done} /> : null}
      {open !== null && open !== 'amend' ? (
        <StepDialog survey={survey} step={open} onClose={() => setOpen(null)} onDone={done} />
      ) : null}
    </div>
  );
}

function StepDialog(props: { survey: Survey; step: Step; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { survey, step } = props;
  const attempt = useIdempotencyKey();
  const [note, setNote] = useState('');
  const submit = async () => {
    const options = { params: { communityId: survey.communityId, id: survey.id }, key: attempt.key };
    const { version } = survey;
    if (step === 'open') await call(surveyRoutes.openSurvey, { ...options, body: { version } });
    else if (step === 'close') await call(surveyRoutes.closeSurvey, { ...options, body: { version } });
    else
      await call(surveyRoutes.handOverSurvey, {
        ...options,
        body: { version, note: note.trim() === '' ? null : note },
      });
    await props.onDone();
  };
  return (
    <FormDialog
      title={surveyMoveWords[step]}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={surveyMoveWords[step]}
      isRisky={step === 'close'}
    >
      {(fault) => (
        <>
          <p>{words.ask[step]}</p>
          {step === 'hand-over' ? (
            <TextBox
              label={words.note}
              isOptional
              value={note}
              maxLength={1000}
              fault={fault('note')}
              onText={setNote}
            />
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
