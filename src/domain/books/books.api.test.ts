// The books for accounting over HTTP: hledger reads the journal and comes to the ledger's sums, voucher lines balance, and
// only finance takes them out of the house (MN8, MN21).
import ExcelJs from 'exceljs';
import { describe, expect, it, vi } from 'vitest';
import { inBooks, owe, pay, postingOf, unitsIn } from '../../../tests/books.ts';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { hasHledger, hledgerBalances, readJournal } from '../../../tests/journal.ts';
import { newId } from '../../kernel/id.ts';
import { reverseEntry } from '../ledger/ledger.service.ts';
import { sumAccounts } from '../ledger/ledger.store.ts';
import type { Books } from './books.contract.ts';
import { csvLine, journalText, spanOfMonth } from './books.rules.ts';

vi.setConfig({ testTimeout: 60_000 });
const house = useHouse({ startAt: '2026-11-23T02:00:00.000Z' });

async function filled() {
  const community = await house.community();
  const [cashier, finance] = await Promise.all([
    house.person('cashier', community, '收银'),
    house.person('finance', community, '财务'),
  ]);
  const units = await unitsIn(house, community, 3);
  const posting = () => postingOf(house, community, cashier.id);
  const [fee, parking] = [newId(), newId()];
  await inBooks(house, community, async (tx) => {
    const earlier = { ...posting(), now: '2026-10-09T02:00:00.000Z' };
    for (const unitId of units) {
      await owe(tx, earlier, { unitId, itemId: fee, amountFen: 25_060, month: '2026-10', dueOn: '2026-10-28' });
      await owe(tx, posting(), { unitId, itemId: fee, amountFen: 25_060 });
    }
    await owe(tx, posting(), { unitId: units[0] as string, itemId: parking, kind: 'parking', amountFen: 15_001 });
    await pay(tx, posting(), { unitId: units[0] as string, fen: 70_000 });
    const wrong = await pay(tx, posting(), { unitId: units[1] as string, fen: 30_000, method: 'card' });
    await reverseEntry(tx, posting(), wrong);
    await pay(tx, posting(), { unitId: units[2] as string, fen: 10_000, method: 'online' });
  });
  return { community, cashier, finance, units, fee, parking };
}
/** The body as it came, whatever its type. */
async function fetched(person: Person, path: string): Promise<{ status: number; bytes: Buffer; headers: Headers }> {
  const { name, value } = person.sessionCookie;
  const answer = await fetch(`${house.address}/api/v1${path}`, { headers: { cookie: `${name}=${value}` } });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
}
const pathOf = (community: Community, rest: string) => `${community.path}/books${rest}`;
describe('the journal', () => {
  it('comes to the sums of the ledger, month by month', async () => {
    const { community, finance } = await filled();
    const months = [];
    for (const month of ['2026-10', '2026-11']) {
      const answer = await fetched(finance, pathOf(community, `/journal?month=${month}`));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toContain('attachment');
      months.push(answer.bytes.toString('utf8'));
    }
    const sums = readJournal(months.join('\n'));
    const ledger = await inBooks(house, community, (tx) => sumAccounts(tx, community.id, '2026-11-30'));
    const of = (name: string) =>
      [...sums].filter(([one]) => one.startsWith(name)).reduce((sum, [, fen]) => sum + fen, 0);
    expect(of('资产:应收账款')).toBe(ledger.get('receivable'));
    expect(of('资产:库存现金')).toBe(ledger.get('cash'));
    expect(of('负债:预收账款')).toBe(ledger.get('prepaid'));
    expect(of('收入')).toBe(ledger.get('income'));
    expect(sums.get('收入:主营业务收入:停车费')).toBe(-15_001);
    expect([...sums.values()].reduce((sum, fen) => sum + fen, 0)).toBe(0);
    expect(months.join('')).not.toContain('收银');
  });

  // The program is not part of the project: where it is not installed, the reader above stands for it.
  it.runIf(hasHledger)('is read by hledger itself, strictly, to the same balances', async () => {
    const { community, finance } = await filled();
    const { bytes } = await fetched(finance, pathOf(community, '/journal?month=2026-11'));
    const text = bytes.toString('utf8');
    const own = [...readJournal(text)].filter(([, fen]) => fen !== 0);
    expect(hledgerBalances(text)).toEqual(new Map(own));
  });

  it('keeps names from breaking its lines', () => {
    const chart = { source: '', accounts: { receivable: { code: '', name: '', journal: '资产:应收' } } } as never;
    const line = {
      account: 'receivable',
      amountFen: -5,
      unit: '3-1;101\n',
      item: '车位  A; (南):=',
      itemId: null,
    } as const;
    const text = journalText(
      { id: 'i', on: '2026-11-23', kind: 'charge', reversesId: null, lines: [line] },
      { chart, title: 'a;b\nc' },
    );
    expect(text).toBe('2026-11-23 * (i) a b c  ; kind:charge\n    资产:应收:车位 A 南  -0.05 CNY  ; unit:3-1 101\n\n');
  });
});

describe('voucher lines', () => {
  it('balance voucher by voucher, the same in both files', async () => {
    const { community, finance } = await filled();
    const csv = (await fetched(finance, pathOf(community, '/vouchers?month=2026-11&format=csv'))).bytes.toString(
      'utf8',
    );
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    const [head = '', ...lines] = csv.slice(1).trimEnd().split('\r\n');
    expect(head.split(',').slice(0, 9)).toEqual([
      '凭证日期',
      '凭证字',
      '凭证号',
      '分录号',
      '摘要',
      '科目编码',
      '科目名称',
      '借方金额',
      '贷方金额',
    ]);
    const vouchers = new Map<string, number>();
    for (const line of lines) {
      const [, , voucher = '', , , , , debit = '', credit = ''] = line.split(',');
      const fen = Math.round((Number(debit) - Number(credit)) * 100);
      vouchers.set(voucher, (vouchers.get(voucher) ?? 0) + fen);
    }
    // Four charges, three payments, one reversal; numbered from one without a gap.
    expect([...vouchers]).toEqual(Array.from({ length: 8 }, (_, place) => [String(place + 1), 0]));

    const { bytes } = await fetched(finance, pathOf(community, '/vouchers?month=2026-11'));
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load(bytes as never);
    const sheet = workbook.worksheets[0];
    expect(sheet?.rowCount).toBe(lines.length + 1);
    const row = (sheet?.getRow(2).values ?? []) as unknown[];
    const cells = Array.from({ length: 9 }, (_, place) => row[place + 1] ?? '');
    const text = (lines[0] ?? '').split(',').slice(0, 9);
    expect(cells.map((cell, place) => (place > 6 && cell !== '' ? Number(cell).toFixed(2) : String(cell)))).toEqual(
      text,
    );
  });

  it.each([
    [['a', 1, 'b,c', 'd"e'], 'a,1,"b,c","d""e"\r\n'],
    [['=1+1', '', 'x\ny'], `'=1+1,,"x\ny"\r\n`],
  ] as [(string | number)[], string][])('writes %j as one line', (cells, text) => expect(csvLine(cells)).toBe(text));
});

describe('the month on the page', () => {
  it('balances, and adds up per item', async () => {
    const { community, finance, fee, parking } = await filled();
    const { status, body } = await finance.get(pathOf(community, '?month=2026-11'));
    expect(status, JSON.stringify(body)).toBe(200);
    const { accounts, items: perItem }: Books = body;
    for (const side of ['openingFen', 'closingFen'] as const)
      expect(accounts.reduce((sum, one) => sum + one[side], 0)).toBe(0);
    expect(accounts.find((one) => one.account === 'receivable')).toMatchObject({
      code: '1122',
      openingFen: 75_180,
    });
    const codes = accounts.map((one) => one.code);
    expect(codes).toEqual(codes.toSorted());
    const items = new Map(perItem.map((one) => [one.itemId, one]));
    // 70,000 settle 25,060 + 25,060 + 15,001 and leave 4,879 ahead; 10,000 settle in part.
    expect(items.get(fee)).toMatchObject({ chargedFen: 75_180, settledFen: 60_120, waivedFen: 0, openFen: 90_240 });
    expect(items.get(parking)).toMatchObject({ chargedFen: 15_001, settledFen: 15_001, openFen: 0 });
    expect(body.entries).toBe(8);
    const wrong = await finance.get(pathOf(community, '?month=2026-13'));
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'month']);
  });

  it('is for finance alone, of its own community, and every export is on record', async () => {
    const { community, cashier, finance } = await filled();
    const others = await Promise.all(
      (['front_desk', 'manager', 'general_manager'] as const).map((role) => house.person(role, community)),
    );
    for (const person of [cashier, ...others])
      for (const rest of ['', '/journal?month=2026-11', '/vouchers?month=2026-11'])
        expect((await fetched(person, pathOf(community, rest))).status).toBe(403);
    const neighbour = await filled();
    expect((await fetched(neighbour.finance, pathOf(community, '/journal?month=2026-11'))).status).toBe(404);
    await fetched(finance, pathOf(community, '/journal?month=2026-11'));
    const rows = await house.asOwner(
      `select changed from audit_log where community_id = '${community.id}' and action = 'ledger.export'`,
    );
    expect(rows).toEqual([{ changed: { month: [null, '2026-11'], format: [null, 'journal'] } }]);
  });

  it.each([
    ['2026-11', '2026-11-01', '2026-12-01'],
    ['2026-12', '2026-12-01', '2027-01-01'],
  ])('%s begins and ends', (month, from, before) => expect(spanOfMonth(month)).toEqual({ from, before }));
});
