// Omnibox 总搜索: one box finds household, person, case and page; nothing that was searched for is kept anywhere.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { call } from '../../../ui/call.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import type { CaseKind } from '../../cases/case.contract.ts';
import { caseKindWords } from '../../cases/case.words.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { useRested } from '../../places/screens/parts/unitSearch.ts';
import { type SearchAnswer, unitRoutes } from '../../places/unit.contract.ts';
import { stateWord, searchWords as words } from '../workbench.words.ts';
import './omnibox.css';

type Hit = {
  id: string;
  group: keyof SearchAnswer;
  title: string;
  note: string;
  by: string | null;
  to: string;
  /** Where a repair for this household begins. */
  startTo: string | null;
};

/** Search names pages its own way; those that have a page here. */
const pageAddresses: Record<string, string> = {
  workbench: 'desk',
  cases: 'board',
  repairs: 'board?kind=repair',
  clocks: 'board?overdue=true',
  contacts: 'contacts',
  households: 'households',
  imports: 'imports',
  staff: 'staff',
  roster: 'roster',
  holidays: 'settings/holidays',
  standard: 'standard',
};

function hitsOf(answer: SearchAnswer, code: string, mayStart: boolean): Hit[] {
  const household = (unitId: string) => `/c/${code}/households/${unitId}`;
  const start = (unitId: string) => (mayStart ? `/c/${code}/contacts/new?unit=${unitId}` : null);
  return [
    ...answer.households.map((one) => ({
      id: `h${one.id}`,
      group: 'households' as const,
      title: one.label,
      note: one.people.map((person) => person.name).join('、'),
      by: one.matchedBy === null ? null : words.matchedBy(one.matchedBy),
      to: household(one.id),
      startTo: start(one.id),
    })),
    ...answer.persons.flatMap((one) => {
      const unit = one.units[0];
      if (unit === undefined) return [];
      return [
        {
          id: `p${one.id}`,
          group: 'persons' as const,
          title: one.name,
          note: [one.units.map((each) => each.label).join('、'), one.phone].filter((part) => part).join(' · '),
          by: one.matchedBy === null ? null : words.matchedBy(one.matchedBy),
          to: household(unit.unitId),
          startTo: start(unit.unitId),
        },
      ];
    }),
    ...answer.cases.map((one) => ({
      id: `c${one.id}`,
      group: 'cases' as const,
      title: one.code,
      note: [
        (caseKindWords as Record<string, string>)[one.kind] ?? one.kind,
        stateWord(one.kind, one.state),
        one.unit,
        one.summary,
      ]
        .filter((part) => part)
        .join(' · '),
      by: words.matchedBy(one.matchedBy),
      to: caseAddress(code, one.id, one.kind as CaseKind),
      startTo: null,
    })),
    ...answer.receipts.map((one) => ({
      id: `r${one.id}`,
      group: 'receipts' as const,
      title: one.code,
      note: [one.unit, words.yuan(one.amountFen), words.receiptState(one.state)].filter((part) => part).join(' · '),
      by: words.matchedBy('code'),
      to: `/c/${code}/receipts/${one.id}/print`,
      startTo: null,
    })),
    ...answer.pages.flatMap((one) => {
      const address = pageAddresses[one.page];
      if (address === undefined) return [];
      return [
        {
          id: `g${one.page}`,
          group: 'pages' as const,
          title: one.title,
          note: '',
          by: null,
          to: `/c/${code}/${address}`,
          startTo: null,
        },
      ];
    }),
  ];
}

export function Omnibox() {
  const community = useCommunity();
  const mayStart = useMay()('contact.write');
  const navigate = useNavigate();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const query = useRested(text.trim());
  const found = useQuery({
    queryKey: ['unit', community.id, 'everything', query],
    queryFn: ({ signal }) =>
      call(unitRoutes.search, { params: { communityId: community.id }, query: { q: query, limit: 6 }, signal }),
    enabled: isOpen && query !== '',
    placeholderData: keepPreviousData,
    // What was looked for is forgotten soon after.
    gcTime: 30_000,
  });
  const hits = query === '' || found.data === undefined ? [] : hitsOf(found.data, community.code, mayStart);
  const at = Math.min(chosen, Math.max(0, hits.length - 1));

  const focus = () => {
    box.current?.focus();
    box.current?.select();
  };
  useKeys({ '/': focus, 'ctrl+k': focus });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its first answer
  useEffect(() => setChosen(0), [query]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const close = () => {
    setOpen(false);
    setText('');
    box.current?.blur();
  };
  const go = (to: string) => {
    close();
    void navigate({ to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const hit = hits[at];
    // The answer on screen may still be that of the letter before: Enter waits for the right one.
    const isRight = query === text.trim() && !found.isPlaceholderData;
    if (event.key === 'ArrowDown') setChosen(Math.min(hits.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, at - 1));
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && hit && isRight) go(event.shiftKey && hit.startTo ? hit.startTo : hit.to);
    else return;
    event.preventDefault();
  };

  const isShown = isOpen && text.trim() !== '';
  const isWaiting = found.isFetching && (found.data === undefined || found.isPlaceholderData);
  return (
    <div className="omnihold">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the field stands inside */}
      <label className="omnibox">
        <Sign name="find" />
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-label={words.box}
          aria-expanded={isShown}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={isShown && hits[at] ? `${id}${hits[at].id}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={words.placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <kbd>/</kbd>
      </label>
      {isShown ? (
        <div className="omnilist" ref={list}>
          <Problem error={found.error} />
          {/* biome-ignore lint/a11y/useSemanticElements: a list to choose from while one types */}
          <div id={id} role="listbox" aria-label={words.box} aria-busy={isWaiting} tabIndex={-1}>
            {hits.map((hit, index) => (
              <div key={hit.id}>
                {hits[index - 1]?.group === hit.group ? null : (
                  <div className="omnigroup" aria-hidden="true">
                    {words.groups[hit.group]}
                  </div>
                )}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, which keeps the focus */}
                <div
                  id={`${id}${hit.id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className="omnihit"
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => index !== at && setChosen(index)}
                  onClick={() => go(hit.to)}
                >
                  <b className="num">{hit.title}</b>
                  <span className="grow cut muted">{hit.note}</span>
                  {hit.by === null ? null : <span className="tag">{hit.by}</span>}
                  {hit.startTo === null ? null : (
                    <button
                      type="button"
                      tabIndex={-1}
                      className="btn quiet"
                      onClick={(event) => {
                        event.stopPropagation();
                        if (hit.startTo) go(hit.startTo);
                      }}
                    >
                      {words.start}
                      {index === at ? <kbd>{words.startKey}</kbd> : null}
                    </button>
                  )}
                </div>
              </div>
            ))}
          </div>
          {hits.length === 0 ? (
            <p className="omninote" role="status">
              {isWaiting || query !== text.trim() ? words.searching : words.nothing(query)}
            </p>
          ) : null}
          <p className="omninote faint">{hits.length === 0 ? words.hint : words.keys}</p>
        </div>
      ) : null}
    </div>
  );
}
