// Complaints about the same event 同一事件: both counters, the others, and whom of them to call back when it is solved.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { Choices } from '../../../cases/screens/parts/moveFields.tsx';
import { type CallBack, complaintRoutes } from '../../complaint.contract.ts';
import { answerHowWords, complaintCaseStateWords, severityWords } from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { type AnswerHow, answerHows, type ComplaintAnswer } from '../../complaint-shapes.contract.ts';
import { severityTag } from './complaintLook.ts';
import { useSiblings } from './PickComplaint.tsx';

const words = complaintPageWords.group;

export function GroupCard(props: { complaint: ComplaintAnswer; onJoin: (() => void) | null }) {
  const { complaint, onJoin } = props;
  const community = useCommunity();
  const { group } = complaint;
  const join = onJoin ? (
    <button type="button" className="btn quiet no-print" onClick={onJoin}>
      {words.join}
    </button>
  ) : null;
  return (
    <Card title={words.title} actions={join} flush>
      {group === null ? (
        <p className="line muted">{words.alone}</p>
      ) : (
        <>
          <dl className="line counters">
            <div title={words.raisingsHint}>
              <dt>{words.raisings}</dt>
              <dd className="num">{group.raisings}</dd>
            </div>
            <div title={words.peopleHint}>
              <dt>{words.people}</dt>
              <dd className="num">{group.people}</dd>
            </div>
          </dl>
          <div className="line">
            <h3 className="faint">{words.others}</h3>
            {group.others.length === 0 ? <p className="muted">{words.noOthers}</p> : null}
            <ul className="grouplist">
              {group.others.map((one) => (
                <li key={one.id} className="row wrap">
                  <Link className="code num" to={caseAddress(community.code, one.id, 'complaint')}>
                    {one.code}
                  </Link>
                  <span className={severityTag(one.severity)}>{severityWords[one.severity]}</span>
                  <span className="grow" />
                  <span className="tag">{complaintCaseStateWords[one.state]}</span>
                </li>
              ))}
            </ul>
          </div>
          <CallBacks complaint={complaint} open={group.callBacksOpen} />
        </>
      )}
      {complaint.endedAt === null ? <Siblings complaint={complaint} /> : null}
    </Card>
  );
}

function Siblings({ complaint }: { complaint: ComplaintAnswer }) {
  const community = useCommunity();
  const { items } = useSiblings(complaint);
  if (items.length === 0) return null;
  return (
    <div className="line">
      <h3 className="faint">{words.siblings}</h3>
      <ul className="grouplist">
        {items.map((one) => (
          <li key={one.id}>
            <span className="row">
              <Link className="code num" to={caseAddress(community.code, one.id, 'complaint')}>
                {one.code}
              </Link>
              <span className="faint grow clip">{one.unit ?? one.place ?? ''}</span>
              <span className="tag">{complaintCaseStateWords[one.state]}</span>
            </span>
            <span className="cut muted">{one.summary}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function CallBacks({ complaint, open }: { complaint: ComplaintAnswer; open: number }) {
  const [chosen, setChosen] = useState<CallBack | null>(null);
  const mayTick = useMay()('complaint.move');
  const { communityId, id } = complaint;
  const list = useQuery({
    queryKey: ['complaint', communityId, id, 'call-backs', open],
    queryFn: ({ signal }) => call(complaintRoutes.listCallBacks, { params: { communityId, id }, signal }),
  });
  const items = list.data?.items ?? [];
  if (list.error) return <Problem error={list.error} retry={() => void list.refetch()} />;
  if (items.length === 0) return null;
  const nameOf = (one: CallBack) =>
    [one.unit, one.contact.name].filter((part) => part !== null).join(' ') || words.unnamed;
  return (
    <div className="line">
      <h3 className="faint">
        {words.callBacks} · {open > 0 ? words.callBacksOpen(open) : words.callBacksDone}
      </h3>
      <ul className="grouplist">
        {items.map((one) => (
          <li key={one.id} className="row wrap">
            {one.calledAt === null ? null : <Sign name="met" />}
            <span>{nameOf(one)}</span>
            <span className="num muted">{one.contact.phone ?? ''}</span>
            <span className="grow" />
            {one.calledAt !== null ? (
              <span className="faint num">
                {words.called(
                  one.calledBy?.name ?? '',
                  one.how === null ? '' : answerHowWords[one.how],
                  briefMoment(one.calledAt, serverNow()),
                )}
              </span>
            ) : mayTick ? (
              <button
                type="button"
                className="btn"
                aria-label={words.tickWho(nameOf(one))}
                onClick={() => setChosen(one)}
              >
                {words.tick}
              </button>
            ) : (
              <span className="faint num">{words.since(briefMoment(one.since, serverNow()))}</span>
            )}
          </li>
        ))}
      </ul>
      {chosen === null ? null : (
        <CalledDialog
          key={chosen.id}
          complaint={complaint}
          callBack={chosen}
          title={words.tickWho(nameOf(chosen))}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  );
}

function CalledDialog(props: { complaint: ComplaintAnswer; callBack: CallBack; title: string; onClose: () => void }) {
  const { communityId, id } = props.complaint;
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const draft = useDraft<{ how: AnswerHow; answer: string }>(`complaint.called:${props.callBack.id}`, {
    how: 'call',
    answer: '',
  });
  const { how, answer } = draft.value;
  return (
    <FormDialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      submitWord={words.save}
      isReady={answer.trim() !== ''}
      shownFields={['answer', 'how']}
      onSubmit={async () => {
        await call(complaintRoutes.markCalled, {
          params: { communityId, id, callBackId: props.callBack.id },
          body: { how, answer: answer.trim() },
          key: attempt.key,
        });
        attempt.renew();
        draft.clear();
        await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(id) });
        props.onClose();
      }}
    >
      {(fault) => (
        <>
          <Choices
            label={words.how}
            isInline
            value={how}
            options={answerHows
              .filter((one) => one !== 'posted')
              .map((value) => ({ value, word: answerHowWords[value] }))}
            fault={fault('how')}
            onChange={(next) => draft.setValue({ how: next as AnswerHow, answer })}
          />
          <TextBox
            label={words.answer}
            value={answer}
            fault={fault('answer')}
            onText={(text) => draft.setValue({ how, answer: text })}
          />
        </>
      )}
    </FormDialog>
  );
}
