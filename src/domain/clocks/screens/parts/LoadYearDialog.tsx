// Loading the holiday table of a year: from a file or pasted, looked at before it is sent.
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { calendarRoutes, type HolidayYearBody, holidayYearBodySchema } from '../../calendar.contract.ts';
import { calendarPageWords } from '../../calendar.words.ts';

const words = calendarPageWords.dialog;
const largestBytes = 100_000;

function readTable(text: string): { table: HolidayYearBody } | { fault: string } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { fault: words.notJson };
  }
  const parsed = holidayYearBodySchema.safeParse(read);
  return parsed.success ? { table: parsed.data } : { fault: words.notTable };
}

export function LoadYearDialog(props: {
  communityId: string;
  known: readonly number[];
  onClose: () => void;
  onLoaded: (answer: { year: number; recounted: number }) => void;
}) {
  const attempt = useIdempotencyKey();
  const [text, setText] = useState('');
  const [fileFault, setFileFault] = useState<string | null>(null);
  const read = text.trim() === '' ? null : readTable(text);
  const table = read && 'table' in read ? read.table : null;
  const fault = fileFault ?? (read && 'fault' in read ? read.fault : null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setFileFault(file.size > largestBytes ? words.tooLarge : null);
    if (file.size <= largestBytes) setText(await file.text());
  };
  const submit = async () => {
    if (!table) return;
    const answer = await call(calendarRoutes.loadHolidayYear, {
      params: { communityId: props.communityId },
      body: table,
      key: attempt.key,
    });
    attempt.renew();
    props.onLoaded(answer);
  };
  return (
    <FormDialog
      title={words.title}
      isOpen
      widthPx={620}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={table !== null}
    >
      {() => (
        <>
          <label className="field">
            <span className="label">{words.file}</span>
            <input
              type="file"
              accept=".json,application/json"
              onChange={(event) => void take(event.target.files?.[0])}
            />
          </label>
          <label className="field">
            <span className="label">{words.text}</span>
            <textarea
              rows={8}
              spellCheck={false}
              className="num"
              value={text}
              aria-invalid={fault === null ? undefined : true}
              onChange={(event) => {
                setFileFault(null);
                setText(event.target.value);
              }}
            />
            <span className="hint anywhere">{words.hint}</span>
            {fault === null ? null : <span className="fault">{fault}</span>}
          </label>
          {table === null ? null : (
            <p className="notice plain" role="status">
              <span>
                <b>
                  {words.preview(
                    table.year,
                    table.days.filter((day) => day.isOffDay).length,
                    table.days.filter((day) => !day.isOffDay).length,
                  )}
                </b>{' '}
                {props.known.includes(table.year) ? words.replaces(table.year) : null}
              </span>
            </p>
          )}
        </>
      )}
    </FormDialog>
  );
}
