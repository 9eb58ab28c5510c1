// The page of one enquiry 咨询 or suggestion 建议.
import { useParams } from '@tanstack/react-router';
import { EnquiryCase } from './parts/EnquiryCase.tsx';

export function EnquiryScreen() {
  const { enquiryId } = useParams({ strict: false }) as { enquiryId?: string };
  return <EnquiryCase key={enquiryId} id={enquiryId ?? ''} />;
}
