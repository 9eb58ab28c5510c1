// What a household sees behind its link: the questions, then thanks. Nothing of who lives where is asked or shown.
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { type PublicSurvey, surveyRoutes } from '../../survey.contract.ts';
import { surveyProblems } from '../../survey.words.ts';
import { answerWords as words } from '../../survey-answer.words.ts';
import type { Answers } from '../../survey-question.contract.ts';
import { QuestionField } from '../parts/QuestionField.tsx';
import './answer.css';

export function AnswerPage({ token }: { token: string }) {
  const [survey, setSurvey] = useState<PublicSurvey | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    const ended = new AbortController();
    setError(null);
    call(surveyRoutes.openSurveyLink, { body: { token }, signal: ended.signal })
      .then(setSurvey)
      .catch((caught) => ended.signal.aborted || setError(caught));
    return () => ended.abort();
  }, [token, tries]);
  if (survey === null) {
    const isWrong = error instanceof ProblemError && (error.status === 404 || error.status === 422);
    return (
      <main className="answerpage">
        {isWrong ? (
          <Said {...words.wrong} />
        ) : error === null ? (
          <p role="status">{words.loading}</p>
        ) : (
          <Problem error={error} retry={() => setTries(tries + 1)} />
        )}
      </main>
    );
  }
  return (
    <main className="answerpage">
      <header>
        <p className="muted">{survey.community}</p>
        <h1>{survey.title}</h1>
      </header>
      {survey.state === 'open' ? (
        <Form token={token} survey={survey} onDone={setSurvey} />
      ) : (
        <Said {...(survey.state === 'answered' ? words.thanks : words.over)} />
      )}
    </main>
  );
}

function Said({ title, text }: { title: string; text: string }) {
  return (
    <section className="answersaid" role="status">
      <h2>{title}</h2>
      <p>{text}</p>
    </section>
  );
}

function Form(props: { token: string; survey: PublicSurvey; onDone: (survey: PublicSurvey) => void }) {
  const { survey, token } = props;
  const [answers, setAnswers] = useState<Answers>({});
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [unanswered, setUnanswered] = useState<readonly number[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const isMissing = (place: number): boolean => {
    const value = answers[String(place)];
    return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  };
  const submit = async () => {
    if (isBusy) return;
    const missing = survey.questions.flatMap((question, place) =>
      question.isRequired && isMissing(place) ? [place] : [],
    );
    setUnanswered(missing);
    setError(null);
    if (missing[0] !== undefined) {
      form.current?.querySelectorAll('fieldset')[missing[0]]?.scrollIntoView({ block: 'center' });
      return;
    }
    setBusy(true);
    try {
      props.onDone(await call(surveyRoutes.answerSurveyLink, { body: { token, answers } }));
      window.scrollTo(0, 0);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const faultOf = (place: number): string | undefined =>
    unanswered.includes(place) && isMissing(place)
      ? surveyProblems.faults.not_answered?.({}).zh
      : error instanceof ProblemError
        ? error.at(`answers.${place}`)
        : undefined;
  const left = unanswered.filter(isMissing).length;
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {survey.introduction === '' ? null : <p className="introduction">{survey.introduction}</p>}
      <p className="faint">
        {words.anonymous} <span className="nowrap">{words.ends(survey.endsOn)}</span>
      </p>
      {survey.questions.map((question, place) => (
        <QuestionField
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place; they never change while one answers
          key={place}
          place={place}
          question={question}
          value={answers[String(place)]}
          fault={faultOf(place)}
          onChange={(value) => {
            const { [String(place)]: _before, ...others } = answers;
            setAnswers(value === undefined ? others : { ...others, [String(place)]: value });
          }}
        />
      ))}
      {left === 0 ? null : (
        <p className="notice bad" role="alert">
          {words.missing(left)}
        </p>
      )}
      <Problem error={error} hideFields={survey.questions.map((_, place) => `answers.${place}`)} />
      <button type="submit" className="btn primary answersend" aria-busy={isBusy}>
        {isBusy ? words.sending : words.submit}
      </button>
    </form>
  );
}
