// A reply with what became of it, and its moves.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { addressOf, call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { complaintRoutes } from '../../../complaints/complaint.contract.ts';
import {
  type IncomingDocument,
  letterRoutes,
  type Reply,
  type ReplyMove,
  type ReplyWay,
  replyWays,
} from '../../letter.contract.ts';
import {
  letterProblems,
  replyMoveWords,
  replyStateWords,
  replyWayWords,
  letterPageWords as words,
} from '../../letter.words.ts';
import { ReplyEditor } from './ReplyEditor.tsx';
import { notTold, TellFields } from './TellFields.tsx';

const noted = { fail: letterRoutes.failReply, void: letterRoutes.voidReply };

export function ReplyCard(props: { letter: IncomingDocument; reply: Reply; onChanged: () => Promise<void> }) {
  const { letter, reply } = props;
  const { id: communityId, code } = useCommunity();
  const [move, setMove] = useState<ReplyMove | null>(null);
  const [way, setWay] = useState<ReplyWay>('handed-over');
  const [note, setNote] = useState('');
  const [told, setTold] = useState(notTold);
  const [slips, setSlips] = useState<readonly string[]>([]);
  const complaint = useQuery({
    queryKey: ['complaint', communityId, letter.caseId],
    queryFn: ({ signal }) => call(complaintRoutes.getComplaint, { params: { communityId, id: letter.caseId }, signal }),
    enabled: move === 'deliver' && letter.caseKind === 'complaint',
  });
  const mayTell = complaint.data?.moves.some((one) => one.name === 'tell-customer' && one.allowed) ?? false;
  const params = { communityId, id: reply.id };
  const { version } = reply;
  const submit = async () => {
    const key = newId();
    if (move === 'approve') await call(letterRoutes.approveReply, { params, body: { version }, key });
    else if (move === 'send') await call(letterRoutes.sendReply, { params, body: { version, way }, key });
    else if (move === 'deliver')
      await call(letterRoutes.deliverReply, {
        params,
        body: {
          version,
          note,
          ...(slips.length === 0 ? {} : { attachmentIds: [...slips] }),
          ...(mayTell && told.isTold
            ? {
                tellCustomer: {
                  ...(told.opinion.trim() === '' ? {} : { opinion: told.opinion }),
                  ...(told.satisfied === '' ? {} : { satisfied: told.satisfied === 'yes' }),
                },
              }
            : {}),
        },
        key,
      });
    else if (move === 'fail' || move === 'void') await call(noted[move], { params, body: { version, note }, key });
    setMove(null);
    setNote('');
    setTold(notTold);
    setSlips([]);
    await props.onChanged();
  };
  const refused = reply.moves.find((one) => one.reason !== undefined)?.reason;
  return (
    <Card title={`${words.reply} ${reply.code ?? words.unnumbered}`}>
      <div className="col">
        <p>
          <span className="tag">{replyStateWords[reply.state]}</span> {words.writtenBy(reply.writtenBy.name)}
          {reply.approvedBy === null ? null : ` · ${words.approvedBy(reply.approvedBy.name)}`}
        </p>
        {move === 'amend' ? (
          <ReplyEditor
            letter={letter}
            reply={reply}
            onSaved={async () => {
              setMove(null);
              await props.onChanged();
            }}
            onLeave={() => setMove(null)}
          />
        ) : (
          <>
            <b>{reply.subject}</b>
            <p className="lettertext">
              {words.dear(reply.addressee)}
              {'\n'}
              {reply.body}
            </p>
          </>
        )}
        <ul className="faint">
          {reply.events.map((event) => (
            <li key={`${event.move}${event.at}`}>
              <span className="num">
                {dayOf(event.at)} {wallTimeOf(event.at).slice(0, 5)}
              </span>{' '}
              {event.by.name} {replyMoveWords[event.move]}
              {event.way === null ? '' : `（${replyWayWords[event.way]}）`} {event.note}
            </li>
          ))}
        </ul>
        <div className="row wrap">
          {reply.moves.map((one) => (
            <button
              key={one.name}
              type="button"
              className={one.name === 'void' || one.name === 'fail' || one.name === 'amend' ? 'btn' : 'btn primary'}
              disabled={!one.allowed}
              onClick={() => setMove(one.name)}
            >
              {replyMoveWords[one.name]}
            </button>
          ))}
          <Link className="btn" to={`/c/${code}/letters/${letter.id}/print/${reply.id}`}>
            {words.print}
          </Link>
          <a className="btn" href={addressOf(letterRoutes.exportReply.path, params)} download>
            {words.word}
          </a>
          {refused === undefined ? null : <span className="faint">{letterProblems.titles[refused]?.({}).zh}</span>}
        </div>
      </div>
      <FormDialog
        title={move === null ? '' : replyMoveWords[move]}
        isOpen={move !== null && move !== 'amend'}
        onClose={() => setMove(null)}
        onSubmit={submit}
        isRisky={move === 'void'}
        {...(move === null ? {} : { submitWord: replyMoveWords[move] })}
        shownFields={['note', 'way', 'tellCustomer.opinion']}
      >
        {(fault) =>
          move === 'approve' ? (
            <p className="lettertext">{reply.body}</p>
          ) : move === 'send' ? (
            <SelectField
              label={words.way}
              value={way}
              onChange={(value) => setWay(value as ReplyWay)}
              fault={fault('way')}
            >
              {replyWays.map((one) => (
                <option key={one} value={one}>
                  {replyWayWords[one]}
                </option>
              ))}
            </SelectField>
          ) : (
            <>
              <TextBox label={words.note} value={note} onText={setNote} maxLength={500} fault={fault('note')} />
              {move === 'deliver' ? (
                <div className="field">
                  <span>{words.slip}</span>
                  <PhotoPicker communityId={communityId} ids={slips} onChange={setSlips} />
                </div>
              ) : null}
              {move === 'deliver' && mayTell ? (
                <TellFields told={told} onTold={setTold} caseCode={letter.caseCode} fault={fault} />
              ) : null}
            </>
          )
        }
      </FormDialog>
    </Card>
  );
}
