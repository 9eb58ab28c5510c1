// The plan 排回访 (FU0): a proposal that spreads what is due over those who may; changed line by line, or taken as it is.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { ShortTime } from '../../../cases/screens/parts/ShortTime.tsx';
import { followUpFieldWords, proposalReasonWords } from '../../follow-up.words.ts';
import { planWords as words } from '../../follow-up-page.words.ts';
import { followUpPlanRoutes, type PlanProposal } from '../../follow-up-plan.contract.ts';
import { callerOf, isOwnWork, itemsOf, loadsOf, type PlanChanges, type PlanItem, planOf } from '../planDraft.ts';

export function PlanDialog(props: {
  /** Chosen in the list; none: all that are due. */
  chosenIds: readonly string[];
  onClose: () => void;
  onDone: (said: string) => void;
}) {
  const community = useCommunity();
  const params = { communityId: community.id };
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const [isAnew, setAnew] = useState(false);
  const [changes, setChanges] = useState<PlanChanges>({});
  const proposal = useQuery({
    queryKey: ['follow-up', community.id, 'proposal', isAnew],
    queryFn: ({ signal }) =>
      call(followUpPlanRoutes.proposeFollowUpPlan, {
        params,
        query: { limit: 500, ...(isAnew ? { anew: 'true' as const } : {}) },
        signal,
      }),
    // A name chosen while others plan must not jump: what has changed is said by the server where it is sent.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const items = proposal.data ? itemsOf(proposal.data, props.chosenIds) : [];
  const planned = planOf(items, changes);
  const loads = proposal.data ? loadsOf(proposal.data.callers, items, changes) : [];
  const send = useMutation({
    mutationFn: () => call(followUpPlanRoutes.planFollowUps, { params, body: { items: planned }, key: attempt.key }),
    onSuccess: (answer) => {
      attempt.renew();
      void client.invalidateQueries({ queryKey: ['follow-up', community.id] });
      props.onDone(words.done(answer.planned));
    },
  });
  const problem = send.error instanceof ProblemError ? send.error : null;
  const faultOf = (id: string): string | undefined => {
    const index = planned.findIndex((item) => item.id === id);
    return problem?.errors.find((one) => one.path === `items.${index}` || one.path.startsWith(`items.${index}.`))
      ?.message;
  };
  const missing = proposal.data ? props.chosenIds.length - items.length : 0;
  return (
    <Modal
      open
      title={words.title(props.chosenIds.length || items.length)}
      onCancel={props.onClose}
      width={920}
      mask={{ closable: false }}
      footer={
        <div className="row dialogfoot">
          <button type="button" className="btn" onClick={props.onClose}>
            {uiWords.cancel}
          </button>
          <button
            type="button"
            className="btn primary"
            disabled={planned.length === 0}
            aria-busy={send.isPending}
            onClick={() => !send.isPending && send.mutate()}
          >
            {send.isPending ? uiWords.saving : words.accept(planned.length)}
          </button>
        </div>
      }
    >
      <div className="col dialogform plantable">
        <p className="muted">{words.lead}</p>
        <label className="row">
          <input
            type="checkbox"
            checked={isAnew}
            onChange={(event) => {
              setAnew(event.target.checked);
              setChanges({});
            }}
          />
          {words.anew}
        </label>
        {proposal.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
        <Problem error={proposal.error} retry={() => void proposal.refetch()} />
        {missing > 0 ? <p className="notice plain">{words.notThere(missing)}</p> : null}
        {proposal.data && items.length === 0 ? <p className="notice plain">{words.nothing}</p> : null}
        {proposal.data && items.length > 0 ? (
          <>
            <Loads loads={loads} />
            <div className="planscroll">
              <table className="data" aria-label={words.title(items.length)}>
                <thead>
                  <tr>
                    {Object.entries(words.columns).map(([key, word]) => (
                      <th key={key}>{word}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <PlanRow
                      key={item.id}
                      item={item}
                      callers={proposal.data.callers}
                      loads={loads}
                      changes={changes}
                      fault={faultOf(item.id)}
                      onCaller={(callerId) => {
                        send.reset();
                        setChanges((before) => ({ ...before, [item.id]: callerId }));
                      }}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          </>
        ) : null}
        {problem !== null && problem.errors.length > 0 && planned.some((item) => faultOf(item.id)) ? (
          <p className="notice bad" role="alert">
            {problem.title}
          </p>
        ) : (
          <Problem error={send.error} fieldWords={followUpFieldWords} />
        )}
      </div>
    </Modal>
  );
}

function Loads({ loads }: { loads: ReturnType<typeof loadsOf> }) {
  return (
    <div className="planloads">
      <span className="faint">{words.callers}</span>
      {loads
        .filter(({ named, added }) => named + added > 0)
        .map(({ caller, named, added }) => (
          <span key={caller.id} className={added > 0 ? 'tag accent num' : 'tag num'}>
            {words.caller(caller.name, named, added)}
          </span>
        ))}
    </div>
  );
}

function PlanRow(props: {
  item: PlanItem;
  callers: PlanProposal['callers'];
  loads: ReturnType<typeof loadsOf>;
  changes: PlanChanges;
  fault: string | undefined;
  onCaller: (callerId: string) => void;
}) {
  const { item, callers } = props;
  const callerId = callerOf(item, props.changes);
  const chosen = callers.find((one) => one.id === callerId);
  const loadOf = (id: string) => {
    const load = props.loads.find((one) => one.caller.id === id);
    return load === undefined ? 0 : load.named + load.added;
  };
  const isChanged = item.id in props.changes && props.changes[item.id] !== (item.caller?.id ?? '');
  const own = isOwnWork(item, callerId) ? words.handled(chosen?.name ?? '') : undefined;
  const fault = props.fault ?? own;
  return (
    <tr>
      <td>{item.dueAt === null ? '—' : <ShortTime at={item.dueAt} />}</td>
      <td>
        <b className="num nowrap">{item.code}</b> <span className="faint num nowrap">{item.caseCode}</span>
      </td>
      <td className="num">
        <span className="roomcell">{item.unit ?? item.place ?? '—'}</span>
      </td>
      <td>{item.handlers.map((one) => one.name).join('、') || '—'}</td>
      <td>
        <select
          aria-label={`${words.columns.caller} ${item.code}`}
          value={callerId}
          aria-invalid={fault === undefined ? undefined : true}
          onChange={(event) => props.onCaller(event.target.value)}
        >
          <option value="">{words.none}</option>
          {item.caller !== null && !callers.some((one) => one.id === item.caller?.id) ? (
            <option value={item.caller.id}>{item.caller.name}</option>
          ) : null}
          {callers.map((one) => (
            <option key={one.id} value={one.id}>
              {words.withLoad(one.name, loadOf(one.id), one.away)}
            </option>
          ))}
        </select>
        {fault === undefined ? null : <span className="fault">{fault}</span>}
      </td>
      <td className="faint">{isChanged ? words.changed : proposalReasonWords[item.why]}</td>
    </tr>
  );
}
