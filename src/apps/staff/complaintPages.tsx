// Registering a complaint with what the desk's own book has to know of it: the book lives in another slice.
import { useMay } from '../../domain/access/screens/parts/session.ts';
import { ComplaintNewScreen } from '../../domain/complaints/screens/ComplaintNewScreen.tsx';
import { ComplaintLineNote, useComplaintLine } from '../../domain/contacts/screens/parts/ComplaintLine.tsx';

export function NewComplaintPage() {
  const keepsLedger = useMay()('contact.write');
  const line = useComplaintLine();
  return (
    <ComplaintNewScreen
      {...(keepsLedger ? { onFirstSave: line.write, below: <ComplaintLineNote line={line} /> } : {})}
    />
  );
}
