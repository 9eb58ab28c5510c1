// WCAG 2.2 AA by axe-core on every main page, in light and in dark, on a desk's screen and on a phone: no serious and no
// critical violation; and no page that has to be moved sideways.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PriceRule } from '../../src/domain/charges/charge.contract.ts';
import { priceOf } from '../../src/domain/charges/charging.fixture.ts';
import { dayOf, plusMinutes } from '../../src/kernel/time.ts';
import { narrow, useBrowser, wide } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rowsLookedAt = 8;
/** So long that the bar of pages at its foot lies over no button that one would move from below it. */
const longPhone = { width: narrow.width, height: 2400 };
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type AxeAnswer = {
  violations: { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }[];
};
/** `serious color-contrast .faint` for each place that somebody could not use. */
async function faultsOf(page: Page, only: object): Promise<string[]> {
  const options = JSON.stringify({ runOnly: only, resultTypes: ['violations'] });
  const answer = (await page.evaluate(`axe.run(document, ${options})`)) as AxeAnswer;
  return answer.violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) =>
      one.nodes.map(
        (node) => `${one.impact} ${one.id} ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]}`,
      ),
    );
}

/** What a theme changes is colours: with the next frame, and some fields fade into them. */
async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(`matchMedia('(prefers-color-scheme: ${colorScheme})').matches`);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await page.waitForFunction(
    'document.getAnimations().every((one) => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)',
  );
}

describe('accessibility', () => {
  const house = useHouse({ web: true, timers: true });
  const browser = useBrowser(house);
  let community: Community;
  const people = new Map<string, Person>();
  let repairId = '';
  let unitId = '';
  let ownOrderId = '';
  let dueId = '';
  let failedId = '';
  let complaintId = '';
  let letterId = '';
  let replyId = '';

  beforeAll(async () => {
    community = await house.community();
    for (const role of [
      'front_desk',
      'cs_supervisor',
      'technician',
      'contractor',
      'admin',
      'cashier',
      'finance',
    ] as const)
      people.set(role, await house.person(role, community, '阿卜杜热西提·买买提明'));
    const desk = people.get('front_desk') as Person;
    unitId = (await desk.post(`${community.path}/units`, { building: '华庭一期·A3', entrance: '1', room: '2502复式' }))
      .body.id;
    await desk.post(`${community.path}/parties`, { name: '王秀兰', phone: '13900001234', unitId, relation: 'owner' });
    const long = `主卧卫生间顶棚漏水😱\n\n楼上说不是他家的。${'W'.repeat(150)} مرحبا كيف حالك `.repeat(3);
    for (const [urgency, where] of [
      ['emergency', { unitId }],
      ['major', { unitId }],
      ['ordinary', { place: '地下二层 B2-117 车位与消防泵房之间的设备走廊（靠近东侧门的一段）' }],
    ] as const) {
      const made = await desk.post(`${community.path}/repairs`, {
        ...where,
        contact: { name: '阿卜杜热西提·阿卜杜拉·买买提明·努尔艾合买提江', phone: '13800001234' },
        category: 'water',
        urgency,
        description: long,
        channel: 'phone',
        readBack: true,
      });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      repairId ||= made.body.id;
      await desk.post(`${community.path}/repairs/${made.body.id}/dispatch`, {
        version: 1,
        technicianId: people.get('technician')?.id,
      });
    }
    const talked = await desk.post(`${community.path}/contacts`, {
      channel: 'phone',
      callerName: '王秀兰',
      unitId,
      request: long,
      outcome: 'call-back',
    });
    expect(talked.status, JSON.stringify(talked.body)).toBe(201);
    const supervisor = people.get('cs_supervisor') as Person;
    const now = house.house.time.now();
    const away = await supervisor.post(`${community.path}/absences`, {
      staffId: desk.id,
      from: now,
      reason: 'leave',
      standInId: supervisor.id,
    });
    expect(away.status, JSON.stringify(away.body)).toBe(201);
    await supervisor.post(`${community.path}/shifts`, {
      staffId: people.get('technician')?.id,
      role: 'technician',
      from: now,
      until: plusMinutes(now, 600),
    });
    await warranty(desk, supervisor, people.get('contractor') as Person, long);
    await followUp();
    await makeMoney();
    await letter(desk, long);
  });

  /** A firm with a term, and an order that it works on. */
  async function warranty(desk: Person, supervisor: Person, contractor: Person, long: string): Promise<void> {
    const firm = await supervisor.post(`${community.path}/contractors`, {
      name: '新疆维吾尔自治区乌鲁木齐市华安机电设备安装工程有限责任公司',
      trades: ['lift', 'water'],
      activeFrom: '2024-01-01',
      people: [{ name: '阿卜杜热西提·买买提明', duty: '项目经理', phone: '13900001234', accountId: contractor.id }],
    });
    const term = await supervisor.post(`${community.path}/warranty-terms`, {
      covers: 'common',
      category: 'lift',
      part: '曳引机与制动器',
      months: 600,
      startsOn: '2024-01-01',
      contractorId: firm.body.id,
    });
    expect(term.status, JSON.stringify(term.body)).toBe(201);
    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下二层 B2-117 电梯厅',
      category: 'lift',
      urgency: 'ordinary',
      description: long,
      channel: 'phone',
    });
    const path = `${community.path}/repairs/${made.body.id}`;
    const sent = await desk.post(`${path}/dispatch`, { version: 1, contractorId: firm.body.id });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    ownOrderId = made.body.id;
  }

  /** A long letter with a draft of its reply. */
  async function letter(desk: Person, long: string): Promise<void> {
    const today = dayOf(house.house.time.now());
    const came = await desk.post(`${community.path}/incoming-documents`, {
      sender: '阿卜杜热西提·阿卜杜拉·买买提明·努尔艾合买提江',
      datedOn: today,
      receivedOn: today,
      subject: '关于电梯困人四十分钟无人应答以及地下二层消防泵房之间设备走廊长期积水的投诉与书面答复请求'.repeat(2),
      summary: long,
      unitId,
    });
    expect(came.status, JSON.stringify(came.body)).toBe(201);
    letterId = came.body.id;
    const drafted = await desk.post(`${community.path}/incoming-documents/${letterId}/replies`, {
      addressee: '阿卜杜热西提·阿卜杜拉',
      subject: '答复',
      body: long,
    });
    expect(drafted.status, JSON.stringify(drafted.body)).toBe(201);
    replyId = drafted.body.id;
  }

  /** Two are finished: one waits to be asked about, the other was asked about and not accepted. */
  async function followUp(): Promise<void> {
    const of = (role: string) => people.get(role) as Person;
    const said = '修好第二天又漏了，柜子里的东西都泡湿了，😡'.repeat(12);
    for (const isFailed of [false, true]) {
      const made = await of('front_desk').post(`${community.path}/repairs`, {
        unitId,
        contact: { name: '阿卜杜热西提·阿卜杜拉·买买提明·努尔艾合买提江', phone: '13800001234' },
        category: 'water',
        urgency: 'ordinary',
        description: said,
        channel: 'phone',
        readBack: true,
      });
      const repair = `${community.path}/repairs/${made.body.id}`;
      await of('front_desk').post(`${repair}/dispatch`, { version: 1, technicianId: of('technician').id });
      for (const [name, body] of [
        ['accept', {}],
        ['arrive', {}],
        ['finish', { result: '更换阀芯', materials: [] }],
      ] as const) {
        const { version } = (await of('cs_supervisor').get(repair)).body;
        const moved = await of('technician').post(`${repair}/${name}`, { version, ...body });
        expect(moved.status, JSON.stringify(moved.body)).toBe(200);
      }
      const followUp = (await of('cs_supervisor').get(`${community.path}/follow-ups?caseId=${made.body.id}`)).body
        .items[0];
      const path = `${community.path}/follow-ups/${followUp.id}`;
      const tried = await of('front_desk').post(`${path}/attempt`, { outcome: 'no-answer', note: said });
      expect(tried.status, JSON.stringify(tried.body)).toBe(200);
      const items = [{ id: followUp.id, callerId: of('front_desk').id }];
      await of('cs_supervisor').post(`${community.path}/follow-ups/plan`, { items });
      if (!isFailed) {
        dueId = followUp.id;
        continue;
      }
      const recorded = await of('front_desk').post(`${path}/record`, {
        version: (await of('cs_supervisor').get(path)).body.version,
        verdict: 'not-acceptable',
        quality: 2,
        effect: 1,
        satisfaction: 1,
        lacking: said,
        suggestions: said,
        channel: 'phone',
        reason: '客户不在本地',
      });
      expect(recorded.status, JSON.stringify(recorded.body)).toBe(200);
      failedId = followUp.id;
      complaintId = recorded.body.complaint.id;
    }
  }

  /** Something on each page of money: prices, a meter, a month previewed, a book in hand, a deposit held. */
  async function makeMoney(): Promise<void> {
    const finance = people.get('finance') as Person;
    const cashier = people.get('cashier') as Person;
    const made = async (who: Person, path: string, body: object) => {
      const answer = await who.post(`${community.path}/${path}`, body);
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201);
      return answer.body;
    };
    const item = (code: string, name: string, kind: string, rule: PriceRule) =>
      made(finance, 'charge-items', { code, name, kind, dueDay: 25, first: priceOf(rule) });
    await item('LJ', '生活垃圾清运费（按户，含分类投放指导）', 'other', { kind: 'fixed', amountFen: 800 });
    const water = await item('SF', '自来水费（代收代缴）', 'water', {
      kind: 'metered',
      tiers: [{ upToThousandths: null, priceTenThousandths: 34_500 }],
      tiersOf: 'month',
      publicShare: null,
    });
    await made(finance, 'meters', {
      itemId: water.id,
      code: 'S0001',
      unitId,
      dialFigures: 5,
      installedOn: '2026-01-01',
    });
    await made(finance, 'receipt-books', { series: 'A', from: 1, to: 50, holderId: cashier.id });
    await made(cashier, 'deposits', {
      unitId,
      kind: 'renovation-deposit',
      method: 'cash',
      amountFen: 200_000,
    });
    await made(finance, 'billing-runs', { month: house.house.time.now().slice(0, 7) });
  }

  const pages: [string, string | null, () => string][] = [
    ['sign-in', null, () => '/'],
    ['desk', 'front_desk', () => '/desk'],
    ['board', 'front_desk', () => '/cases'],
    ['board with a case beside', 'cs_supervisor', () => `/cases?open=${repairId}`],
    ['board by state', 'front_desk', () => '/cases?view=kanban'],
    ['case', 'front_desk', () => `/repairs/${repairId}`],
    ['contractors', 'cs_supervisor', () => '/contractors'],
    ['warranty terms', 'cs_supervisor', () => '/contractors?tab=terms'],
    ['delivery days', 'cs_supervisor', () => '/contractors?tab=deliveries'],
    ['scorecard', 'cs_supervisor', () => '/contractors/scorecard'],
    ['a contractor’s orders', 'contractor', () => '/orders'],
    ['a contractor’s order', 'contractor', () => `/repairs/${ownOrderId}`],
    ['work order', 'front_desk', () => `/repairs/${repairId}/print`],
    ['ledger', 'front_desk', () => '/contacts'],
    ['new contact', 'front_desk', () => `/contacts/new?unit=${unitId}`],
    ['households', 'front_desk', () => '/households'],
    ['household', 'front_desk', () => `/households/${unitId}`],
    ['complaint', 'cs_supervisor', () => `/complaints/${complaintId}`],
    ['letters', 'front_desk', () => '/letters'],
    ['letter', 'front_desk', () => `/letters/${letterId}`],
    ['reply on paper', 'front_desk', () => `/letters/${letterId}/print/${replyId}`],
    ['follow-ups', 'cs_supervisor', () => '/follow-ups'],
    ['follow-ups with one beside', 'front_desk', () => `/follow-ups?tab=all&open=${failedId}`],
    ['a follow-up to be recorded', 'front_desk', () => `/follow-ups/${dueId}`],
    ['a follow-up that failed', 'cs_supervisor', () => `/follow-ups/${failedId}`],
    ['slip of a follow-up', 'cs_supervisor', () => `/follow-ups/${failedId}/print`],
    ['month of follow-ups', 'cs_supervisor', () => '/follow-ups/analysis?show=repair.followed-up'],
    ['roster', 'cs_supervisor', () => '/roster'],
    ['indicators', 'cs_supervisor', () => '/indicators'],
    ['standard', 'cs_supervisor', () => '/standard'],
    ['wall', 'cs_supervisor', () => '/wall'],
    ['accounts', 'admin', () => '/settings'],
    ['permissions', 'admin', () => '/settings/permissions'],
    ['holidays', 'admin', () => '/settings/holidays'],
    ['imports', 'admin', () => '/imports'],
    ['emergency, new', 'front_desk', () => '/emergencies/new'],
    ['complaint, new', 'front_desk', () => '/complaints/new'],
    ['visits', 'cs_supervisor', () => '/visits'],
    ['surveys', 'cs_supervisor', () => '/surveys'],
    ['approvals', 'cs_supervisor', () => '/approvals?tab=all'],
    ['counter', 'cashier', () => `/counter?unit=${unitId}`],
    ['account', 'cashier', () => `/households/${unitId}/account`],
    ['daily closes', 'cashier', () => '/daily-closes'],
    ['a day counted', 'cashier', () => '/daily-closes/count'],
    ['doors', 'cashier', () => '/doorstep'],
    ['deposits', 'finance', () => '/deposits?show=all'],
    ['charge items', 'finance', () => '/charge-items'],
    ['billing', 'finance', () => '/billing'],
    ['readings', 'finance', () => '/readings'],
    ['fee notices', 'finance', () => '/fee-notices'],
    ['books', 'finance', () => '/books'],
    ['receipt books', 'finance', () => '/receipt-books'],
    ['receipts in detail', 'finance', () => '/receipt-detail'],
    ['orders on a phone', 'technician', () => '/m/'],
    ['reporting on a phone', 'front_desk', () => '/m/report'],
    ['follow-ups on a phone', 'front_desk', () => '/m/visits'],
    ['a follow-up on a phone', 'front_desk', () => `/m/visits/${dueId}`],
  ];

  it.each(pages)('%s', { timeout: 60_000 }, async (_, who, path) => {
    const inCommunity = who === null || path().startsWith('/m/') ? '' : `/c/${community.code}`;
    const page = await browser.page(who === null ? null : (people.get(who) as Person), inCommunity + path(), {
      // The tool is script that the content policy rightly refuses.
      bypassCSP: true,
    });
    // Settled: the page is in, nothing is loading, and nothing is on its way.
    await page.locator('h1, h2').first().waitFor();
    await page.waitForFunction("document.querySelector('.busyline') === null");
    // Rows of a table are alike: some of them say as much as all, in a tenth of the time.
    await page.evaluate(
      `document.querySelectorAll('tbody').forEach((body) => [...body.rows].slice(${rowsLookedAt}).forEach((row) => row.remove()))`,
    );
    await page.evaluate(axeScript);
    const found: string[] = [];
    for (const size of path().startsWith('/m/') ? [longPhone] : [wide, narrow]) {
      await page.setViewportSize(size);
      await wear(page, 'light');
      for (const fault of await faultsOf(page, { type: 'tag', values: rules })) found.push(`${size.width}: ${fault}`);
      await wear(page, 'dark');
      for (const fault of await faultsOf(page, { type: 'rule', values: ['color-contrast'] }))
        found.push(`${size.width} dark: ${fault}`);
      const sideways = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      if (sideways > 0) found.push(`${size.width}: has to be moved sideways by ${sideways}`);
    }
    expect(found).toEqual([]);
    await page.context().close();
  });
});
