// One choice of a bar of filters: its name is heard, not shown, for what it says it says by its options.
export function FilterSelect<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly (readonly [value: Value, word: string])[];
  onChange: (value: Value) => void;
}) {
  return (
    <select
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value as Value)}
    >
      {props.options.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </select>
  );
}
