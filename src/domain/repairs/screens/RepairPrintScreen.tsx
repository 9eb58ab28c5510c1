// The work order 派工单 on paper (RP2, RP16): three labelled A5 copies, one print on three-part paper, or a form for the
// radio without name, room and phone (PR4). The choice stays with the device: its printer doesn't change.
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { deviceStore } from '../../../ui/device.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { repairCategoryWords, repairWords } from '../repair.words.ts';
import { repairPageWords } from '../repair-page.words.ts';
import { laidOut, paperForms } from '../repair-paper.rules.ts';
import { paperWords as words } from '../repair-paper.words.ts';
import { ImpactOrder } from './paper/ImpactOrder.tsx';
import { LaserOrder } from './paper/LaserOrder.tsx';
import { paperOrderOf } from './paper/paperOrder.ts';
import { RadioForm } from './paper/RadioForm.tsx';
import { useRepair, useStandard } from './parts/RepairCase.tsx';
import '../../../ui/paper.css';

const ways = ['laser', 'impact', 'radio'] as const;
type Way = (typeof ways)[number];

const printedMark = (id: string) => `guanjia:printed:${id}`;

export function RepairPrintScreen() {
  const { repairId } = useParams({ strict: false }) as { repairId?: string };
  const id = repairId ?? '';
  const community = useCommunity();
  const repair = useRepair(id);
  const standard = useStandard();
  const [way, setWay] = useState<Way>(
    () => ways.find((one) => one === deviceStore.getItem('guanjia:paper')) ?? 'laser',
  );
  const [isAgain, setAgain] = useState(() => deviceStore.getItem(printedMark(id)) !== null);
  if (repair.error) return <Problem error={repair.error} retry={() => void repair.refetch()} />;
  if (!repair.data) return <div className="busyline" role="status" aria-label={repairPageWords.loading} />;
  const document = standard.data?.document.repair;
  const categoryWord =
    document?.categories.find((one) => one.code === repair.data.category)?.name ??
    (repairCategoryWords as Readonly<Record<string, string>>)[repair.data.category] ??
    repair.data.category;
  const copies = document?.orderCopies.value ?? (['stub', 'repair', 'customer'] as const);
  const choose = (next: Way) => {
    setWay(next);
    deviceStore.setItem('guanjia:paper', next);
  };
  const print = () => {
    window.print();
    deviceStore.setItem(printedMark(id), '1');
    setAgain(true);
  };
  const order = paperOrderOf(repair.data);
  const paper = { repair: repair.data, communityName: community.name, categoryWord, isAgain };
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/repairs/${id}`}>
          {words.back}
        </Link>
        <fieldset className="choices inline" aria-label={words.howPrint}>
          {ways.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="way" checked={way === one} onChange={() => choose(one)} />
              {words[one]}
            </label>
          ))}
        </fieldset>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={print}>
          {words.print}
        </button>
      </div>
      {way === 'radio' ? (
        <RadioForm repair={repair.data} categoryWord={categoryWord} />
      ) : way === 'impact' ? (
        <ImpactOrder {...paper} laid={laidOut(order, paperForms.impact)} />
      ) : (
        copies.map((copy) => (
          <LaserOrder
            key={copy}
            {...paper}
            laid={laidOut(order, paperForms.a5)}
            copy={words.copyOf(repairWords.copies[copy])}
          />
        ))
      )}
    </div>
  );
}
