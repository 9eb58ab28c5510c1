// Photos from the phone's camera: uploaded when taken; an upload that failed stays to be tried again.
import { useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { attachmentRoutes } from '../../../attachments/attachment.contract.ts';
import { addCaseNote } from '../../../cases/case.contract.ts';
import type { RepairAnswer } from '../../repair.contract.ts';
import { repairPhoneWords as words } from '../../repair-phone.words.ts';
import { Offline } from './Offline.tsx';

/** The id is made here, so that a second attempt is the same photo. */
async function upload(communityId: string, file: File, id: string): Promise<string> {
  const form = new FormData();
  form.set('id', id);
  form.set('file', file);
  const answer = await call(attachmentRoutes.uploadAttachment, { params: { communityId }, form, key: id });
  return answer.id;
}

const filesOf = (event: ChangeEvent<HTMLInputElement>): File[] => {
  const files = [...(event.target.files ?? [])];
  event.target.value = '';
  return files;
};

/** A photo on the time line, at any step of the work. */
export function PhotoButton({ repair }: { repair: RepairAnswer }) {
  const community = useCommunity();
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<{ id: string; noteKey: string; file: File }[]>([]);
  const [step, setStep] = useState<'idle' | 'busy' | 'done'>('idle');
  const [error, setError] = useState<unknown>(null);
  const input = useRef<HTMLInputElement>(null);

  const send = async (photos: typeof waiting) => {
    setStep('busy');
    setError(null);
    let left = photos;
    try {
      for (const photo of photos) {
        const id = await upload(community.id, photo.file, photo.id);
        await call(addCaseNote, {
          params: { communityId: community.id, id: repair.id },
          body: { kind: 'photo', attachmentIds: [id] },
          key: photo.noteKey,
        });
        left = left.filter((one) => one !== photo);
      }
      setStep('done');
      void client.invalidateQueries({ queryKey: ['repair', community.id, repair.id] });
    } catch (caught) {
      setError(caught);
      setStep('idle');
    }
    setWaiting(left);
  };
  return (
    <>
      <button type="button" className="btn" aria-busy={step === 'busy'} onClick={() => input.current?.click()}>
        {step === 'busy' ? words.photoUploading : words.photo}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={words.photo}
        onChange={(event) => {
          const photos = filesOf(event).map((file) => ({ id: newId(), noteKey: newId(), file }));
          if (photos.length > 0) void send([...waiting, ...photos]);
        }}
      />
      {step === 'done' ? (
        <p className="faint wholerow" role="status">
          {words.photoSaved}
        </p>
      ) : null}
      {error === null ? null : (
        <div className="wholerow">
          <Offline error={error} />
          <button type="button" className="btn wide" onClick={() => void send(waiting)}>
            {uiWords.retry}
          </button>
        </div>
      )}
    </>
  );
}

/** Photos that go with a move: their ids once they are up. */
export function PhotoField(props: { label: string; ids: readonly string[]; onIds: (ids: string[]) => void }) {
  const community = useCommunity();
  const [waiting, setWaiting] = useState<{ id: string; file: File }[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [pictures, setPictures] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => pictures.forEach((one) => void URL.revokeObjectURL(one)), [pictures]);

  const send = async (photos: typeof waiting) => {
    setBusy(true);
    setError(null);
    let left = photos;
    let ids = [...props.ids];
    try {
      for (const photo of photos) {
        const id = await upload(community.id, photo.file, photo.id);
        ids = [...ids, id];
        props.onIds(ids);
        left = left.filter((one) => one !== photo);
        const picture = URL.createObjectURL(photo.file);
        setPictures((before) => [...before, picture]);
      }
    } catch (caught) {
      setError(caught);
    }
    setWaiting(left);
    setBusy(false);
  };
  return (
    <div className="col">
      <span className="label muted">
        {props.label}
        {props.ids.length > 0 ? ` · ${words.photoNote(props.ids.length)}` : ''}
      </span>
      <div className="row wrap">
        {pictures.map((picture) => (
          <img key={picture} className="photo" src={picture} alt="" />
        ))}
        <button type="button" className="btn" aria-busy={isBusy} onClick={() => input.current?.click()}>
          {isBusy ? words.photoUploading : words.photo}
        </button>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={props.label}
        onChange={(event) => {
          const photos = filesOf(event).map((file) => ({ id: newId(), file }));
          if (photos.length > 0) void send([...waiting, ...photos]);
        }}
      />
      <Offline error={error} />
      {error === null ? null : (
        <button type="button" className="btn" onClick={() => void send(waiting)}>
          {uiWords.retry}
        </button>
      )}
    </div>
  );
}
