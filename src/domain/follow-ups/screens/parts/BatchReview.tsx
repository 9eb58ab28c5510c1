// The weekly batch 批量审阅 (RP18): one comment for many records; those that are not this reviewer's are told at their row.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { reviewWords, batchWords as words } from '../../follow-up-page.words.ts';
import { followUpPlanRoutes, type ReviewBatch } from '../../follow-up-plan.contract.ts';

export function BatchReview(props: {
  ids: readonly string[];
  onClose: () => void;
  onDone: (answer: ReviewBatch) => void;
}) {
  const community = useCommunity();
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const [comment, setComment] = useState('');
  return (
    <FormDialog
      title={words.title(props.ids.length)}
      isOpen
      onClose={props.onClose}
      submitWord={words.submit}
      isReady={comment.trim() !== ''}
      shownFields={['comment']}
      onSubmit={async () => {
        const answer = await call(followUpPlanRoutes.reviewFollowUps, {
          params: { communityId: community.id },
          body: { ids: [...props.ids], comment: comment.trim() },
          key: attempt.key,
        });
        attempt.renew();
        await client.invalidateQueries({ queryKey: ['follow-up', community.id] });
        props.onDone(answer);
      }}
    >
      {(fault) => (
        <>
          <p className="muted">{words.lead}</p>
          <TextBox
            label={reviewWords.comment}
            placeholder={reviewWords.commentPlaceholder}
            rows={3}
            value={comment}
            fault={fault('comment')}
            onText={setComment}
          />
          <span className="row wrap">
            {reviewWords.usual.map((one) => (
              <button key={one} type="button" className="chip" onClick={() => setComment(one)}>
                {one}
              </button>
            ))}
          </span>
        </>
      )}
    </FormDialog>
  );
}
