import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';

describe('work done without a signal (spec/12 Offline)', () => {
  const house = useHouse({ startAt: '2026-11-23T01:00:00.000Z' });
  const now = () => house.house.time.now();
  const wait = (minutes: number) => house.house.time.moveTo(plusMinutes(now(), minutes));

  async function order(community: Community, desk: Person, tech: Person) {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '1栋大堂',
      category: 'water',
      urgency: 'emergency',
      description: '水管漏水',
      channel: 'phone',
      readBack: true,
    });
    const path = `${community.path}/repairs/${made.body.id}`;
    const sent = await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    return { id: made.body.id as string, path, casePath: `${community.path}/cases/${made.body.id}` };
  }
  const people = async () => {
    const community = await house.community();
    const [desk, tech, other] = [
      await house.person('front_desk', community, '林小满'),
      await house.person('technician', community, '周海涛'),
      await house.person('technician', community, '马得水'),
    ];
    return { community, desk, tech, other };
  };
  const offline = { 'x-source': 'phone' };
  const photo = async (person: Person, community: Community) => {
    const bytes = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#884422' } })
      .jpeg()
      .toBuffer();
    const form = new FormData();
    const id = newId();
    form.set('id', id);
    form.set('file', new File([new Uint8Array(bytes)], 'p.jpg'));
    expect((await person.post(`${community.path}/attachments`, form)).status).toBe(201);
    return id;
  };

  it('takes moves late, in their order, with both times, and judges the clock by when it happened', async () => {
    const { community, desk, tech } = await people();
    const { path } = await order(community, desk, tech);
    const pressed = ['accept', 'depart', 'arrive'].map((move, index) => ({ move, at: plusMinutes(now(), index + 1) }));
    // The technician stood at the door in time; the message of it comes three hours later, after the ladder's steps.
    wait(180);
    await house.tick();
    for (const { move, at } of pressed) {
      const answer = await tech.post(`${path}/${move}`, { happenedAt: at }, offline);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    }
    const seen = (await desk.get(path)).body;
    expect(seen.state).toBe('on-site');
    const arrived = seen.timeline.find((entry: { action: string }) => entry.action === 'arrive');
    expect(arrived).toMatchObject({ at: pressed[2]?.at, source: 'offline' });
    expect(Date.parse(arrived.recordedAt) - Date.parse(arrived.at)).toBeGreaterThan(170 * 60_000);
    const clock = seen.clocks.find((one: { kind: string }) => one.kind === 'on-site');
    expect(clock).toMatchObject({ state: 'met', stoppedAt: pressed[2]?.at });
    // What the ladder did meanwhile stays on the time line, and in the why as told before the evidence came (spec/11, 4).
    expect(seen.timeline.some((entry: { action: string }) => entry.action === 'escalated')).toBe(true);
    const steps = clock.why.filter((part: { code: string }) => part.code === 'step');
    expect(steps[0].told.length).toBeGreaterThan(0);
    expect(new Set(steps.map((step: { evidenceLate: boolean }) => step.evidenceLate))).toEqual(new Set([true]));
  });

  it('does once what came twice, the second time with the time of the press added', async () => {
    const { community, desk, tech } = await people();
    const { path } = await order(community, desk, tech);
    const key = { 'idempotency-key': newId(), ...offline };
    const at = now();
    expect((await tech.post(`${path}/accept`, { version: 2 }, key)).status).toBe(200);
    wait(5);
    expect((await tech.post(`${path}/accept`, { version: 2, happenedAt: at }, key)).body.state).toBe('accepted');
    expect((await tech.post(`${path}/accept`, { version: 3 }, key)).body.code).toBe('idempotency_mismatch');
    const accepts = (await desk.get(path)).body.timeline.filter((one: { action: string }) => one.action === 'accept');
    expect(accepts).toHaveLength(1);
  });

  it.each([
    ['three days and an hour old', -73 * 60, 'too_old_to_report'],
    ['three days ahead', 72 * 60, 'ahead_of_the_server'],
    ['before the last event', -30, 'before_last_event'],
  ])('refuses a device time that is %s in words', async (_, minutes, code) => {
    const { community, desk, tech } = await people();
    const { path } = await order(community, desk, tech);
    const answer = await tech.post(`${path}/accept`, { happenedAt: plusMinutes(now(), minutes) }, offline);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { path: 'happenedAt', code, message: expect.stringMatching(/^发生时间：.*[一-龥]/) },
    ]);
    expect((await desk.get(path)).body.state).toBe('dispatched');
  });

  it('takes a photo of the past on the time line, but not from the desk', async () => {
    const { community, desk, tech } = await people();
    const { path, casePath } = await order(community, desk, tech);
    const at = plusMinutes(now(), 1);
    wait(60);
    const id = await photo(tech, community);
    const note = { kind: 'photo', attachmentIds: [id], happenedAt: at };
    expect((await tech.post(`${casePath}/notes`, note, offline)).body).toMatchObject({ at, source: 'offline' });
    expect(
      (await desk.post(`${casePath}/notes`, { kind: 'note', text: '补', happenedAt: at })).body.errors[0].code,
    ).toBe('not_for_this_post');
    expect((await desk.get(path)).body.attachmentIds).toEqual([id]);
  });

  it('keeps what it refused, once, with its photos, for whoever held the order; tells the desk', async () => {
    const { community, desk, tech, other } = await people();
    const { path, casePath } = await order(community, desk, tech);
    const pressed = plusMinutes(now(), 2);
    wait(30);
    const seen = await desk.get(path);
    await desk.post(`${path}/dispatch`, { version: seen.body.version, technicianId: other.id });
    const refused = await tech.post(
      `${path}/finish`,
      { result: '换好了', materials: [], happenedAt: pressed },
      offline,
    );
    expect([403, 409]).toContain(refused.status);
    const [id, key] = [await photo(tech, community), { 'idempotency-key': newId(), ...offline }];
    const body = {
      entries: [
        { action: 'finish', happenedAt: pressed, refusal: refused.body.code, text: '换好了，电话 13800001234' },
      ],
      attachmentIds: [id],
    };
    const kept = await tech.post(`${casePath}/offline-refused`, body, key);
    expect(kept.status, JSON.stringify(kept.body)).toBe(201);
    expect((await tech.post(`${casePath}/offline-refused`, body, key)).body).toEqual(kept.body);
    const after = (await desk.get(path)).body;
    expect(after.state).toBe('dispatched');
    expect(after.technician.id).toBe(other.id);
    const notes = after.timeline.filter((one: { action: string }) => one.action === 'offline-refused');
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({
      kind: 'note',
      at: pressed,
      source: 'offline',
      attachmentIds: [id],
      text: expect.stringContaining('换好了'),
      facts: { entries: [{ action: 'finish', happenedAt: pressed, refusal: refused.body.code }] },
    });
    expect(notes[0].text).not.toContain('13800001234');
    await house.tick();
    const bell = (await desk.get('/notifications')).body.items;
    expect(bell.filter((one: { kind: string }) => one.kind === 'offline-refused')).toHaveLength(1);
    const stranger = await house.person('technician', community);
    expect((await stranger.post(`${casePath}/offline-refused`, body)).status).toBe(403);
  });

  it('keeps it under the server’s time where the device’s can’t be believed', async () => {
    const { community, desk, tech } = await people();
    const { path, casePath } = await order(community, desk, tech);
    const happenedAt = plusMinutes(now(), -80 * 60);
    const kept = await tech.post(
      `${casePath}/offline-refused`,
      { entries: [{ action: 'accept', happenedAt, refusal: 'bad_input' }] },
      offline,
    );
    expect(kept.status, JSON.stringify(kept.body)).toBe(201);
    const note = (await desk.get(path)).body.timeline.at(-1);
    expect(note).toMatchObject({ action: 'offline-refused', facts: { entries: [{ happenedAt }] } });
    expect(note.at).toBe(note.recordedAt);
  });
});
