// Beside an old matter: where it came from, as it was called there. Nothing beside any other case.
import { useQuery } from '@tanstack/react-query';
import { Card, Facts } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { originRoutes } from '../../origin.contract.ts';
import { originWords as words } from '../../origin.words.ts';

export function OriginCard(props: { communityId: string; caseId: string }) {
  const { communityId, caseId } = props;
  const answer = useQuery({
    queryKey: ['case-origin', communityId, caseId],
    queryFn: ({ signal }) => call(originRoutes.readOrigin, { params: { communityId, id: caseId }, signal }),
    // It was so then and stays so.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const origin = answer.data?.origin;
  if (!origin) return null;
  const facts: [string, string | null][] = [
    [words.names.source, words.source[origin.source]],
    [words.names.number, origin.number],
    [words.names.kind, origin.kind],
    [words.names.channel, origin.channel],
    [words.names.named, origin.anonymous === null ? null : origin.anonymous ? words.anonymous : words.named],
    [words.names.transfers, origin.transfers === null ? null : words.transfers(origin.transfers)],
  ];
  return (
    <Card title={words.title}>
      <Facts items={facts.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))} />
    </Card>
  );
}
