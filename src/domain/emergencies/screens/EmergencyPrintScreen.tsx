// The record of an emergency on paper 突发事件处理记录表 (MG8, MG16), A4: as it was recorded, or blank to be filled by hand.
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { useStandard } from '../../complaints/screens/parts/MoveFields.tsx';
import { emergencyPaperWords as words } from '../emergency-page.words.ts';
import { RecordForm } from './paper/RecordForm.tsx';
import { useEmergency } from './parts/EmergencyCase.tsx';
import '../../../ui/paper.css';
import './paper/emergencyPaper.css';

export function EmergencyPrintScreen() {
  const { emergencyId } = useParams({ strict: false }) as { emergencyId?: string };
  const id = emergencyId ?? '';
  const community = useCommunity();
  const emergency = useEmergency(id);
  const years = useStandard(community.id)?.emergency.keptYears.value;
  const [isBlank, setBlank] = useState(false);
  if (emergency.error) return <Problem error={emergency.error} retry={() => void emergency.refetch()} />;
  if (!emergency.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/emergencies/${id}`}>
          {words.back}
        </Link>
        <fieldset className="choices inline" aria-label={words.which}>
          {[false, true].map((blank) => (
            <label key={String(blank)} className="choice">
              <input type="radio" name="form" checked={isBlank === blank} onChange={() => setBlank(blank)} />
              {blank ? words.blank : words.filled}
            </label>
          ))}
        </fieldset>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <RecordForm emergency={isBlank ? null : emergency.data} communityName={community.name} years={years ?? null} />
    </div>
  );
}
