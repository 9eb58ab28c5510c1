// The report handed over 月报交接 (FU5): the supervisor's signature, the manager's below it, and both on paper.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dayOf, monthOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { followUpAnalysisRoutes, type HandOver, type MonthAnalysis } from '../../follow-up-analysis.contract.ts';
import { monthWords as words } from '../../follow-up-page.words.ts';
import { isLate } from '../../follow-up-report.rules.ts';

export function MonthHandOver({ analysis }: { analysis: MonthAnalysis }) {
  const { month, handOver } = analysis;
  const { id: communityId } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const sign = useMutation({
    mutationFn: (act: 'handOverFollowUpMonth' | 'acknowledgeFollowUpMonth') =>
      call(followUpAnalysisRoutes[act], { params: { communityId }, body: { month }, key: attempt.key }),
    onSuccess: (answer) => {
      attempt.renew();
      client.setQueryData(['follow-up', communityId, 'month', month], answer);
    },
  });
  const { handed, acknowledged } = handOver;
  const isOver = month < monthOf(serverNow());
  if (!isOver) return null;
  const moment = (at: string) => briefMoment(at, serverNow());
  const late = isLate(handOver, serverNow());
  return (
    <Card title={words.handOver}>
      <div className="col">
        {handed === null ? (
          <>
            <p className={late ? 'notice bad' : 'muted'}>
              {late ? words.handLate(handOver.dueOn) : words.handBy(handOver.dueOn)}
            </p>
            {may('follow-up.hand-over-month') ? (
              <p className="muted no-print">
                {words.handText} {analysis.isOpen ? words.handOpen : null}
              </p>
            ) : null}
          </>
        ) : (
          <p>
            {late
              ? words.handedLate(handed.by.name, moment(handed.at), handOver.dueOn)
              : words.handed(handed.by.name, moment(handed.at))}
            {'，'}
            {acknowledged === null
              ? words.notAcknowledged
              : words.acknowledged(acknowledged.by.name, moment(acknowledged.at))}
            {'。'}
            {words.frozen}
          </p>
        )}
        <Problem error={sign.error} />
        {handed === null && may('follow-up.hand-over-month') ? (
          <SignButton
            word={words.handNow}
            isBusy={sign.isPending}
            onSign={() => sign.mutate('handOverFollowUpMonth')}
          />
        ) : null}
        {handed !== null && acknowledged === null && may('follow-up.acknowledge-month') ? (
          <SignButton
            word={words.acknowledgeNow}
            isBusy={sign.isPending}
            onSign={() => sign.mutate('acknowledgeFollowUpMonth')}
          />
        ) : null}
      </div>
    </Card>
  );
}

const SignButton = (props: { word: string; isBusy: boolean; onSign: () => void }) => (
  <div className="row no-print">
    <button
      type="button"
      className="btn primary"
      disabled={props.isBusy}
      aria-busy={props.isBusy}
      onClick={props.onSign}
    >
      {props.word}
    </button>
  </div>
);

/** At the foot of the paper: who signed, and room for a hand where nobody did yet. */
export function MonthSignatures({ handOver }: { handOver: HandOver }) {
  const line = (post: string, signed: HandOver['handed']) =>
    signed === null ? post : words.signed(post, signed.by.name, dayOf(signed.at));
  return (
    <footer className="printonly signatures">
      <span>{words.signMaker}</span>
      <span>{line(words.signSupervisor, handOver.handed)}</span>
      <span>{line(words.signManager, handOver.acknowledged)}</span>
    </footer>
  );
}
