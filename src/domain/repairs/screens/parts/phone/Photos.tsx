// Photos from the phone's camera: made clean, kept on the phone under an id of its own, and sent before what they belong to.
import { useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { newId } from '../../../../../kernel/id.ts';
import { call } from '../../../../../ui/call.ts';
import { devicePerson } from '../../../../../ui/device.ts';
import { press, worksOffline } from '../../../../../ui/offline.ts';
import { deviceQueue, removePhoto } from '../../../../../ui/offlineStore.ts';
import { useCommunity } from '../../../../access/screens/parts/session.ts';
import { attachmentRoutes } from '../../../../attachments/attachment.contract.ts';
import { addCaseNote } from '../../../../cases/case.contract.ts';
import type { RepairAnswer } from '../../../repair.contract.ts';
import { repairPhoneWords as words } from '../../../repair-phone.words.ts';
import { Offline } from './Offline.tsx';
import { cleanPhoto } from './photoFile.ts';

const filesOf = (event: ChangeEvent<HTMLInputElement>): File[] => {
  const files = [...(event.target.files ?? [])];
  event.target.value = '';
  return files;
};

/** Keeps it on the phone, or sends it at once where the phone keeps nothing; answers its id, null where it is no photo. */
async function takePhoto(communityId: string, file: File): Promise<string | null> {
  const blob = await cleanPhoto(file);
  if (blob === null) return null;
  const id = newId();
  if (worksOffline()) {
    const keptAt = new Date().toISOString();
    await deviceQueue.putPhoto({ id, personId: devicePerson(), communityId, blob, state: 'waiting', keptAt });
    return id;
  }
  const form = new FormData();
  form.set('id', id);
  form.set('file', new File([blob], `${id}.jpg`, { type: 'image/jpeg' }));
  await call(attachmentRoutes.uploadAttachment, { params: { communityId }, form, key: id });
  return id;
}

/** Sends photos that lie on the phone and go with something that can't wait in the queue; each once. */
export async function sendPhotos(communityId: string, ids: readonly string[]): Promise<void> {
  if (!worksOffline()) return;
  for (const id of ids) {
    const photo = await deviceQueue.getPhoto(id);
    if (photo === undefined || photo.state === 'sent') continue;
    const form = new FormData();
    form.set('id', id);
    form.set('file', new File([photo.blob], `${id}.jpg`, { type: 'image/jpeg' }));
    await call(attachmentRoutes.uploadAttachment, { params: { communityId }, form, key: id });
    await deviceQueue.putPhoto({ ...photo, state: 'sent' });
  }
}

/** Once what they belong to is recorded, the phone need not keep them. */
export async function forgetPhotos(ids: readonly string[]): Promise<void> {
  if (worksOffline()) for (const id of ids) await removePhoto(id);
}

function Camera(props: { label: string; isBusy: boolean; onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="btn" aria-busy={props.isBusy} onClick={() => input.current?.click()}>
        {props.isBusy ? words.photoUploading : words.photo}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        multiple
        hidden
        aria-label={props.label}
        onChange={(event) => {
          const files = filesOf(event);
          if (files.length > 0) props.onFiles(files);
        }}
      />
    </>
  );
}

/** A photo on the time line, at any step of the work. */
export function PhotoButton({ repair }: { repair: RepairAnswer }) {
  const community = useCommunity();
  const client = useQueryClient();
  const [step, setStep] = useState<'idle' | 'busy' | 'sent' | 'waiting' | 'no-photo'>('idle');
  const [error, setError] = useState<unknown>(null);
  const send = async (files: File[]) => {
    setStep('busy');
    setError(null);
    try {
      const ids: string[] = [];
      for (const file of files) {
        const id = await takePhoto(community.id, file);
        if (id === null) return setStep('no-photo');
        ids.push(id);
      }
      const params = { communityId: community.id, id: repair.id };
      if (!worksOffline()) {
        await call(addCaseNote, { params, body: { kind: 'photo', attachmentIds: ids }, key: newId() });
        setStep('sent');
      } else
        setStep(
          await press({
            communityId: community.id,
            caseId: repair.id,
            caseCode: repair.code,
            path: `/communities/${community.id}/cases/${repair.id}/notes`,
            action: 'photo',
            body: { kind: 'photo' },
            says: '',
            photoIds: ids,
          }),
        );
      void client.invalidateQueries({ queryKey: ['repair', community.id, repair.id] });
    } catch (caught) {
      setError(caught);
      setStep('idle');
    }
  };
  return (
    <>
      <Camera label={words.photo} isBusy={step === 'busy'} onFiles={(files) => void send(files)} />
      {step === 'sent' || step === 'waiting' ? (
        <p className="faint wholerow" role="status">
          {step === 'sent' ? words.photoSaved : words.photoKept}
        </p>
      ) : null}
      {step === 'no-photo' ? (
        <p className="notice bad wholerow" role="alert">
          {words.notAPhoto}
        </p>
      ) : null}
      {error === null ? null : (
        <div className="wholerow">
          <Offline error={error} />
        </div>
      )}
    </>
  );
}

/** Photos that go with a move, by their ids. */
export function PhotoField(props: { label: string; ids: readonly string[]; onIds: (ids: string[]) => void }) {
  const community = useCommunity();
  const { ids, onIds } = props;
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isNone, setNone] = useState(false);
  const take = async (files: File[]) => {
    setBusy(true);
    setError(null);
    setNone(false);
    let all = [...ids];
    try {
      for (const file of files) {
        const id = await takePhoto(community.id, file);
        if (id === null) setNone(true);
        else all = [...all, id];
      }
    } catch (caught) {
      setError(caught);
    }
    onIds(all);
    setBusy(false);
  };
  const drop = (id: string) => {
    onIds(ids.filter((one) => one !== id));
    if (worksOffline()) void removePhoto(id);
  };
  return (
    <div className="col">
      <span className="label muted">
        {props.label}
        {ids.length > 0 ? ` · ${words.photoNote(ids.length)}` : ''}
      </span>
      <div className="row wrap">
        {ids.map((id) => (
          <Shot key={id} id={id} onDrop={() => drop(id)} />
        ))}
        <Camera label={props.label} isBusy={isBusy} onFiles={(files) => void take(files)} />
      </div>
      {isNone ? (
        <p className="notice bad" role="alert">
          {words.notAPhoto}
        </p>
      ) : null}
      <Offline error={error} />
    </div>
  );
}

function Shot({ id, onDrop }: { id: string; onDrop: () => void }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    if (worksOffline())
      void deviceQueue.getPhoto(id).then((photo) => {
        if (!photo || isGone) return;
        made = URL.createObjectURL(photo.blob);
        setAddress(made);
      });
    return () => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id]);
  return (
    <button type="button" className="shot" aria-label={words.dropPhoto} onClick={onDrop}>
      {address === null ? words.photoNote(1) : <img className="photo" src={address} alt="" />}
    </button>
  );
}
