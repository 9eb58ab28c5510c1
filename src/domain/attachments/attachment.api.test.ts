import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';
import { systemCall } from '../access/call.ts';
import { attachAll, sweepAttachments, sweepObjects } from './attachment.service.ts';

describe('photos and documents', () => {
  const house = useHouse({ startAt: '2026-11-23T01:00:00.000Z' });

  const send = (
    person: Person,
    community: Community,
    bytes: Buffer,
    name: string,
    fields: Record<string, string> = {},
  ) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    form.set('file', new File([new Uint8Array(bytes)], name));
    return person.post(`${community.path}/attachments`, form);
  };
  const bytesOf = async (person: Person, path: string) => {
    const answer = await person.open(path);
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  /** A phone's photo: sideways, with the place where it was taken. */
  const photo = (width = 3_000, height = 2_000) =>
    sharp({ create: { width, height, channels: 3, background: '#884422' } })
      .withExif({
        IFD0: { Make: 'PhoneMaker' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '31/1 13/1 30/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '121/1 28/1 0/1',
        },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();

  it('turns a photo upright, takes off where it was taken, and makes a thumb', async () => {
    const community = await house.community();
    const tech = await house.person('technician', community);
    const original = await photo();
    expect((await sharp(original).metadata()).exif?.includes('PhoneMaker')).toBe(true);
    const made = await send(tech, community, original, '现场.jpg', { purpose: 'before' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body).toMatchObject({ state: 'ready', mediaType: 'image/jpeg', width: 1_707, height: 2_560 });
    const path = `${community.path}/attachments/${made.body.id}`;
    const full = await bytesOf(tech, path);
    expect(full.headers.get('x-content-type-options')).toBe('nosniff');
    expect(full.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%E7/);
    expect(full.bytes.length).toBe(made.body.bytes);
    const seen = await sharp(full.bytes).metadata();
    expect([seen.exif, seen.xmp, seen.orientation]).toEqual([undefined, undefined, undefined]);
    expect(full.bytes.includes('PhoneMaker')).toBe(false);
    const thumb = await sharp((await bytesOf(tech, `${path}?size=thumb`)).bytes).metadata();
    expect([thumb.width, thumb.height]).toEqual([213, 320]);
  });

  it('refuses what is not what it says, HEIC, a damaged photo and a decompression bomb', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const page = Buffer.from('<!doctype html><html><script>alert(1)</script></html>');
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic\0\0\0\0mif1heic'),
      Buffer.alloc(200),
    ]);
    const whole = await photo(400, 300);
    const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#000' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    for (const [bytes, name, status, code] of [
      [page, 'photo.jpg', 415, 'attachment.not_what_it_says'],
      [page, 'page.html', 415, 'attachment.not_what_it_says'],
      [Buffer.from('%PDF-1.7\n%%EOF'), 'photo.jpg', 415, 'attachment.not_what_it_says'],
      [heic, 'IMG_0001.HEIC', 415, 'attachment.heic'],
      [whole.subarray(0, 900), 'cut.jpg', 415, 'attachment.unreadable'],
      [bomb, 'bomb.png', 413, 'attachment.too_many_pixels'],
    ] as const) {
      const answer = await send(desk, community, bytes, name);
      expect([name, answer.status, answer.body.code]).toEqual([name, status, code]);
      expect(answer.body.title).toMatch(/[一-龥]/);
    }
    expect((await send(desk, community, Buffer.from('%PDF-1.7\n%%EOF'), '合同.pdf')).body).toMatchObject({
      mediaType: 'application/pdf',
      width: null,
    });
  });

  it('refuses a photo of 50 MB and one of 21 MB', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const head = await photo(40, 30);
    for (const megabytes of [50, 21]) {
      const answer = await send(
        desk,
        community,
        Buffer.concat([head, Buffer.alloc(megabytes * 1024 * 1024)]),
        'big.jpg',
      );
      expect([answer.status, answer.body.code]).toEqual([413, 'too_large']);
    }
  });

  it('is its uploader’s until it hangs on something, then goes by the rights to that', async () => {
    const [community, other] = [await house.community(), await house.community()];
    const [desk, tech] = [await house.person('front_desk', community), await house.person('technician', community)];
    const [resident, contractor] = [
      await house.person('resident', community),
      await house.person('contractor', community),
    ];
    const { id } = (await send(desk, community, await photo(60, 40), 'a.jpg')).body;
    const path = `${community.path}/attachments/${id}`;
    expect((await desk.get(path)).status).toBe(200);
    expect((await tech.get(path)).status).toBe(403);
    expect((await resident.get(path)).status).toBe(404);
    expect((await desk.get(`${other.path}/attachments/${id}`)).status).toBe(404);
    const caseId = newId();
    await house.asOwner(`insert into cases (community_id, id, code, kind, state, channel, standard_version_id, received_at, created_at, responsible_id)
      select '${community.id}', '${caseId}', 'BX-2026-800001', 'repair', 'logged', 'phone', id, now(), now(), '${tech.id}'
      from service_standards where community_id = '${community.id}'`);
    const call = systemCall(house.house, community.id, { id: desk.id, organizationId: house.organizationId });
    const hang = (ids: string[], by = call) =>
      house.house.database.write([community.id], (tx) => attachAll(tx, by, ids, 'repair', caseId));
    await expect(hang([newId()])).rejects.toThrow('attachment_unknown');
    const foreign = systemCall(house.house, community.id, { id: tech.id, organizationId: house.organizationId });
    await expect(hang([id], foreign)).rejects.toThrow('attachment_unknown');
    await hang([id]);
    await expect(hang([id])).rejects.toThrow('attachment_used');
    expect((await tech.get(path)).status).toBe(200);
    expect((await contractor.get(path)).status).toBe(404);
  });

  it('answers a resend under the device’s own id with what is there, and refuses that id to others', async () => {
    const community = await house.community();
    const [a, b] = [await house.person('technician', community), await house.person('technician', community)];
    const id = newId();
    const bytes = await photo(80, 60);
    const first = await send(a, community, bytes, 'a.jpg', { id });
    expect(first.body.id).toBe(id);
    expect((await send(a, community, bytes, 'a.jpg', { id })).body).toEqual(first.body);
    expect((await send(b, community, bytes, 'a.jpg', { id })).body.code).toBe('attachment.id_taken');
  });

  it('sweeps what hung on nothing for a day, but no bytes that another photo still shows', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const count = async () => {
      let objects = 0;
      for await (const key of house.house.objects.list()) if (key.startsWith(community.id)) objects++;
      return objects;
    };
    const old = (await send(desk, community, await photo(90, 60), 'old.jpg')).body.id;
    await send(desk, community, await photo(91, 60), 'gone.jpg');
    house.house.time.moveTo(plusMinutes(house.house.time.now(), 23 * 60));
    const young = (await send(desk, community, await photo(90, 60), 'young.jpg')).body.id;
    // Small pictures are their own thumbs; the same photo twice is stored once.
    expect(await count()).toBe(2);
    house.house.time.moveTo(plusMinutes(house.house.time.now(), 90));
    await sweepAttachments(house.house);
    expect((await desk.get(`${community.path}/attachments/${old}`)).status).toBe(404);
    expect((await desk.get(`${community.path}/attachments/${young}`)).status).toBe(200);
    expect(await count()).toBe(1);
    await house.house.objects.put(`${community.id}/${'ab'.repeat(32)}`, Buffer.from('left by a crash'));
    await sweepObjects(house.house);
    expect(await count()).toBe(1);
  });
});
