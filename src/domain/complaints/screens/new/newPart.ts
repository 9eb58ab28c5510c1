// What each part of the registration is handed.
import type { ComplaintDraft } from '../parts/complaintDraft.ts';
import type { NewFaults } from './complaintFaults.ts';

export type NewPart = {
  draft: ComplaintDraft;
  faults: NewFaults;
  change: (changes: Partial<ComplaintDraft>) => void;
  onSave: () => void;
  isSaving: boolean;
};
