// While a repair is taken: is it under warranty, until when, whose, and which part it is where the register knows several.
import { Problem } from '../../../../ui/Problem.tsx';
import type { Warranty } from '../../warranty.contract.ts';
import { verdictInWords, warrantyPageWords } from '../../warranty.words.ts';
import { useWarranty } from './register.ts';

const words = warrantyPageWords.card;

export function WarrantyVerdict({ warranty, isMajor }: { warranty: Warranty; isMajor?: boolean }) {
  const isUnder = warranty.isUnder || isMajor === true;
  const [head = '', ...rest] = verdictInWords(warranty, isMajor).split('：');
  return (
    <>
      <span className={isUnder ? 'tag accent' : 'tag'}>{head}</span> <span className="anywhere">{rest.join('：')}</span>
    </>
  );
}

export function WarrantyField(props: {
  communityId: string;
  unitId: string | null;
  place: string | null;
  category: string | null;
  part: string;
  isMajor: boolean;
  onPart: (part: string) => void;
}) {
  const { data, error } = useWarranty(props);
  if (error) return <Problem error={error} />;
  if (!data) return null;
  return (
    <div className="field">
      <span className="label">{words.title}</span>
      <span role="status">
        <WarrantyVerdict warranty={data} isMajor={props.isMajor} />
      </span>
      {data.parts.length === 0 ? null : (
        <div className="row wrap chips" role="radiogroup" aria-label={words.part}>
          {['', ...data.parts].map((part) => (
            <label key={part} className="chip">
              <input
                type="radio"
                name="part"
                value={part}
                checked={props.part === part}
                onChange={() => props.onPart(part)}
              />
              {part === '' ? words.partUnknown : part}
            </label>
          ))}
        </div>
      )}
    </div>
  );
}
