// Groups as bars, longest first, each a button that opens its rows: how much of each counts, and, where asked, the share
// that they come to together from the first on (Pareto). Words and numbers stand in the bar's own line, so that it needs
// no second telling.
import './charts.css';

export type Bar = {
  key: string;
  name: string;
  /** Length of the whole bar, and of the part that counts. */
  all: number;
  counted: number;
  /** `12 ÷ 15 件 · 80%` */
  said: string;
  tone: 'met' | 'late' | 'plain';
};

/** What the bars come to from the first on, each as a share of all. */
export function cumulated(bars: readonly Pick<Bar, 'all'>[]): number[] {
  const total = bars.reduce((sum, bar) => sum + bar.all, 0);
  let sum = 0;
  return bars.map((bar) => {
    sum += bar.all;
    return total === 0 ? 0 : sum / total;
  });
}

export function BarList(props: {
  label: string;
  bars: readonly Bar[];
  openKey: string;
  onOpen: (key: string) => void;
  /** Pareto: in words what the bars so far come to. */
  soFar?: (share: number) => string;
}) {
  const longest = Math.max(...props.bars.map((bar) => bar.all), 1);
  const shares = cumulated(props.bars);
  return (
    <ul className="chart bars" aria-label={props.label}>
      {props.bars.map((bar, index) => (
        <li key={bar.key}>
          <button type="button" aria-pressed={bar.key === props.openKey} onClick={() => props.onOpen(bar.key)}>
            <span className="barname">{bar.name}</span>
            <svg className={`bar ${bar.tone}`} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className="barall" width={(bar.all / longest) * 100} height="10" />
              <rect className="barcounted" width={(Math.min(bar.counted, bar.all) / longest) * 100} height="10" />
              {props.soFar ? (
                <rect className="barsum" x={Math.min((shares[index] ?? 0) * 100, 99.4)} width="0.6" height="10" />
              ) : null}
            </svg>
            <span className="barsaid num">
              {bar.said}
              {props.soFar ? <span className="faint"> {props.soFar(shares[index] ?? 0)}</span> : null}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
