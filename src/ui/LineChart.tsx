// A line over time as a picture: small, without axes of its own choosing, each point opens to what it was counted from. The
// same numbers stand below as a table for whoever reads or listens instead of looking.
import './charts.css';

export type LinePoint = {
  key: string;
  /** Under the line: short. */
  label: string;
  /** In full, for the point and its row. */
  name: string;
  value: number | null;
  /** What the number says: `98.5%（66 ÷ 67）`. */
  said: string;
  target: number | null;
  /** The target as it is said; null where there is none. */
  targetSaid: string | null;
  tone: 'met' | 'late' | 'plain';
  isOpen?: boolean;
};

const box = { width: 640, height: 190, left: 8, right: 8, top: 22, bottom: 26 };

/** Where the picture begins and ends: from the lowest to the highest that is shown, never narrower than a tenth. */
export function rangeOf(values: readonly number[]): { low: number; high: number } {
  if (values.length === 0) return { low: 0, high: 1 };
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = Math.max((high - low) * 0.15, high === 0 ? 0.05 : high * 0.05);
  return { low: Math.max(0, low - room), high: high + room };
}

export function LineChart(props: {
  label: string;
  points: readonly LinePoint[];
  targetWord: string;
  head: { name: string; value: string };
  onOpen: (key: string) => void;
}) {
  const { points } = props;
  const { low, high } = rangeOf(points.flatMap(({ value, target }) => [value, target].filter((one) => one !== null)));
  const step = (box.width - box.left - box.right) / Math.max(points.length, 1);
  const x = (index: number) => box.left + step * (index + 0.5);
  const y = (value: number) =>
    box.height - box.bottom - ((value - low) / (high - low)) * (box.height - box.top - box.bottom);
  // A month with nothing to divide by breaks the line.
  const parts: string[] = [];
  let isDown = false;
  points.forEach(({ value }, index) => {
    if (value !== null) parts.push(`${isDown ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
    isDown = value !== null;
  });
  const targets = points.flatMap(({ target }, index) =>
    target === null ? [] : [`M${(x(index) - step / 2).toFixed(1)} ${y(target).toFixed(1)}h${step.toFixed(1)}`],
  );
  return (
    <figure className="chart linechart" aria-label={props.label}>
      <div className="chartbox">
        <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true" focusable="false">
          <path className="chartbase" d={`M${box.left} ${box.height - box.bottom}H${box.width - box.right}`} />
          <path className="charttarget" d={targets.join('')} />
          <path className="chartline" d={parts.join('')} />
          {points.map((point, index) =>
            point.value === null ? null : (
              <g key={point.key} className={`chartpoint ${point.tone}`}>
                <circle cx={x(index)} cy={y(point.value)} r={point.isOpen ? 6 : 4} />
              </g>
            ),
          )}
        </svg>
        <ol className="chartpoints">
          {points.map((point) => (
            <li key={point.key}>
              <button
                type="button"
                className="num"
                aria-current={point.isOpen ? 'true' : undefined}
                title={`${point.name} ${point.said}`}
                onClick={() => props.onOpen(point.key)}
              >
                {point.label}
                <span className="unseen"> {`${point.name} ${point.said}`}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
      <details className="charttable">
        <summary>{props.head.value}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{props.head.name}</th>
              <th scope="col">{props.head.value}</th>
              <th scope="col">{props.targetWord}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.key}>
                <th scope="row" className="num">
                  {point.name}
                </th>
                <td className="num">{point.said}</td>
                <td className="num">{point.targetSaid ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
