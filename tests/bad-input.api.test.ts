// Bad input at the interface: each answers a clear Chinese sentence that names the field, and writes nothing.
import { describe, expect, it } from 'vitest';
import { newId } from '../src/kernel/id.ts';
import { minuteMs, plusMs } from '../src/kernel/time.ts';
import { type Answer, type Community, faultsOf, type Person, useHouse } from './house.ts';

const house = useHouse();

const chinese = /[一-鿿]/;
async function centre() {
  const community = await house.community();
  const [desk, desk2, tech, other] = await Promise.all([
    house.person('front_desk', community, '林小满'),
    house.person('front_desk', community, '何雨晴'),
    house.person('technician', community, '周海涛'),
    house.person('technician', community, '吴师傅'),
  ]);
  const unit = await desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' });
  const body = {
    unitId: unit.body.id as string,
    category: 'water',
    urgency: 'ordinary',
    description: '厨房水龙头滴水',
    channel: 'phone',
  };
  return { community, desk, desk2, tech, other, body };
}
const countCases = async (person: Person, community: Community): Promise<number> =>
  (await person.get(`${community.path}/cases?count=true`)).body.total;
const report = (person: Person, community: Community, body: object, headers?: Record<string, string>) =>
  person.post(`${community.path}/repairs`, body, headers);

describe('a repair with something wrong in it', () => {
  it('names an unknown room, and a room of another community alike', async () => {
    const [here, there] = [await centre(), await centre()];
    for (const unitId of [newId(), there.body.unitId]) {
      const answer = await report(here.desk, here.community, { ...here.body, unitId });
      expect([answer.status, faultsOf(answer)]).toEqual([422, ['unitId unknown_unit']]);
      expect(answer.body.errors[0].message).toContain('房号');
    }
    expect(await countCases(here.desk, here.community)).toBe(0);
  });

  it.each([
    ['letters', '138abcd1234', 'has_letters'],
    ['too few digits', '12345', 'too_few_digits'],
    ['too many digits', '1380000123456', 'too_many_digits'],
  ])('refuses a phone number with %s', async (_what, phone, code) => {
    const { community, desk, body } = await centre();
    const answer = await report(desk, community, { ...body, contact: { name: '王女士', phone } });
    expect([answer.status, faultsOf(answer)]).toEqual([422, [`contact.phone ${code}`]]);
    expect(await countCases(desk, community)).toBe(0);
  });

  it.each(['138 0000 1234', '+86 138-0000-1234', '8613800001234', '１３８００００１２３４'])(
    'takes %s as the number that it is',
    async (phone) => {
      const { community, desk, body } = await centre();
      const answer = await report(desk, community, { ...body, contact: { name: '王女士', phone } });
      expect([answer.status, answer.body.contact.phone]).toEqual([201, '138****1234']);
    },
  );

  it('refuses an appointment in the past, and tells every fault at once', async () => {
    const { community, desk, body } = await centre();
    const past = plusMs(house.house.time.now(), -minuteMs);
    const answer = await report(desk, community, {
      ...body,
      unitId: newId(),
      category: 'moon',
      appointmentAt: past,
      agreedAt: past,
    });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer).sort()).toEqual([
      'agreedAt in_the_past',
      'appointmentAt in_the_past',
      'category unknown_category',
      'unitId unknown_unit',
    ]);
  });

  it('is recorded once by a double click, and a mended form goes through with the same key', async () => {
    const { community, desk, body } = await centre();
    const key = { 'idempotency-key': newId() };
    expect((await report(desk, community, { ...body, unitId: newId() }, key)).status).toBe(422);
    const [one, two] = await Promise.all([report(desk, community, body, key), report(desk, community, body, key)]);
    expect([one.status, two.status, one.body.id === two.body.id]).toEqual([201, 201, true]);
    expect(await countCases(desk, community)).toBe(1);
    const other = await report(desk, community, { ...body, description: '另一件事' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
    expect(other.body.title).toMatch(chinese);
  });
});

describe('two hands on one order', () => {
  it('lets one dispatch it, and tells the other what it is by now', async () => {
    const { community, desk, desk2, tech, other, body } = await centre();
    const made = await report(desk, community, body);
    const path = `${community.path}/repairs/${made.body.id}/dispatch`;
    const answers = await Promise.all([
      desk.post(path, { version: 1, technicianId: tech.id }),
      desk2.post(path, { version: 1, technicianId: other.id }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
    const refused = answers.find((answer) => answer.status === 412) as Answer;
    expect(refused.body.code).toBe('stale_version');
    expect(refused.body.title).toMatch(chinese);
    const now = (await desk.get(`${community.path}/repairs/${made.body.id}`)).body;
    const won = answers.find((answer) => answer.status === 200) as Answer;
    expect([now.version, now.technician.id]).toEqual([2, won.body.technician.id]);
    expect(now.timeline.filter((one: { action: string }) => one.action === 'dispatch')).toHaveLength(1);
  });

  it('says in Chinese why a move is not allowed now', async () => {
    const { community, desk, body } = await centre();
    const made = await report(desk, community, body);
    const path = `${community.path}/repairs/${made.body.id}`;
    await desk.post(`${path}/cancel`, { version: 1, by: 'customer', reason: '客户自己修好了' });
    const answer = await desk.post(`${path}/dispatch`, { version: 2, technicianId: newId() });
    expect([answer.status, answer.body.code]).toEqual([409, 'repair.move_not_allowed']);
    expect(answer.body.title).toMatch(chinese);
  });
});

describe('a file that is none', () => {
  const upload = (person: Person, community: Community, bytes: Buffer, name: string, type: string) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    return person.ask('POST', `${community.path}/attachments`, form);
  };
  it('refuses a photo of 50 MB by its size, and what is no photo by what it is', async () => {
    const { community, desk } = await centre();
    const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0]);
    const large = await upload(
      desk,
      community,
      Buffer.concat([jpegHead, Buffer.alloc(50 * 1024 * 1024)]),
      'a.jpg',
      'image/jpeg',
    );
    expect([large.status, large.body.code]).toEqual([413, 'too_large']);
    const page = await upload(desk, community, Buffer.from('<html><script>1</script></html>'), 'a.jpg', 'image/jpeg');
    expect([page.status, page.body.code]).toEqual([415, 'attachment.not_what_it_says']);
    const cut = await upload(desk, community, Buffer.concat([jpegHead, Buffer.alloc(300)]), 'a.jpg', 'image/jpeg');
    expect([415, 422]).toContain(cut.status);
    for (const answer of [large, page, cut]) expect(answer.body.title).toMatch(chinese);
  });

  it.each([
    ['a csv renamed', Buffer.from('楼栋,房号\n1,101\n'), 'spreadsheet.not_xlsx'],
    ['an old .xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]), 'spreadsheet.old_xls'],
    ['a zip that was cut', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(40)]), 'spreadsheet.damaged'],
  ])('refuses as a workbook: %s', async (_what, bytes, code) => {
    const { community } = await centre();
    const manager = await house.person('manager', community);
    const form = new FormData();
    form.append('kind', 'households');
    form.append('file', new Blob([new Uint8Array(bytes)]), '住户.xlsx');
    const answer = await manager.ask('POST', `${community.path}/imports`, form, { 'idempotency-key': newId() });
    expect(answer.body.code).toBe(code);
    expect(answer.body.title).toMatch(chinese);
    expect((await manager.get(`${community.path}/imports`)).body.items).toEqual([]);
  });
});
