// Photos of a dial 表盘照片 beside its reading: taken with the phone's camera, sent at once, small in the row, large when asked for.
import { Modal } from 'antd';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { addressOf, call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { attachmentRoutes } from '../../../attachments/attachment.contract.ts';
import { readingPageWords as words } from '../../charging-page.words.ts';

const most = 5;

/** What is sent stands at once; a photo that could not be sent says why and takes nothing else with it. */
export function ReadingPhotoButton(props: {
  communityId: string;
  label: string;
  count: number;
  onAdd: (attachmentId: string) => void;
}) {
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { communityId, label } = props;
  const send = async (file: File | undefined) => {
    if (!file) return;
    setError(null);
    setSending(true);
    const form = new FormData();
    form.set('file', file);
    try {
      const made = await call(attachmentRoutes.uploadAttachment, { params: { communityId }, form, key: newId() });
      props.onAdd(made.id);
    } catch (caught) {
      setError(caught);
    } finally {
      setSending(false);
    }
  };
  return (
    <>
      {props.count < most ? (
        <label className="btn quiet" aria-busy={isSending}>
          {isSending ? words.photoSending : words.photo}
          <input
            className="unseen"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            capture="environment"
            aria-label={`${words.photo} ${label}`}
            disabled={isSending}
            onChange={(event) => {
              void send(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </label>
      ) : null}
      <Problem error={error} />
    </>
  );
}

export function ReadingPhotos(props: {
  communityId: string;
  label: string;
  ids: readonly string[];
  onRemove?: (id: string) => void;
}) {
  const [large, setLarge] = useState<string | null>(null);
  const { communityId, ids, onRemove } = props;
  if (ids.length === 0) return null;
  const address = (id: string, size: 'full' | 'thumb') =>
    addressOf(attachmentRoutes.getAttachment.path, { communityId, id }, { size });
  const title = words.photoOf(props.label);
  return (
    <span className="dialphotos">
      {ids.map((id) => (
        <span key={id} className="dialphoto">
          <button type="button" aria-label={title} onClick={() => setLarge(id)}>
            <img src={address(id, 'thumb')} alt="" loading="lazy" />
          </button>
          {onRemove ? (
            <button
              type="button"
              className="linklike"
              aria-label={`${words.photoRemove} ${title}`}
              onClick={() => onRemove(id)}
            >
              {words.photoRemove}
            </button>
          ) : null}
        </span>
      ))}
      <Modal open={large !== null} title={title} footer={null} width={900} onCancel={() => setLarge(null)}>
        {large === null ? null : <img className="diallarge" src={address(large, 'full')} alt={title} />}
      </Modal>
    </span>
  );
}
