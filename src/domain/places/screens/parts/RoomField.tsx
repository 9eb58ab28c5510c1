// Finding a room on the phone 查房号: only rooms, nobody's name, so that a technician on night duty may ask too.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { roomWords as words } from '../../picker.words.ts';
import { unitRoutes } from '../../unit.contract.ts';
import { useRested } from './unitSearch.ts';
import './roomfield.css';

export function RoomField(props: {
  communityId: string;
  text: string;
  chosenId: string | null;
  fault: string | undefined;
  onText: (text: string) => void;
  onChoose: (room: { id: string; label: string }) => void;
}) {
  const id = useId();
  const q = useRested(props.text.trim());
  const isSearching = props.chosenId === null && q !== '';
  const found = useQuery({
    queryKey: ['unit', props.communityId, 'rooms', q],
    queryFn: ({ signal }) =>
      call(unitRoutes.findRooms, { params: { communityId: props.communityId }, query: { q, limit: 6 }, signal }),
    enabled: isSearching,
    placeholderData: keepPreviousData,
  });
  const rooms = isSearching ? (found.data?.items ?? []) : [];
  return (
    <div className="field">
      <label htmlFor={id}>{words.room}</label>
      <input
        id={id}
        value={props.text}
        placeholder={words.roomPlaceholder}
        autoComplete="off"
        aria-invalid={props.fault === undefined ? undefined : true}
        onChange={(event) => props.onText(event.target.value)}
      />
      {props.fault === undefined ? null : <span className="fault">{props.fault}</span>}
      {isSearching ? <Problem error={found.error} /> : null}
      {rooms.length > 0 ? (
        <fieldset className="rooms" aria-label={words.rooms}>
          {rooms.map((room) => (
            <button key={room.id} type="button" className="btn num" onClick={() => props.onChoose(room)}>
              {room.label}
            </button>
          ))}
        </fieldset>
      ) : isSearching && found.data && !found.isFetching && q === props.text.trim() ? (
        <span className="faint" role="status">
          {words.noRoom(q)}
        </span>
      ) : null}
    </div>
  );
}
