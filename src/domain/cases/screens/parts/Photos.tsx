// Photos of a case: small pictures that open large; what is no picture stands as a file.
import { useState } from 'react';
import { addressOf } from '../../../../ui/call.ts';
import { attachmentRoutes } from '../../../attachments/attachment.contract.ts';
import { casePageWords as words } from '../../board.words.ts';

const addressOfPhoto = (communityId: string, id: string, size: 'full' | 'thumb') =>
  addressOf(attachmentRoutes.getAttachment.path, { communityId, id }, { size });

export function Photos(props: { communityId: string; ids: readonly string[]; onRemove?: (id: string) => void }) {
  if (props.ids.length === 0) return null;
  return (
    <div className="photos">
      {props.ids.map((id, index) => (
        <Photo key={id} {...props} id={id} index={index + 1} />
      ))}
    </div>
  );
}

function Photo(props: { communityId: string; id: string; index: number; onRemove?: (id: string) => void }) {
  const [isFile, setFile] = useState(false);
  const { communityId, id, onRemove } = props;
  return (
    <span className="photo">
      <a href={addressOfPhoto(communityId, id, 'full')} target="_blank" rel="noreferrer">
        {isFile ? (
          <span className="filemark">{words.file}</span>
        ) : (
          <img
            src={addressOfPhoto(communityId, id, 'thumb')}
            alt={words.photoOf(props.index)}
            loading="lazy"
            onError={() => setFile(true)}
          />
        )}
      </a>
      {onRemove ? (
        <button type="button" className="photoremove" aria-label={words.removePhoto} onClick={() => onRemove(id)}>
          ×
        </button>
      ) : null}
    </span>
  );
}
