// Emergencies that a complaint is about, beside that complaint.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import type { BesideCard } from '../../../cases/screens/parts/knownCards.ts';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import { severityTag } from '../../../complaints/screens/parts/complaintLook.ts';
import { emergencyCategoryWords } from '../../../standards/standard.words.ts';
import { emergencyRoutes } from '../../emergency.contract.ts';
import { emergencyStateWords } from '../../emergency.words.ts';
import { emergencyPageWords as words } from '../../emergency-page.words.ts';

export const EmergenciesOf: BesideCard = ({ communityId, caseId, kind }) => {
  const community = useCommunity();
  const found = useQuery({
    queryKey: ['emergency', communityId, 'of', caseId],
    queryFn: ({ signal }) => call(emergencyRoutes.listEmergenciesOf, { params: { communityId, id: caseId }, signal }),
    enabled: kind === 'complaint',
  });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={words.besideTitle} flush>
      <ul>
        {items.map((one) => (
          <li key={one.id} className="line row wrap">
            <Link className="code num" to={caseAddress(community.code, one.id, 'emergency')}>
              {one.code}
            </Link>
            <span>{emergencyCategoryWords[one.category]}</span>
            <span className={severityTag(one.severity)}>{severityWords[one.severity]}</span>
            <span className="tag">{emergencyStateWords[one.state]}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
};
