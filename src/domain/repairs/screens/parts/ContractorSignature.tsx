// The contractor signs for the order 签收派工单 where it was not drawn on arrival: on the screen, or a photo of the paper.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { type RepairAnswer, signForOrder } from '../../repair.contract.ts';
import { contractorWords as words } from '../../repair-page.words.ts';

export function ContractorSignature({ repair, onClose }: { repair: RepairAnswer; onClose: () => void }) {
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const [signature, setSignature] = useState('');
  const [photos, setPhotos] = useState<string[]>([]);
  const submit = async () => {
    const answer = await call(signForOrder, {
      params: { communityId: repair.communityId, id: repair.id },
      body: {
        ...(signature === '' ? {} : { signature }),
        ...(photos.length === 0 ? {} : { attachmentIds: photos }),
      },
      key: attempt.key,
    });
    attempt.renew();
    client.setQueryData(['repair', repair.communityId, repair.id], answer);
    onClose();
  };
  return (
    <FormDialog
      title={words.signTitle(repair.contractorFirm?.name ?? repair.contractor?.name ?? '')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitWord={words.signSubmit}
      isReady={signature !== '' || photos.length > 0}
    >
      {() => (
        <>
          <p className="muted">{words.signLead}</p>
          <SignaturePad value={signature} onChange={setSignature} />
          <PhotoPicker communityId={repair.communityId} ids={photos} onChange={setPhotos} />
        </>
      )}
    </FormDialog>
  );
}
