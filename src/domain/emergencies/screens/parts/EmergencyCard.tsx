// The card of a category 处置卡 (MG8): whom to call first, then what to do, step by step.
import type { EmergencyCard as CardFacts } from '../../../standards/standard.contract.ts';
import { emergencyNewWords as words } from '../../emergency-page.words.ts';

export function EmergencyCard({ card }: { card: CardFacts }) {
  return (
    <div className="emergencycard">
      {card.phones.length === 0 ? null : (
        <div className="row wrap callnow">
          <b>{words.callNow}</b>
          {card.phones.map((one) => (
            <a
              key={one.number}
              className="btn callout"
              href={`tel:${one.number}`}
              aria-label={words.call(one.name, one.number)}
            >
              {one.name} <b className="num">{one.number}</b>
            </a>
          ))}
        </div>
      )}
      <ol className="cardsteps" aria-label={words.doNow}>
        {card.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
