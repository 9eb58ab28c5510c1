// A receipt 收据 on paper (MN6): three A5 copies, or one print on three-part paper of 241 × 140 mm; from the second print on
// it says 副本, and a voided one says so too. The choice stays with the device: its printer doesn't change.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { newId } from '../../../kernel/id.ts';
import { call } from '../../../ui/call.ts';
import { deviceStore } from '../../../ui/device.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { receiptRoutes } from '../receipt.contract.ts';
import { booksPageWords, receiptPaperWords as words } from '../receipt-page.words.ts';
import { ReceiptPaper, type Way, ways } from './paper/ReceiptPaper.tsx';
import '../../../ui/paper.css';
import './receipt.css';

const wayMark = 'guanjia:receipt-paper';

export function ReceiptPrintScreen() {
  const { receiptId } = useParams({ strict: false }) as { receiptId?: string };
  const { now } = useSearch({ strict: false }) as { now?: string | number };
  const id = receiptId ?? '';
  const { id: communityId, code } = useCommunity();
  const client = useQueryClient();
  const queryKey = ['receipt', communityId, id];
  const receipt = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(receiptRoutes.getReceipt, { params: { communityId, id }, signal }),
  });
  const [way, setWay] = useState<Way>(() => ways.find((one) => one === deviceStore.getItem(wayMark)) ?? 'laser');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const hasBegun = useRef(false);
  const choose = (next: Way) => {
    setWay(next);
    deviceStore.setItem(wayMark, next);
  };
  const print = async () => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      // Counted before it leaves the printer: a second print says that it is a copy.
      const counted = await call(receiptRoutes.printReceipt, { params: { communityId, id }, key: newId() });
      flushSync(() => client.setQueryData(queryKey, counted));
      window.print();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const isLoaded = receipt.data !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once, as the page opens
  useEffect(() => {
    if (!isLoaded || String(now ?? '') !== '1' || hasBegun.current) return;
    hasBegun.current = true;
    void print();
  }, [isLoaded, now]);
  const backTo = `/c/${code}/counter`;
  const back = useRef<HTMLAnchorElement>(null);
  useKeys({ escape: () => back.current?.click(), enter: () => void print() });
  if (receipt.error) return <Problem error={receipt.error} retry={() => void receipt.refetch()} />;
  if (!receipt.data) return <div className="busyline" role="status" aria-label={booksPageWords.loading} />;
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link ref={back} className="btn" to={backTo}>
          {words.back} <kbd>Esc</kbd>
        </Link>
        <fieldset className="choices inline" aria-label={words.how}>
          {ways.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="way" checked={way === one} onChange={() => choose(one)} />
              {words.ways[one]}
            </label>
          ))}
        </fieldset>
        <span className="grow" />
        <button type="button" className="btn primary" aria-busy={isBusy} onClick={() => void print()}>
          {isBusy ? words.printing : words.print} <kbd>Enter</kbd>
        </button>
        <Problem error={error} />
      </div>
      <ReceiptPaper receipt={receipt.data} way={way} />
    </div>
  );
}
