// Takes photos or files and uploads each at once, so that a form holds ids only.
import { useId, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { attachmentRoutes } from '../../../attachments/attachment.contract.ts';
import { casePageWords as words } from '../../board.words.ts';
import { Photos } from './Photos.tsx';

export function PhotoPicker(props: {
  communityId: string;
  ids: readonly string[];
  onChange: (change: (before: readonly string[]) => string[]) => void;
}) {
  const id = useId();
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { communityId, onChange } = props;

  const take = async (files: FileList | null) => {
    if (files === null || files.length === 0) return;
    setError(null);
    const all = [...files];
    for (const [index, file] of all.entries()) {
      setProgress({ done: index, all: all.length });
      const form = new FormData();
      form.set('file', file);
      try {
        const attachment = await call(attachmentRoutes.uploadAttachment, {
          params: { communityId },
          form,
          key: newId(),
        });
        onChange((before) => [...before, attachment.id]);
      } catch (problem) {
        setError(problem);
      }
    }
    setProgress(null);
  };
  return (
    <div className="col">
      <Photos
        communityId={communityId}
        ids={props.ids}
        onRemove={(gone) => onChange((before) => before.filter((one) => one !== gone))}
      />
      <div className="row">
        <label htmlFor={id} className="btn">
          {progress === null ? words.addPhotos : words.uploading(progress.done, progress.all)}
        </label>
        <input
          id={id}
          className="unseen"
          type="file"
          multiple
          accept="image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx"
          disabled={progress !== null}
          onChange={(event) => {
            void take(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      <Problem error={error} />
    </div>
  );
}
