// One question with its way to answer: large enough for a thumb, the same by link and when staff type from paper. No antd.
import { useId } from 'react';
import { scaleWords } from '../../survey.words.ts';
import { answerWords as words } from '../../survey-answer.words.ts';
import { type Answers, longestText, type Question, scaleSteps } from '../../survey-question.contract.ts';
import './questions.css';

type Value = Answers[string];

export function QuestionField(props: {
  place: number;
  question: Question;
  value: Value | undefined;
  fault: string | undefined;
  onChange: (value: Value | undefined) => void;
}) {
  const { question, value, place } = props;
  const id = useId();
  const name = `question${place}`;
  return (
    <fieldset className={props.fault === undefined ? 'question' : 'question wrong'} aria-describedby={`${id}note`}>
      <legend>
        <span className="num">{place + 1}.</span> {question.text}
        {question.isRequired ? <span className="mark">{words.required}</span> : null}
        {question.kind === 'multiple' ? <span className="mark">{words.multiple}</span> : null}
      </legend>
      {question.kind === 'scale' ? (
        <div className="scaleboxes">
          {scaleSteps.map((step) => (
            <label key={step} className={value === step ? 'scalebox on' : 'scalebox'}>
              <input type="radio" name={name} checked={value === step} onChange={() => props.onChange(step)} />
              <b className="num">{step}</b>
              <span>{scaleWords[step - 1]}</span>
            </label>
          ))}
        </div>
      ) : null}
      {question.kind === 'single' || question.kind === 'multiple' ? (
        <div className="optionboxes">
          {question.options.map((option, index) => {
            const isOn = Array.isArray(value) ? value.includes(index) : value === index;
            const chosen = Array.isArray(value) ? value : [];
            return (
              <label key={option} className={isOn ? 'optionbox on' : 'optionbox'}>
                <input
                  type={question.kind === 'single' ? 'radio' : 'checkbox'}
                  name={name}
                  checked={isOn}
                  onChange={() =>
                    props.onChange(
                      question.kind === 'single'
                        ? index
                        : isOn
                          ? chosen.filter((one) => one !== index)
                          : [...chosen, index].sort((a, b) => a - b),
                    )
                  }
                />
                {option}
              </label>
            );
          })}
        </div>
      ) : null}
      {question.kind === 'text' ? (
        <div className="field">
          <textarea
            rows={3}
            maxLength={longestText}
            aria-label={question.text}
            placeholder={words.textPlaceholder}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => props.onChange(event.target.value)}
          />
        </div>
      ) : null}
      <p id={`${id}note`} className="fault">
        {props.fault}
      </p>
    </fieldset>
  );
}
