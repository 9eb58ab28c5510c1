// Counting money: pieces of each note and coin, the sums of slips, and what the books say beside them.
import { readYuan, yuanOfFen } from '../../../../kernel/money.ts';
import type { Method } from '../../../ledger/ledger.contract.ts';
import { methodWords } from '../../../ledger/ledger.words.ts';
import { differenceInWords, faceInWords, dailyClosePageWords as words } from '../../daily-close-page.words.ts';

/** As typed, so that nothing is lost by reading it. */
export type Typed = {
  pieces: Readonly<Record<number, string>>;
  slips: Readonly<Record<string, { yuan: string; pieces: string }>>;
  reasons: Readonly<Record<string, string>>;
};
export const nothingTyped: Typed = { pieces: {}, slips: {}, reasons: {} };

const piecesOf = (text: string | undefined): number => (/^\d{1,7}$/.test((text ?? '').trim()) ? Number(text) : 0);
/** Slips may come to less than nothing, where more was given back than taken. */
function fenOf(text: string | undefined): number {
  const [, sign, yuan] = /^\s*([-－]?)(.*)$/.exec(text ?? '') ?? [];
  const { fen } = readYuan(yuan ?? '');
  return fen === null ? 0 : sign === '' ? fen : -fen;
}

export type BookFen = readonly { method: Method; fen: number }[];
/** Ways of paying that the books or the slips know of; cash always. */
export const methodsOf = (books: BookFen): Method[] => [
  'cash',
  ...books.map(({ method }) => method).filter((method) => method !== 'cash'),
];

export function countedFen(typed: Typed, method: Method): number {
  if (method !== 'cash') return fenOf(typed.slips[method]?.yuan);
  return Object.entries(typed.pieces).reduce((sum, [face, text]) => sum + Number(face) * piecesOf(text), 0);
}

/** What is sent: the typed as the contract wants it. */
export function countBody(typed: Typed, books: BookFen) {
  return {
    cash: Object.entries(typed.pieces)
      .map(([face, text]) => ({ faceFen: Number(face), pieces: piecesOf(text) }))
      .filter(({ pieces }) => pieces > 0),
    slips: methodsOf(books)
      .filter((method) => method !== 'cash' && countedFen(typed, method) !== 0)
      .map((method) => ({
        method,
        amountFen: countedFen(typed, method),
        pieces: piecesOf(typed.slips[method]?.pieces),
      })),
    differences: Object.entries(typed.reasons)
      .filter(([, reason]) => reason.trim() !== '')
      .map(([method, reason]) => ({ method: method as Method, reason: reason.trim() })),
  };
}

export function MoneyCount(props: {
  faces: readonly number[];
  books: BookFen;
  typed: Typed;
  onTyped: (typed: Typed) => void;
  fault: (path: string) => string | undefined;
  /** A surprise count asks no reasons. */
  isReasonAsked: boolean;
}) {
  const { faces, books, typed, onTyped, fault } = props;
  const bookOf = (method: Method) => books.find((one) => one.method === method)?.fen ?? 0;
  const setPieces = (face: number, text: string) => onTyped({ ...typed, pieces: { ...typed.pieces, [face]: text } });
  const setSlip = (method: Method, part: 'yuan' | 'pieces', text: string) => {
    const before = typed.slips[method] ?? { yuan: '', pieces: '' };
    onTyped({ ...typed, slips: { ...typed.slips, [method]: { ...before, [part]: text } } });
  };
  return (
    <div className="moneycount">
      <table className="data facetable">
        <thead>
          <tr>
            <th>{words.face}</th>
            <th>{words.pieces}</th>
            <th className="right">{words.sum}</th>
          </tr>
        </thead>
        <tbody>
          {faces.map((face) => (
            <tr key={face}>
              <td>{faceInWords(face)}</td>
              <td className="field">
                <input
                  inputMode="numeric"
                  aria-label={words.piecesOf(faceInWords(face))}
                  value={typed.pieces[face] ?? ''}
                  onChange={(event) => setPieces(face, event.target.value)}
                />
              </td>
              <td className="num right">{yuanOfFen(face * piecesOf(typed.pieces[face]))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="stack methodcounts">
        {methodsOf(books).map((method) => {
          const difference = countedFen(typed, method) - bookOf(method);
          const name = methodWords[method];
          return (
            <div key={method} className="methodcount">
              <div className="row wrap">
                <b>{name}</b>
                <span className="num">
                  {words.books} {yuanOfFen(bookOf(method))}
                </span>
                <span className="num">
                  {words.countedOf} {yuanOfFen(countedFen(typed, method))}
                </span>
                <span className={difference === 0 ? 'tag good' : 'tag alarm'}>{differenceInWords(difference)}</span>
              </div>
              {method === 'cash' ? null : (
                <div className="slipinputs">
                  <div className="field">
                    <input
                      inputMode="decimal"
                      aria-label={words.slipOf(name)}
                      placeholder={words.slipOf(name)}
                      value={typed.slips[method]?.yuan ?? ''}
                      onChange={(event) => setSlip(method, 'yuan', event.target.value)}
                    />
                  </div>
                  <div className="field">
                    <input
                      inputMode="numeric"
                      aria-label={words.slipPieces(name)}
                      placeholder={words.slipPieces(name)}
                      value={typed.slips[method]?.pieces ?? ''}
                      onChange={(event) => setSlip(method, 'pieces', event.target.value)}
                    />
                  </div>
                </div>
              )}
              {difference === 0 || !props.isReasonAsked ? null : (
                <div className="field">
                  <input
                    aria-label={words.reasonOf(name)}
                    placeholder={words.reasonOf(name)}
                    maxLength={200}
                    value={typed.reasons[method] ?? ''}
                    onChange={(event) =>
                      onTyped({ ...typed, reasons: { ...typed.reasons, [method]: event.target.value } })
                    }
                  />
                  {fault(`differences.${method}`) ? (
                    <span className="fault">{fault(`differences.${method}`)}</span>
                  ) : null}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
