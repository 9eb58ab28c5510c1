// What went wrong, in words, with the fault of each field and the number that support asks for.
import { mayRetry, ProblemError } from './problem.ts';
import { Sign } from './Sign.tsx';
import { uiWords } from './ui.words.ts';

const words = uiWords.problem;

export function Problem(props: {
  error: unknown;
  retry?: () => void;
  /** How a form calls its fields: path → word; paths not named are shown as they come. */
  fieldWords?: Record<string, string>;
  /** Fields that show their own fault beside them need no second line here. */
  hideFields?: readonly string[];
}) {
  if (props.error === null || props.error === undefined) return null;
  const problem =
    props.error instanceof ProblemError
      ? props.error
      : new ProblemError({ status: 0, code: 'unknown', title: words.unknown });
  const fields = problem.errors.filter((error) => !props.hideFields?.includes(error.path));
  return (
    <div className={problem.status === 0 ? 'notice warn' : 'notice bad'} role="alert">
      <Sign name="warning" />
      <div className="grow">
        <b>{problem.title}</b>
        {problem.detail && problem.detail !== problem.title ? <div>{problem.detail}</div> : null}
        {fields.length > 0 ? (
          <ul>
            {fields.map((field) => (
              <li key={`${field.path} ${field.code}`}>
                {props.fieldWords?.[field.path] === undefined ? null : <b>{props.fieldWords[field.path]} </b>}
                {field.message}
              </li>
            ))}
          </ul>
        ) : null}
        {problem.retryAfterSeconds === undefined ? null : <div>{words.retryAfter(problem.retryAfterSeconds)}</div>}
        {problem.requestId === undefined || problem.status < 500 ? null : (
          <div className="num">{words.requestId(problem.requestId)}</div>
        )}
      </div>
      {props.retry && mayRetry(problem) ? (
        <button type="button" className="btn" onClick={props.retry}>
          {uiWords.retry}
        </button>
      ) : null}
    </div>
  );
}
