// A community's own standard in a test: changed the way people do it, by the manager's draft that the general manager
// approves, in force the same day.
import { expect } from 'vitest';
import { dayOf } from '../src/kernel/time.ts';
import type { Community, Person, TestHouse } from './house.ts';

export async function changeFigures(
  house: TestHouse,
  community: Community,
  { manager, gm }: { manager: Person; gm: Person },
  changes: readonly { path: string; value: unknown }[],
): Promise<void> {
  const { id } = (await manager.post(`${community.path}/standards`, {})).body;
  const draft = `${community.path}/standards/${id}`;
  await manager.post(`${draft}/amend`, { revision: 1, changes });
  await manager.post(`${draft}/submit`, { revision: 2, inForceOn: dayOf(house.house.time.now()) });
  const asked = (await gm.get(`${community.path}/approvals?mine=to-decide`)).body.items[0];
  await gm.post(`${community.path}/approvals/${asked.id}/approve`, { version: 1 });
  expect((await gm.get(`${community.path}/standard`)).body).toMatchObject({ id, state: 'in-force' });
}
