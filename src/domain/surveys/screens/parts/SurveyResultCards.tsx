// What a survey came to: the two figures with their targets, by building and area, question by question, texts, improvements.
import { useState } from 'react';
import { dayOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { useMay } from '../../../access/screens/parts/session.ts';
import { improvementPartWords } from '../../../improvements/improvement.words.ts';
import { emptyImprovement } from '../../../improvements/screens/parts/ImprovementFields.tsx';
import { ImprovementList } from '../../../improvements/screens/parts/ImprovementList.tsx';
import { buildingInWords } from '../../../places/place.words.ts';
import { type Survey, type SurveyResults, surveyRoutes } from '../../survey.contract.ts';
import { channelWords, scaleWords } from '../../survey.words.ts';
import { surveyPageWords as words } from '../../survey-page.words.ts';
import { useSurveyResults, useSurveyTexts } from '../useSurveys.ts';

export function SurveyResultCards({ survey, onChanged }: { survey: Survey; onChanged: () => Promise<unknown> }) {
  const may = useMay();
  const found = useSurveyResults(survey.id);
  const [isImproving, setImproving] = useState(false);
  const results = found.data;
  if (!results)
    return (
      <>
        <Problem error={found.error} retry={() => void found.refetch()} />
        {found.error ? null : <div className="busyline" role="status" aria-label={uiWords.loading} />}
      </>
    );
  const { figures, targets } = survey;
  return (
    <>
      <div className="surveyfigures">
        <Figure
          name={words.columns.rate}
          text={words.percent(figures.rate)}
          target={words.percent(targets.rate)}
          isMet={figures.rate === null ? null : figures.satisfied >= targets.rate * figures.answered - 1e-9}
        />
        <Figure
          name={words.columns.index}
          text={words.points(figures.index)}
          target={words.points(targets.index)}
          isMet={figures.index === null ? null : figures.index >= targets.index}
        />
        <section className="card">
          <span className="muted">{words.columns.answered}</span>
          <span className="big num">{words.answered(figures.answered, figures.asked)}</span>
          <span className="faint num">
            {words.channels(results.channels.map((one) => `${channelWords[one.channel]} ${one.answered}`))}
          </span>
        </section>
      </div>
      <Groups title={words.groups.buildings} rows={results.buildings} empty={words.notYet} nameOf={buildingInWords} />
      <Groups title={words.groups.areas} rows={results.areas} empty={words.noAreas} />
      <Questions survey={survey} results={results} />
      <Texts survey={survey} />
      <Card
        title={improvementPartWords.title}
        flush
        actions={
          may('survey.write') && survey.state !== 'draft' ? (
            <button type="button" className="btn no-print" onClick={() => setImproving(true)}>
              {words.improve}
            </button>
          ) : undefined
        }
      >
        {results.improvements.length === 0 ? (
          <EmptyState title={improvementPartWords.none} />
        ) : (
          <ImprovementList items={results.improvements} onChanged={onChanged} />
        )}
      </Card>
      {isImproving ? (
        <ImproveDialog
          survey={survey}
          onClose={() => setImproving(false)}
          onDone={async () => {
            setImproving(false);
            await onChanged();
          }}
        />
      ) : null}
    </>
  );
}

function Figure(props: { name: string; text: string; target: string; isMet: boolean | null }) {
  return (
    <section className="card">
      <span className="row">
        <span className="muted grow">{props.name}</span>
        {props.isMet === null ? null : (
          <span className={props.isMet ? 'tag met' : 'tag late'}>{props.isMet ? words.met : words.missed}</span>
        )}
      </span>
      <span className="big num">{props.text}</span>
      <span className="faint num">{words.target(props.target)}</span>
    </section>
  );
}

function Groups(props: {
  title: string;
  rows: SurveyResults['buildings'];
  empty: string;
  nameOf?: (name: string) => string;
}) {
  return (
    <Card title={props.title} flush>
      {props.rows.length === 0 ? (
        <p className="surveyquestion faint">{props.empty}</p>
      ) : (
        <div className="tablebox">
          <table className="data short">
            <thead>
              <tr>
                <th scope="col">{words.groups.name}</th>
                <th scope="col">{words.groups.answered}</th>
                <th scope="col">{words.groups.rate}</th>
                <th scope="col">{words.groups.index}</th>
              </tr>
            </thead>
            <tbody>
              {props.rows.map((row) => (
                <tr key={row.name}>
                  <td className="anywhere">{props.nameOf?.(row.name) ?? row.name}</td>
                  <td className="num nowrap">{words.answered(row.answered, row.asked)}</td>
                  <td className="num">{words.percent(row.rate)}</td>
                  <td className="num">{words.points(row.index)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Questions({ survey, results }: { survey: Survey; results: SurveyResults }) {
  return (
    <Card title={words.questions} flush>
      {results.questions.map((one) => {
        const question = survey.questions[one.place];
        if (!question) return null;
        const names = question.kind === 'scale' ? scaleWords : question.options;
        return (
          <section key={one.place} className="surveyquestion">
            <h3>
              {one.place + 1}. {question.text}{' '}
              <span className="faint num">
                {words.filled(one.answered)} {words.average(one.average)}
              </span>
            </h3>
            {names.map((name, index) => {
              const count = one.counts[index] ?? 0;
              const share = one.answered === 0 ? 0 : count / one.answered;
              return (
                <div key={name} className="surveyoption">
                  <span>{name}</span>
                  <span className="surveybar" aria-hidden="true">
                    <i style={{ width: `${share * 100}%` }} />
                  </span>
                  <span className="num">
                    {count} · {words.percent(share)}
                  </span>
                </div>
              );
            })}
          </section>
        );
      })}
    </Card>
  );
}

function Texts({ survey }: { survey: Survey }) {
  const list = useSurveyTexts(survey.id);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={words.texts} flush>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {rows.length === 0 && list.data ? <p className="surveyquestion faint">{words.noTexts}</p> : null}
      <ul className="surveylines">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts carry no id, so that nobody finds the household by one
          <li key={index}>
            <span className="tag">{buildingInWords(row.building)}</span>
            <span>
              {row.text} <span className="faint">{survey.questions[row.place]?.text}</span>
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <p className="line">
          <button type="button" className="btn wide" onClick={() => void list.fetchNextPage()}>
            {words.more}
          </button>
        </p>
      ) : null}
    </Card>
  );
}

function ImproveDialog(props: { survey: Survey; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { survey } = props;
  const attempt = useIdempotencyKey();
  const today = dayOf(serverNow());
  const [one, setOne] = useState(() => emptyImprovement(today));
  const submit = async () => {
    await call(surveyRoutes.addSurveyImprovement, {
      params: { communityId: survey.communityId, id: survey.id },
      body: one,
      key: attempt.key,
    });
    await props.onDone();
  };
  return (
    <FormDialog
      title={words.improve}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      isReady={one.text.trim() !== '' && one.ownerId !== ''}
      shownFields={['text', 'ownerId', 'dueOn']}
    >
      {(fault) => (
        <>
          <TextBox
            label={improvementPartWords.text}
            value={one.text}
            rows={3}
            maxLength={1000}
            hint={improvementPartWords.textHint}
            fault={fault('text')}
            onText={(text) => setOne({ ...one, text })}
          />
          <ColleaguePicker
            communityId={survey.communityId}
            label={improvementPartWords.owner}
            none={improvementPartWords.chooseOwner}
            value={one.ownerId}
            fault={fault('ownerId')}
            onChange={(ownerId) => setOne({ ...one, ownerId })}
          />
          <Field
            label={improvementPartWords.dueOn}
            type="date"
            min={today}
            value={one.dueOn}
            fault={fault('dueOn')}
            onChange={(event) => setOne({ ...one, dueOn: event.target.value })}
          />
        </>
      )}
    </FormDialog>
  );
}
