// The forms of a complaint on A4: 客户投诉/建议处理表 with all that was done, 客户投诉受理单 for the department that signs for it.
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { complaintPaperWords as words } from '../complaint-paper.words.ts';
import { HandlingForm } from './paper/HandlingForm.tsx';
import { IntakeForm } from './paper/IntakeForm.tsx';
import { paperComplaintOf } from './paper/paperComplaint.ts';
import { useComplaint } from './parts/ComplaintCase.tsx';
import { useStandard } from './parts/useStandard.ts';
import '../../../ui/paper.css';
import '../../cases/screens/parts/case.css';
import './paper/complaintPaper.css';

const forms = ['intake', 'handling'] as const;
type Form = (typeof forms)[number];

export function ComplaintPrintScreen() {
  const { complaintId } = useParams({ strict: false }) as { complaintId?: string };
  const id = complaintId ?? '';
  const community = useCommunity();
  const complaint = useComplaint(id);
  const policy = useStandard(community.id)?.complaint;
  const [chosen, setChosen] = useState<Form | null>(null);
  if (complaint.error) return <Problem error={complaint.error} retry={() => void complaint.refetch()} />;
  if (!complaint.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  // Before the department has it, its form is what one needs; afterwards the whole.
  const form = chosen ?? (['recorded', 'classified', 'sent'].includes(complaint.data.state) ? 'intake' : 'handling');
  const paper = paperComplaintOf(complaint.data, policy);
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/complaints/${id}`}>
          {words.back}
        </Link>
        <fieldset className="choices inline" aria-label={words.which}>
          {forms.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="form" checked={form === one} onChange={() => setChosen(one)} />
              {words.forms[one]}
            </label>
          ))}
        </fieldset>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      {form === 'intake' ? (
        <IntakeForm paper={paper} communityName={community.name} />
      ) : (
        <HandlingForm paper={paper} communityName={community.name} />
      )}
    </div>
  );
}
