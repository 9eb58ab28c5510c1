// The board 事项 with the kinds of case that the staff app knows.
import { BoardScreen } from '../../domain/cases/screens/BoardScreen.tsx';
import { complaintFace } from '../../domain/complaints/screens/parts/complaintFace.ts';
import { emergencyFace } from '../../domain/emergencies/screens/parts/emergencyFace.ts';
import { enquiryFace, suggestionFace } from '../../domain/enquiries/screens/parts/enquiryFace.ts';
import { repairFace } from '../../domain/repairs/screens/parts/repairFace.ts';

const faces = {
  repair: repairFace,
  complaint: complaintFace,
  emergency: emergencyFace,
  enquiry: enquiryFace,
  suggestion: suggestionFace,
};

export function BoardPage() {
  return <BoardScreen faces={faces} />;
}
