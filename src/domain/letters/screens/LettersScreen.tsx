// The incoming documents register 公司收文登记簿 (CP8): found by what stands in the address, entered in a dialog.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { oneOfCodec, textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterSelect } from '../../../ui/FilterSelect.tsx';
import { follows } from '../../../ui/live.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { caseAddress, kindOfCode } from '../../cases/screens/parts/caseAddress.ts';
import { type DocumentRow, documentKinds, letterRoutes, replyStates } from '../letter.contract.ts';
import { documentKindWords, replyStateWords, letterPageWords as words } from '../letter.words.ts';
import { EnterDocument } from './parts/EnterDocument.tsx';
import './letters.css';

const codecs = {
  q: textCodec(),
  kind: oneOfCodec(['', ...documentKinds], ''),
  reply: oneOfCodec(['', 'none', ...replyStates], ''),
};

/** Places of the columns that give way on a phone: the day, the kind, the case. */
const wideOnly = [1, 4, 5];

export function LettersScreen() {
  const { id: communityId, code } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [address, setAddress] = useAddressState(codecs);
  const [isEntering, setEntering] = useState(false);
  const q = useSettled(address.q);
  const list = useInfiniteQuery({
    queryKey: ['letters', communityId, q, address.kind, address.reply],
    meta: follows('incoming-document', 'reply-letter'),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(letterRoutes.listDocuments, {
        params: { communityId },
        query: {
          ...(q === '' ? {} : { q }),
          ...(address.kind === '' ? {} : { kind: address.kind }),
          ...(address.reply === '' ? {} : { reply: address.reply }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = q !== '' || address.kind !== '' || address.reply !== '';
  return (
    <div className="stack">
      <PageHead title={words.title} note={words.register}>
        {may('letter.write') ? (
          <button type="button" className="btn primary" onClick={() => setEntering(true)}>
            {words.enter}
          </button>
        ) : null}
      </PageHead>
      <div className="row wrap field lettersfind">
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={address.q}
          onChange={(event) => setAddress({ q: event.target.value })}
        />
        <FilterSelect
          label={words.kind}
          value={address.kind}
          options={[['', words.allKinds], ...documentKinds.map((kind) => [kind, documentKindWords[kind]] as const)]}
          onChange={(kind) => setAddress({ kind })}
        />
        <FilterSelect
          label={words.replyState}
          value={address.reply}
          options={[
            ['', words.everyReply],
            ['none', words.noReply],
            ...replyStates.map((state) => [state, replyStateWords[state]] as const),
          ]}
          onChange={(reply) => setAddress({ reply })}
        />
      </div>
      <Problem error={list.error} />
      {list.data && items.length === 0 ? (
        isFiltered ? (
          <EmptyState
            title={words.empty}
            action={
              <button type="button" className="btn" onClick={() => setAddress({ q: '', kind: '', reply: '' })}>
                {uiWords.empty.clear}
              </button>
            }
          />
        ) : (
          <EmptyState title={words.none}>
            <p>{words.noneText}</p>
          </EmptyState>
        )
      ) : null}
      {items.length === 0 ? null : (
        <Card flush>
          <div className="tablebox">
            <table className="data letterstable">
              <thead>
                <tr>
                  {words.columns.map((name, index) => (
                    <th key={name} className={wideOnly.includes(index) ? 'wideonly' : undefined}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <Row key={one.id} one={one} community={code} />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      {list.hasNextPage ? (
        <button type="button" className="btn" onClick={() => void list.fetchNextPage()}>
          {words.more}
        </button>
      ) : null}
      <EnterDocument
        isOpen={isEntering}
        onClose={() => setEntering(false)}
        onEntered={async (id) => {
          setEntering(false);
          await client.invalidateQueries({ queryKey: ['letters', communityId] });
          await navigate({ to: `/c/${code}/letters/${id}` });
        }}
      />
    </div>
  );
}

function Row({ one, community }: { one: DocumentRow; community: string }) {
  return (
    <tr>
      <td className="num">
        <Link to={`/c/${community}/letters/${one.id}`}>{one.code}</Link>
      </td>
      <td className="num wideonly">{one.receivedOn}</td>
      <td className="anywhere">{one.sender}</td>
      <td className="anywhere">{one.subject}</td>
      <td className="wideonly">{documentKindWords[one.kind]}</td>
      <td className="num wideonly">
        <Link to={caseAddress(community, one.caseId, kindOfCode(one.caseCode))}>{one.caseCode}</Link>
      </td>
      <td>
        {one.reply === null ? (
          <span className="faint">{words.noReply}</span>
        ) : (
          <>
            <span className="tag">{replyStateWords[one.reply.state]}</span>{' '}
            <span className="num">{one.reply.code ?? ''}</span>
          </>
        )}
      </td>
    </tr>
  );
}
