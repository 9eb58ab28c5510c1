// 这一户 beside a case: who lives there (masked, shown on demand and logged), warranties, their other cases.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { wallTimeOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { nowMs } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { partyRoutes } from '../../../parties/party.contract.ts';
import { relationWords } from '../../../parties/party.words.ts';
import { unitRoutes } from '../../../places/unit.contract.ts';
import { casePageWords as words } from '../../board.words.ts';
import { listCases } from '../../case.contract.ts';
import { type CaseLooks, lookOf, stateWordOf } from './caseFace.ts';
import { ShortTime } from './ShortTime.tsx';

const otherCasesShown = 8;

export function useHousehold(unitId: string | null) {
  const { id: communityId } = useCommunity();
  const may = useMay();
  return useQuery({
    queryKey: ['unit', communityId, unitId],
    queryFn: ({ signal }) => call(unitRoutes.readHousehold, { params: { communityId, id: unitId ?? '' }, signal }),
    enabled: unitId !== null && may('household.read'),
  });
}

export function HouseholdCard(props: {
  caseId: string;
  code: string;
  unitId: string;
  faces: CaseLooks;
  categoryWord: (category: string) => string;
}) {
  const community = useCommunity();
  const household = useHousehold(props.unitId);
  const others = useQuery({
    queryKey: ['case', community.id, 'of-unit', props.unitId],
    queryFn: ({ signal }) =>
      call(listCases, {
        params: { communityId: community.id },
        query: { unit: props.unitId, sort: 'newest', limit: otherCasesShown + 1 },
        signal,
      }),
  });
  const rows = (others.data?.items ?? []).filter((row) => row.id !== props.caseId).slice(0, otherCasesShown);
  const home = household.data;
  return (
    <Card
      title={words.household}
      note={
        home
          ? [home.label, ...(home.areaHundredthsM2 === null ? [] : [words.area(home.areaHundredthsM2)])].join(' · ')
          : undefined
      }
      flush
    >
      {home?.people.map((person) => (
        <div key={person.relationId} className="line personline">
          <span>
            {person.name} <span className="faint">{relationWords[person.relation]}</span>
          </span>
          {person.phone === null ? null : <PhoneOf partyId={person.partyId} phone={person.phone} code={props.code} />}
        </div>
      ))}
      {home?.warranties.map((one) => (
        <div key={one.id} className="line muted">
          {words.warranty} {words.warrantyUntil({ ...one, category: props.categoryWord(one.category) })}
        </div>
      ))}
      <div className="line faint">{rows.length === 0 ? words.noOtherCases : words.otherCases}</div>
      {rows.map((row) => {
        const path = (props.faces[row.kind] ?? lookOf(row.kind))?.pathOf(row.id);
        return (
          <div key={row.id} className="line otherline">
            <div className="row">
              {path === undefined ? (
                <b className="num">{row.code}</b>
              ) : (
                <Link className="num code" to={`/c/${community.code}/${path}`}>
                  {row.code}
                </Link>
              )}
              <span className="tag">{stateWordOf(props.faces, row.kind, row.state)}</span>
              <span className="grow" />
              <span className="faint">
                <ShortTime at={row.receivedAt} />
              </span>
            </div>
            <div className="clip muted" title={row.summary}>
              {row.summary}
            </div>
          </div>
        );
      })}
    </Card>
  );
}

/** A masked number that can be looked at: for a purpose, for a while, and logged (PR1). */
export function PhoneOf(props: { partyId: string; phone: string; code: string }) {
  const { id: communityId } = useCommunity();
  const may = useMay();
  const look = useMutation({
    mutationFn: () =>
      call(partyRoutes.revealPartyField, {
        params: { communityId, id: props.partyId },
        body: { field: 'phone', purpose: words.revealPurpose(props.code) },
      }),
  });
  const [isOver, setOver] = useState(false);
  const until = look.data?.until;
  useEffect(() => {
    if (until === undefined) return;
    setOver(false);
    const timer = setTimeout(() => setOver(true), Math.max(0, Date.parse(until) - nowMs()));
    return () => clearTimeout(timer);
  }, [until]);
  if (look.data && !isOver)
    return (
      <span className="row wrap">
        <b className="num">{look.data.value}</b>
        <a href={`tel:${look.data.value}`}>{words.dial}</a>
        <span className="faint">{words.revealedUntil(wallTimeOf(look.data.until).slice(0, 5))}</span>
      </span>
    );
  return (
    <span className="row wrap">
      <span className="num">{props.phone}</span>
      {may('household.reveal-phone') ? (
        <button type="button" className="linklike" disabled={look.isPending} onClick={() => look.mutate()}>
          {words.reveal}
        </button>
      ) : null}
      <Problem error={look.error} />
    </span>
  );
}
