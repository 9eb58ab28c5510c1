// What most moves end with: a line of one's own and photos.
import { TextArea } from './moveFields.tsx';
import { PhotoPicker } from './PhotoPicker.tsx';

export function NoteAndPhotos(props: {
  label: string;
  communityId: string;
  draft: { note: string; photos: readonly string[] };
  hasNote: boolean;
  hasPhotos: boolean;
  fault: string | undefined;
  onNote: (note: string) => void;
  onPhotos: (change: (before: readonly string[]) => string[]) => void;
}) {
  const { draft } = props;
  return (
    <>
      {props.hasNote ? (
        <TextArea
          label={props.label}
          value={draft.note}
          isOptional
          rows={1}
          fault={props.fault}
          onChange={props.onNote}
        />
      ) : null}
      {props.hasPhotos ? (
        <PhotoPicker communityId={props.communityId} ids={draft.photos} onChange={props.onPhotos} />
      ) : null}
    </>
  );
}
