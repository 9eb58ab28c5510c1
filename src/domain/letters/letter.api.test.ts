// Letters over real HTTP (CP8): entered once, told, answered under a gapless number, printed as a file that opens again.
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { useHouse } from '../../../tests/house.ts';

/** The text of one part of a packed file. */
const partOf = (bytes: Buffer, name: string): Promise<string> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (fault, zip) => {
      if (fault) return reject(fault);
      zip.on('end', () => reject(new Error(`${name} is not in the file`)));
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entry.fileName !== name) return zip.readEntry();
        zip.openReadStream(entry, async (broken, stream) => {
          if (broken) return reject(broken);
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          resolve(Buffer.concat(chunks).toString('utf8'));
        });
      });
      zip.readEntry();
    });
  });

const house = useHouse({ startAt: '2026-11-23T06:30:00.000Z' });

async function makeCentre() {
  const community = await house.community('luxury');
  const [desk, supervisor, manager, gm, technician] = await Promise.all([
    house.person('front_desk', community, '前台'),
    house.person('cs_supervisor', community, '主管'),
    house.person('manager', community, '经理'),
    house.person('general_manager', community, '总经理'),
    house.person('technician', community, '师傅'),
  ]);
  return { community, desk, supervisor, manager, gm, technician };
}
let centre: Awaited<ReturnType<typeof makeCentre>>;
beforeAll(async () => {
  centre = await makeCentre();
});

let count = 0;
const letter = (over: Record<string, unknown> = {}) => ({
  sender: '陈先生',
  datedOn: '2026-11-20',
  receivedOn: '2026-11-23',
  subject: `电梯困人要求书面答复 ${++count}`,
  summary: '11 月 19 日电梯困人四十分钟，无人应答，电话 13800001234',
  ...over,
});
const reply = { addressee: '陈先生', subject: '关于电梯困人一事的答复', body: '来信收悉。\n触点已更换，深表歉意。' };
const faultsOf = (answer: { body: any }) => answer.body.errors?.map((one: any) => `${one.path} ${one.code}`);

describe('the register', () => {
  it('numbers without gaps, opens a complaint with channel letter, and tells manager and supervisor', async () => {
    const { community, desk, supervisor, manager } = await makeCentre();
    const path = `${community.path}/incoming-documents`;
    const first = await desk.post(path, letter());
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect(first.body).toMatchObject({ code: 'SW-2026-000001', kind: 'complaint', reply: null, replies: [] });
    expect(first.body.summary).not.toContain('13800001234');
    const complaint = await desk.get(`${community.path}/complaints/${first.body.caseId}`);
    expect(complaint.body).toMatchObject({ code: first.body.caseCode, channel: 'letter', contact: { name: '陈先生' } });

    const again = await desk.post(path, letter({ subject: ` ${first.body.subject}。` }));
    expect([again.status, again.body.code]).toEqual([409, 'letter.entered_already']);
    expect(JSON.stringify(again.body)).toContain('SW-2026-000001');
    const second = await desk.post(path, letter({ caseCode: first.body.caseCode }));
    expect([second.body.code, second.body.caseId]).toEqual(['SW-2026-000002', first.body.caseId]);

    const told = await house.asOwner(
      `select recipient_id from outbox where community_id = '${community.id}' and kind = 'letter-entered'`,
    );
    expect(new Set(told.map((row: any) => row.recipient_id))).toEqual(new Set([manager.id, supervisor.id]));
    const list = await desk.get(`${path}?q=SW-2026-000002`);
    expect(list.body.items.map((one: any) => one.code)).toEqual(['SW-2026-000002']);
    const page = await desk.get(`${path}?limit=1`);
    const next = await desk.get(`${path}?limit=1&cursor=${page.body.nextCursor}`);
    expect([page.body.items[0].code, next.body.items[0].code]).toEqual(['SW-2026-000002', 'SW-2026-000001']);
  });

  it('knows the same scan again whatever is written beside it, and keeps it with the letter', async () => {
    const { community, desk, supervisor, technician } = centre;
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#335577' } })
      .png()
      .toBuffer();
    const upload = async () => {
      const form = new FormData();
      form.set('file', new File([new Uint8Array(bytes)], 'letter.png'));
      return (await desk.post(`${community.path}/attachments`, form)).body.id as string;
    };
    const path = `${community.path}/incoming-documents`;
    const first = await desk.post(path, letter({ attachmentIds: [await upload()] }));
    expect(first.body.attachmentIds).toHaveLength(1);
    const again = await desk.post(path, letter({ sender: '陈太太', attachmentIds: [await upload()] }));
    expect([again.status, again.body.code]).toEqual([409, 'letter.entered_already']);
    expect(JSON.stringify(again.body)).toContain(first.body.code);
    const scan = `${community.path}/attachments/${first.body.attachmentIds[0]}`;
    expect([(await supervisor.open(scan)).status, (await technician.open(scan)).status]).toEqual([200, 403]);
  });

  it.each([
    ['no sender', { sender: ' ' }, 'sender'],
    ['a day that is none', { datedOn: '2026-02-30' }, 'datedOn not_a_day'],
    ['a letter of tomorrow', { receivedOn: '2026-11-24' }, 'receivedOn in_the_future'],
    ['dated after it came', { datedOn: '2026-11-22', receivedOn: '2026-11-21' }, 'datedOn dated_after_received'],
    ['a case of nobody', { caseCode: 'TS-2026-999999' }, 'caseCode unknown_case'],
    ['a unit of nobody', { unitId: '018f0000-0000-7000-8000-00000000dead' }, 'unitId'],
    [
      'a file of nobody',
      { attachmentIds: ['018f0000-0000-7000-8000-00000000dead'] },
      'attachmentIds.0 attachment_unknown',
    ],
    ['a telephone of letters', { phone: 'abc' }, 'phone'],
    ['an unknown kind', { kind: 'poem' }, 'kind'],
  ])('refuses %s and takes no number', async (_what, over, fault) => {
    const { community, desk } = centre;
    const path = `${community.path}/incoming-documents`;
    const before = (await desk.get(path)).body.items.length;
    const answer = await desk.post(path, letter(over));
    expect(answer.status, JSON.stringify(answer.body)).toBe(422);
    expect(faultsOf(answer).join()).toContain(fault);
    expect((await desk.get(path)).body.items).toHaveLength(before);
  });

  it('links no signed letter to an anonymous complaint (CP12), and is closed to technicians', async () => {
    const { community, desk, technician } = centre;
    const hidden = await desk.post(`${community.path}/complaints`, { channel: 'complaint-box', anonymous: true });
    const path = `${community.path}/incoming-documents`;
    const answer = await desk.post(path, letter({ caseCode: hidden.body.code }));
    expect([answer.status, answer.body.code]).toEqual([409, 'letter.case_is_anonymous']);
    expect([(await technician.get(path)).status, (await technician.post(path, letter())).status]).toEqual([403, 403]);
  });
});

describe('the reply', () => {
  it('is numbered at approval, by somebody else than its writer, and brought until it is delivered', async () => {
    const { community, desk, manager, gm } = await makeCentre();
    const entered = await desk.post(`${community.path}/incoming-documents`, letter());
    const replies = `${community.path}/incoming-documents/${entered.body.id}/replies`;
    const move = (by: typeof desk, id: string, name: string, body: object) =>
      by.post(`${community.path}/reply-letters/${id}/${name}`, body);
    expect(faultsOf(await desk.post(replies, { ...reply, body: '' }))[0]).toContain('body');
    const draft = (await manager.post(replies, reply)).body;
    expect([draft.state, draft.code]).toEqual(['draft', null]);
    const own = await move(manager, draft.id, 'approve', { version: 1 });
    expect([own.status, own.body.code]).toEqual([409, 'letter.own_request']);
    expect((await move(desk, draft.id, 'approve', { version: 1 })).status).toBe(403);
    expect((await move(gm, draft.id, 'approve', { version: 9 })).status).toBe(412);
    const amended = await move(desk, draft.id, 'amend', {
      ...reply,
      body: '来信收悉。\n触点已于 11 月 21 日更换。',
      version: 1,
    });
    expect(amended.status, JSON.stringify(amended.body)).toBe(200);
    // Amended by another the first writer's words are still in it.
    expect((await move(manager, draft.id, 'approve', { version: 2 })).body.code).toBe('letter.own_request');
    const approved = await move(gm, draft.id, 'approve', { version: 2 });
    expect([approved.body.state, approved.body.code, approved.body.approvedBy.name]).toEqual([
      'approved',
      'HN-2026-000001',
      '总经理',
    ]);
    expect((await move(desk, draft.id, 'amend', { ...reply, version: 3 })).body.code).toBe('letter.move_not_allowed');
    expect((await move(desk, draft.id, 'send', { version: 3, way: 'pigeon' })).status).toBe(422);
    expect((await move(desk, draft.id, 'send', { version: 3, way: 'letter-box' })).body.state).toBe('out');
    expect((await move(desk, draft.id, 'fail', { version: 4, note: '信箱已满' })).body.state).toBe('failed');
    expect((await move(desk, draft.id, 'send', { version: 5, way: 'letter-box' })).body.code).toBe('letter.same_way');
    await move(desk, draft.id, 'send', { version: 5, way: 'courier' });
    const done = await move(desk, draft.id, 'deliver', { version: 6, note: '本人签收' });
    expect([done.body.state, done.body.moves, done.body.events.map((one: any) => one.move)]).toEqual([
      'delivered',
      [],
      ['draft', 'amend', 'approve', 'send', 'fail', 'send', 'deliver'],
    ]);

    const next = (await desk.post(replies, reply)).body;
    await move(manager, next.id, 'void', { version: 1, note: '重复' });
    const third = (await desk.post(replies, reply)).body;
    expect((await move(manager, third.id, 'approve', { version: 1 })).body.code).toBe('HN-2026-000002');

    const file = await desk.open(`${community.path}/reply-letters/${draft.id}/docx`);
    expect(file.status).toBe(200);
    const text = await partOf(Buffer.from(await file.arrayBuffer()), 'word/document.xml');
    for (const part of ['HN-2026-000001', '尊敬的陈先生：', '触点已于 11 月 21 日更换。', '2026年11月23日'])
      expect(text).toContain(part);
  });

  it('stands in the database as it was approved, and the register line as it was entered', async () => {
    const { community, desk, manager } = await makeCentre();
    const entered = await desk.post(`${community.path}/incoming-documents`, letter());
    const draft = (await desk.post(`${community.path}/incoming-documents/${entered.body.id}/replies`, reply)).body;
    await manager.post(`${community.path}/reply-letters/${draft.id}/approve`, { version: 1 });
    await expect(house.asOwner(`update reply_letters set body = 'x' where id = '${draft.id}'`)).rejects.toThrow(
      /does not change/,
    );
    const may = await house.asOwner(
      "select has_table_privilege('guanjia_app', 'incoming_documents', 'update') as change, has_table_privilege('guanjia_app', 'reply_letters', 'delete') as remove",
    );
    expect(may[0]).toEqual({ change: false, remove: false });
  });
});
