// The board's filter by where old cases 旧事项 came from and what they were called there; absent where there are none.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { caseSourceWords, boardWords as words } from '../board.words.ts';
import { type CaseSource, caseSources, listOrigins } from '../case.contract.ts';

export function OriginChoice(props: { value: string; onChange: (origin: string) => void }) {
  const { id: communityId } = useCommunity();
  const origins = useQuery({
    queryKey: ['case', communityId, 'origins'],
    queryFn: ({ signal }) => call(listOrigins, { params: { communityId }, signal }),
    staleTime: 300_000,
  });
  const known = origins.data?.items ?? [];
  const named = props.value.split(':')[0] as CaseSource;
  // What an address names stays to be seen and taken away, also where nothing came from there.
  const shown = caseSources.filter((source) => source === named || known.some((one) => one.source === source));
  if (shown.length === 0) return null;
  const kindsOf = (source: CaseSource): string[] => [
    ...new Set([
      ...known.flatMap((one) => (one.source === source && one.kind !== null ? [one.kind] : [])),
      ...(named === source && props.value.includes(':') ? [props.value.slice(source.length + 1)] : []),
    ]),
  ];
  return (
    <select aria-label={words.origin} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
      <option value="">{words.anyOrigin}</option>
      {shown.map((source) => (
        <optgroup key={source} label={caseSourceWords[source]}>
          <option value={source}>{caseSourceWords[source]}</option>
          {kindsOf(source).map((kind) => (
            <option key={kind} value={`${source}:${kind}`}>
              {words.originKind(kind)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
