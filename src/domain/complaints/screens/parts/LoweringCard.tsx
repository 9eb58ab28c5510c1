// A lower level that waits for approval 申请降级: shown to everybody, decided by the post above the one who asks (CP2).
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { currentIn } from '../../../../ui/problem.ts';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { postWords } from '../../../cases/case.words.ts';
import { complaintRoutes } from '../../complaint.contract.ts';
import { severityWords } from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { type ComplaintAnswer, complaintAnswerSchema } from '../../complaint-shapes.contract.ts';

const words = complaintPageWords.lowering;

export function LoweringCard(props: {
  complaint: ComplaintAnswer;
  lowering: NonNullable<ComplaintAnswer['lowering']>;
}) {
  const { complaint, lowering } = props;
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const draft = useDraft(`complaint.lowering:${complaint.id}`, { remark: '' });
  const remark = draft.value.remark.trim();
  const queryKey = ['complaint', complaint.communityId, complaint.id];
  const params = { communityId: complaint.communityId, id: complaint.id };
  const decide = useMutation({
    mutationFn: (isApproved: boolean) => {
      const { version } = complaint;
      const said = remark === '' ? {} : { remark };
      return isApproved
        ? call(complaintRoutes.approveLowering, { params, body: { version, ...said }, key: attempt.key })
        : call(complaintRoutes.rejectLowering, { params, body: { version, remark }, key: attempt.key });
    },
    onSuccess: (answer) => {
      attempt.renew();
      draft.clear();
      client.setQueryData(queryKey, answer);
      void client.invalidateQueries({ queryKey: ['case', complaint.communityId] });
    },
    onError: (error) => {
      const current = currentIn(complaintAnswerSchema, error);
      if (current) client.setQueryData(queryKey, current);
      else void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <Card title={words.title} flush>
      <div className="line lowering">
        <p>
          <b>{words.from(severityWords[complaint.severity], severityWords[lowering.to])}</b>{' '}
          <span className="faint num">
            {words.asked(lowering.askedBy?.name ?? '', briefMoment(lowering.askedAt, serverNow()))}
          </span>
        </p>
        {lowering.reason === null ? null : <p className="said">{lowering.reason}</p>}
        {lowering.mayDecide ? (
          <div className="col">
            <TextBox
              label={words.remark}
              hint={words.remarkNeeded}
              isOptional
              value={draft.value.remark}
              onText={(text) => draft.setValue({ remark: text })}
            />
            <Problem error={decide.error} />
            <div className="row wrap">
              <button
                type="button"
                className="btn primary"
                aria-busy={decide.isPending}
                onClick={() => !decide.isPending && decide.mutate(true)}
              >
                {words.approve}
              </button>
              <button
                type="button"
                className="btn"
                disabled={remark === ''}
                onClick={() => !decide.isPending && decide.mutate(false)}
              >
                {words.reject}
              </button>
            </div>
          </div>
        ) : (
          <p className="faint">{words.waits(postWords[lowering.approver])}</p>
        )}
      </div>
    </Card>
  );
}
