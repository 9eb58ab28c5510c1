// Surveys over HTTP: drafted, opened, answered by link without an account and by hand, added up, closed, handed on.
import ExcelJs from 'exceljs';
import { describe, expect, it, vi } from 'vitest';
import { type Answer, type Community, faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { surveyMoves, surveyStates } from './survey.contract.ts';
import { moves } from './survey.moves.ts';
import { linkBrake } from './survey.rules.ts';
import { closeEnded } from './survey.service.ts';

vi.setConfig({ testTimeout: 60_000 });
const startAt = '2026-12-01T02:00:00.000Z';
const house = useHouse({ startAt });
const now = () => house.house.time.now();

/** Two buildings, every unit with somebody in it but the last. */
async function unitsIn(community: Community, count: number): Promise<string[]> {
  const buildings = [newId(), newId()];
  const ids = Array.from({ length: count + 1 }, () => newId());
  const party = newId();
  await house.asOwner(`
    insert into buildings (community_id, id, name, sort_key) values ${buildings.map((id, n) => `('${community.id}', '${id}', '${n + 1}栋', '${n + 1}')`).join(',')};
    insert into units (community_id, id, building_id, entrance, room, label, sort_key)
    values ${ids.map((id, n) => `('${community.id}', '${id}', '${buildings[n % 2]}', '1', '${101 + n}', '${(n % 2) + 1}-1-${101 + n}', '${String(n).padStart(6, '0')}')`).join(',')};
    insert into parties (community_id, id, kind, name, created_at) values ('${community.id}', '${party}', 'person', '王秀英', '${startAt}');
    insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on)
    values ${ids
      .slice(0, count)
      .map((id) => `('${community.id}', '${newId()}', '${id}', '${party}', 'owner', '2020-01-01')`)
      .join(',')}`);
  return ids;
}

const draft = (more: object = {}) => ({
  title: '2026 年下半年满意度调查',
  introduction: '占用您两分钟。',
  questions: [
    { kind: 'scale', text: '总体满意度', isOverall: true },
    { kind: 'scale', text: '维修服务', isRequired: false },
    { kind: 'single', text: '您最常用的联系方式', options: ['电话', '前台', '微信'] },
    { kind: 'multiple', text: '希望改进的方面', options: ['保洁', '绿化', '停车'], isRequired: false },
    { kind: 'text', text: '意见和建议', isRequired: false },
  ],
  endsOn: '2026-12-20',
  ...more,
});
const good = { 0: 5, 1: 4, 2: 0, 3: [0, 2], 4: '北门的灯太暗' };

async function opened(count = 4) {
  const community = await house.community();
  const [manager, desk] = await Promise.all([
    house.person('manager', community, '程远'),
    house.person('front_desk', community, '林小满'),
  ]);
  return { community, manager, desk, units: await unitsIn(community, count) };
}
const pathOf = (community: Community, id = '', rest = '') =>
  `${community.path}/surveys${id === '' ? '' : `/${id}`}${rest === '' ? '' : `/${rest}`}`;
const made = (answer: Answer, status = 200): any => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  return answer.body;
};
async function openedSurvey(manager: Person, community: Community, more: object = {}): Promise<any> {
  const { id } = made(await manager.post(pathOf(community), draft(more)), 201);
  return made(await manager.post(pathOf(community, id, 'open'), { version: 1 }));
}
const tokensOf = async (person: Person, community: Community, id: string): Promise<string[]> =>
  made(await person.get(`${pathOf(community, id, 'links')}?limit=200`)).items.map((one: any) => one.path.split('#')[1]);
/** Somebody without an account or cookie. */
async function stranger(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${house.address}/api/v1/survey-links/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'zh-CN' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
}
describe('a survey by link (FU8)', () => {
  it('says on the page of a home that it was asked and how it answered, never what', async () => {
    const { community, manager, desk, units } = await opened();
    const cashier = await house.person('cashier', community);
    const older = await openedSurvey(manager, community);
    const [token = ''] = await tokensOf(desk, community, older.id);
    made(await stranger('answer', { token, answers: good }));
    made(await manager.post(pathOf(community), draft({ title: '还没有开始的问卷' })), 201);
    const households = made(await desk.get(pathOf(community, older.id, 'households'))).items;
    const answered = households.find((one: any) => one.answeredAt !== null);
    const of = (unitId: string, person = desk) => person.get(`${community.path}/units/${unitId}/surveys`);
    const shown = made(await of(answered.unit.id));
    expect(shown.items).toEqual([
      {
        id: older.id,
        title: '2026 年下半年满意度调查',
        state: 'open',
        openedAt: expect.any(String),
        answeredAt: answered.answeredAt,
        channel: 'link',
      },
    ]);
    expect(JSON.stringify(shown)).not.toContain('北门');
    const silent = households.find((one: any) => one.answeredAt === null);
    expect(made(await of(silent.unit.id)).items).toMatchObject([{ answeredAt: null, channel: null }]);
    // Empty, and so never asked; and not the cashier's to know.
    expect(made(await of(units.at(-1) as string)).items).toEqual([]);
    expect((await of(silent.unit.id, cashier)).status).toBe(403);
  });

  it('is answered once a household without an account, with nothing personal in the link or the page', async () => {
    const { community, manager, desk, units } = await opened();
    const survey = await openedSurvey(manager, community);
    expect(survey.figures).toMatchObject({ asked: 4, answered: 0, rate: null });
    const links = made(await desk.get(pathOf(community, survey.id, 'links'))).items;
    expect(links).toHaveLength(4);
    for (const link of links) {
      expect(link.path).toMatch(/^\/s\/#[\w-]{22}$/);
      expect(link.path).not.toContain(units[0]);
    }
    const [token = ''] = links.map((one: any) => one.path.split('#')[1]);
    const seen = made(await stranger('open', { token }));
    expect(seen).toMatchObject({ state: 'open', community: `小区${community.code}`, endsOn: '2026-12-20' });
    expect(seen.questions).toHaveLength(5);
    expect(JSON.stringify(seen)).not.toMatch(/王秀英|1-1-101/);

    const missing = await stranger('answer', { token, answers: { 1: 9 } });
    expect([missing.status, faultsOf(missing)]).toEqual([
      422,
      ['answers.0 not_answered', 'answers.1 no_such_answer', 'answers.2 not_answered'],
    ]);
    expect(made(await stranger('answer', { token, answers: good })).state).toBe('answered');
    // The same again is the same answer; another one is refused, by link as by hand.
    expect(made(await stranger('answer', { token, answers: good })).state).toBe('answered');
    const other = await stranger('answer', { token, answers: { ...good, 0: 1 } });
    expect([other.status, other.body.code]).toEqual([409, 'survey.already_answered']);
    expect(made(await stranger('open', { token }))).toMatchObject({ state: 'answered', questions: [] });
    const [household] = made(await desk.get(`${pathOf(community, survey.id, 'households')}?answered=true`)).items;
    expect(household).toMatchObject({ channel: 'link', number: 1 });
    const enter = (id: string, body: object) => desk.post(pathOf(community, survey.id, `households/${id}/enter`), body);
    expect((await enter(household.id, { channel: 'paper', answers: good })).body.code).toBe('survey.already_answered');
    const rows = await house.asOwner(
      `select token_hash, token_sealed from survey_households where survey_id = '${survey.id}'`,
    );
    expect(rows.some((row) => String(row.token_hash) === token || String(row.token_sealed).includes(token))).toBe(
      false,
    );
    expect((await stranger('open', { token: 'A'.repeat(22) })).status).toBe(404);
    expect(faultsOf(await stranger('open', { token: 'x' }))).toEqual(['token wrong_format']);
  });

  it('keeps one answer where two come at the same moment', async () => {
    const { community, manager } = await opened();
    const survey = await openedSurvey(manager, community);
    const [token = ''] = await tokensOf(manager, community, survey.id);
    const both = await Promise.all(
      [5, 4, 3, 2].map((step) => stranger('answer', { token, answers: { ...good, 0: step } })),
    );
    expect(both.filter((one) => one.status === 200)).toHaveLength(1);
    expect(both.filter((one) => one.status === 409)).toHaveLength(3);
    const [, other = ''] = [token, ...(await tokensOf(manager, community, survey.id))];
    const twins = await Promise.all([1, 2, 3].map(() => stranger('answer', { token: other, answers: good })));
    expect(twins.map((one) => one.status)).toEqual([200, 200, 200]);
    expect(made(await manager.get(pathOf(community, survey.id))).figures.answered).toBe(2);
  });

  it('stops whoever opens a link a thousand times, and says how long to wait', async () => {
    const { community, manager } = await opened();
    const survey = await openedSurvey(manager, community);
    const tokens = await tokensOf(manager, community, survey.id);
    const statuses: number[] = [];
    for (let time = 0; time < linkBrake.perToken + 5; time++)
      statuses.push((await stranger('open', { token: tokens[0] })).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    const stopped = await stranger('open', { token: tokens[0] });
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await stranger('open', { token: tokens[1] })).status).toBe(200);
  });
});

describe('a survey kept by staff', () => {
  it('names what is wrong with a draft, is amended, and fixes its questions when it opens', async () => {
    const { community, manager, desk } = await opened();
    const wrong = await manager.post(
      pathOf(community),
      draft({ endsOn: '2026-11-01', questions: [{ kind: 'single', text: '怎么样', options: ['好'] }] }),
    );
    expect(faultsOf(wrong).sort()).toEqual([
      'endsOn day_gone',
      'questions one_overall',
      'questions.0.options two_options',
    ]);
    expect(faultsOf(await manager.post(pathOf(community), draft({ title: '', questions: [] }))).sort()).toHaveLength(2);
    expect((await desk.post(pathOf(community), draft())).status).toBe(403);
    const key = { 'idempotency-key': newId() };
    const { id } = made(await manager.post(pathOf(community), draft(), key), 201);
    expect(made(await manager.post(pathOf(community), draft(), key), 201).id).toBe(id);
    const amended = made(
      await manager.post(pathOf(community, id, 'amend'), {
        ...draft({ title: '改过的标题', sampleSize: 2 }),
        version: 1,
      }),
    );
    expect(amended).toMatchObject({ title: '改过的标题', sampleSize: 2, version: 2 });
    expect((await manager.post(pathOf(community, id, 'open'), { version: 1 })).status).toBe(412);
    const open = made(await manager.post(pathOf(community, id, 'open'), { version: 2 }));
    // The seed of a draw under way is nobody's to know.
    expect(open).toMatchObject({ state: 'open', sampleSeed: null, figures: { asked: 2 } });
    expect((await manager.post(pathOf(community, id, 'amend'), { ...draft(), version: 3 })).body.code).toBe(
      'survey.move_not_allowed',
    );
    const empty = await house.community();
    const alone = await house.person('manager', empty);
    const nobody = made(await alone.post(pathOf(empty), draft()), 201);
    expect((await alone.post(pathOf(empty, nobody.id, 'open'), { version: 1 })).body.code).toBe('survey.nobody_to_ask');
    expect((await alone.get(pathOf(empty, id))).status).toBe(404);
  });

  it('adds up paper, telephone and links by building and area, exports them, and is two figures of its month', async () => {
    const { community, manager, desk, units } = await opened();
    const butler = await house.person('butler', community, '何欣');
    await house.asOwner(
      `insert into staff_areas (community_id, id, account_id, unit_id) values ('${community.id}', '${newId()}', '${butler.id}', '${units[0]}')`,
    );
    const survey = await openedSurvey(manager, community);
    const households = made(await desk.get(pathOf(community, survey.id, 'households'))).items;
    const enter = (n: number, channel: string, answers: object) =>
      desk.post(pathOf(community, survey.id, `households/${households[n].id}/enter`), { channel, answers });
    made(await enter(0, 'paper', good));
    made(await enter(1, 'phone', { 0: 3, 2: 1 }));
    const bad = await enter(2, 'paper', { 0: 5, 2: 7 });
    expect(faultsOf(bad)).toEqual(['answers.2 no_such_answer']);
    const [token = ''] = (await tokensOf(desk, community, survey.id)).slice(0, 1);
    made(await stranger('answer', { token, answers: { 0: 4, 2: 1, 4: '=HYPERLINK("x")' } }));
    // 5 and 4 → 88; 3 → 50; 4 → 75.
    const results = made(await manager.get(pathOf(community, survey.id, 'results')));
    expect(results.buildings).toMatchObject([
      { name: '1栋', asked: 2, answered: 2, satisfied: 2, rate: 1, index: 81.5 },
      { name: '2栋', asked: 2, answered: 1, satisfied: 0, rate: 0, index: 50 },
    ]);
    expect(results.areas).toMatchObject([{ name: '何欣', asked: 1, answered: 1, satisfied: 1 }]);
    expect(results.questions[2]).toMatchObject({ answered: 3, counts: [1, 2, 0] });
    expect(made(await manager.get(pathOf(community, survey.id, 'texts'))).items[0]).toEqual({
      place: 4,
      building: '1栋',
      text: '北门的灯太暗',
    });

    const file = await manager.open(pathOf(community, survey.id, 'export'));
    expect(file.status).toBe(200);
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load((await file.arrayBuffer()) as never);
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      '按楼栋',
      '按责任区',
      '按题目',
      '文字意见',
      '答卷',
    ]);
    expect(JSON.stringify(workbook.getWorksheet('答卷')?.getSheetValues())).not.toMatch(/1-1-101|王秀英/);

    const improvement = { text: '北门加装路灯', ownerId: manager.id, dueOn: '2026-12-30' };
    expect(
      faultsOf(
        await manager.post(pathOf(community, survey.id, 'improvements'), { ...improvement, dueOn: '2026-01-01' }),
      ),
    ).toEqual(['dueOn day_gone']);
    expect(
      made(await manager.post(pathOf(community, survey.id, 'improvements'), improvement), 201).improvements,
    ).toMatchObject([{ noun: 'survey', state: 'open' }]);

    expect((await manager.post(pathOf(community, survey.id, 'hand-over'), { version: 2 })).body.code).toBe(
      'survey.move_not_allowed',
    );
    const closed = made(await manager.post(pathOf(community, survey.id, 'close'), { version: 2 }));
    expect(closed.sampleSeed).toMatch(/^[0-9a-f]{32}$/);
    const handed = made(
      await manager.post(pathOf(community, survey.id, 'hand-over'), { version: 3, note: '随十二月月报' }),
    );
    expect(handed.handed).toMatchObject({ by: { name: '程远' }, note: '随十二月月报' });
    expect((await enter(2, 'paper', good)).body.code).toBe('survey.move_not_allowed');
    const list = made(await manager.get(pathOf(community)));
    expect(list).toMatchObject({ everyMonths: 6, nextBy: '2027-06-01' });
    expect(list.items[0]).toMatchObject({
      figures: { asked: 4, answered: 3, satisfied: 2, index: 71 },
      targets: { rate: 0.9, index: 85 },
    });

    const figures = made(await manager.get(`${community.path}/indicators?month=2026-12`)).items;
    const figure = (name: string) => figures.find((one: any) => one.name === name);
    expect(figure('satisfaction-rate')).toMatchObject({
      numerator: 2,
      denominator: 3,
      target: 0.9,
      met: false,
      measure: 'share',
    });
    expect(figure('satisfaction-index')).toMatchObject({
      numerator: 213,
      denominator: 3,
      value: 71,
      target: 85,
      met: false,
      measure: 'points',
    });
    const rows = made(await manager.get(`${community.path}/indicators/satisfaction-index/rows?month=2026-12`)).items;
    expect(rows.map((one: any) => `${one.code} ${one.unit} ${one.points}`)).toEqual([
      '#1 1栋 88',
      '#2 2栋 50',
      '#3 1栋 75',
    ]);
  });
});

describe('every state × move × person of a survey', () => {
  it('answers as the table says', async () => {
    const { community, manager, desk, units } = await opened();
    const supervisor = await house.person('cs_supervisor', community);
    const [auditor, technician] = [
      await house.person('auditor', community),
      await house.person('technician', community),
    ];
    const people = [
      ['manager', manager, ['keeper', 'enterer']],
      ['supervisor', supervisor, ['keeper', 'enterer']],
      ['desk', desk, ['enterer']],
      ['auditor', auditor, []],
      ['technician', technician, []],
    ] as const;
    const wrong: string[] = [];
    for (const state of surveyStates)
      for (const name of surveyMoves)
        for (const [who, person, hats] of people) {
          const [id, householdId] = [newId(), newId()];
          const at = (isSet: boolean) => (isSet ? `'${startAt}'` : 'null');
          await house.asOwner(`
            insert into surveys (community_id, id, title, questions, state, ends_on, satisfied_from, made_by, made_at, opened_at, closed_at)
            values ('${community.id}', '${id}', '调查', '${JSON.stringify(draft().questions.map((one) => ({ options: [], isRequired: true, isOverall: false, ...one })))}', '${state}', '2026-12-20', 4, '${manager.id}', '${startAt}', ${at(state !== 'draft')}, ${at(state === 'closed')});
            insert into survey_households (community_id, id, survey_id, unit_id, number, token_hash, token_sealed)
            values ('${community.id}', '${householdId}', '${id}', '${units[0]}', 1, sha256('${id}'::bytea), '\\x01')`);
          const answer =
            name === 'enter'
              ? await person.post(pathOf(community, id, `households/${householdId}/enter`), {
                  channel: 'paper',
                  answers: good,
                })
              : await person.post(pathOf(community, id, name), { ...(name === 'amend' ? draft() : {}), version: 1 });
          const table = moves[name];
          // Opening a draft that has its households already breaks on their unique room: this table asks for rights only.
          const expected = !hats.some((hat) => (table.by as readonly string[]).includes(hat))
            ? 403
            : table.from.includes(state)
              ? 200
              : 409;
          if (name === 'open' && expected === 200) continue;
          if (answer.status !== expected) wrong.push(`${state} ${name} ${who}: ${answer.status}, expected ${expected}`);
        }
    expect(wrong).toEqual([]);
  });
});

describe('a survey at its end', () => {
  it('takes no more answers once its last day is over, and closes by itself', async () => {
    const { community, manager } = await opened();
    const survey = await openedSurvey(manager, community, { endsOn: '2026-12-02' });
    const [token = ''] = await tokensOf(manager, community, survey.id);
    house.house.time.moveTo('2026-12-02T15:59:00.000Z');
    expect(made(await stranger('open', { token })).state).toBe('open');
    expect(await closeEnded(house.house)).toBe(0);
    house.house.time.moveTo('2026-12-02T16:00:01.000Z');
    expect(made(await stranger('open', { token })).state).toBe('over');
    const late = await stranger('answer', { token, answers: good });
    expect([late.status, late.body.code]).toEqual([409, 'survey.over']);
    expect(await closeEnded(house.house)).toBe(1);
    expect(made(await manager.get(pathOf(community, survey.id)))).toMatchObject({ state: 'closed' });
    expect(now() > startAt).toBe(true);
  });
});
