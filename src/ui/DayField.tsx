// A day chosen in the Chinese calendar, with its label and fault: for pages that load antd anyway.
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useId } from 'react';
import type { Day } from '../kernel/time.ts';

export function DayField(props: {
  label: string;
  value: Day | null;
  onChange: (day: Day | null) => void;
  /** The latest day that may be chosen. */
  until?: Day;
  hint?: ReactNode;
  fault?: string | undefined;
  isDisabled?: boolean;
  /** The label is for those who hear it; the place says it to those who see. */
  isLabelHidden?: boolean;
}) {
  const id = useId();
  const { until } = props;
  return (
    <div className="field">
      <label htmlFor={id} className={props.isLabelHidden ? 'unseen' : undefined}>
        {props.label}
      </label>
      <DatePicker
        id={id}
        className="wide"
        disabled={props.isDisabled ?? false}
        value={props.value === null ? null : dayjs(props.value)}
        {...(props.fault === undefined ? {} : { status: 'error' as const })}
        disabledDate={(day) => until !== undefined && day.format('YYYY-MM-DD') > until}
        onChange={(day) => props.onChange(day === null ? null : day.format('YYYY-MM-DD'))}
      />
      {props.hint ? <span className="hint">{props.hint}</span> : null}
      {props.fault ? <span className="fault">{props.fault}</span> : null}
    </div>
  );
}
