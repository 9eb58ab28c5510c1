// The demo's warranty register 维保约定: firms with people, terms from the delivery, a firm followed by another, and the
// buildings' own days.
import { newId } from '../../kernel/id.ts';
import { type Day, type Instant, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import type { Actor } from '../access/permission.rules.ts';
import { sealContractorPhone } from '../warranties/contractor.service.ts';
import {
  insertContractor,
  insertKeeper,
  insertPerson,
  insertTerm,
  updateDelivery,
} from '../warranties/warranty.store.ts';
import type { Town } from './demo-town.rules.ts';
import { demoRegister } from './demo-warranties.words.ts';

export async function enterRegister(
  tx: Tx,
  house: House,
  place: { communityId: string; code: keyof typeof demoRegister; today: Day; at: Instant },
  actors: ReadonlyMap<string, Actor>,
): Promise<void> {
  const { communityId, today, at } = place;
  const { firms, terms } = demoRegister[place.code];
  const before = (days: number): Day => plusDays(today, -days);
  const firmIds = new Map<string, string>();
  for (const firm of firms) {
    const id = newId();
    firmIds.set(firm.name, id);
    await insertContractor(tx, communityId, {
      id,
      name: firm.name,
      trades: [...firm.trades],
      activeFrom: before(firm.from),
      activeUntil: firm.until === null ? null : before(firm.until),
      note: firm.note ?? '',
      createdAt: at,
    });
    for (const [sort, person] of firm.people.entries()) {
      const personId = newId();
      const phone = sealContractorPhone(house, personId, person.phone);
      await insertPerson(tx, communityId, {
        id: personId,
        contractorId: id,
        name: person.name,
        duty: person.duty,
        phoneSealed: phone.sealed,
        phoneMasked: phone.masked,
        accountId: (person.username && actors.get(person.username)?.accountId) || null,
        sort,
      });
    }
  }
  for (const { covers, category, part = null, months, startsDaysAgo, keepers } of terms) {
    const termId = newId();
    await insertTerm(tx, communityId, {
      id: termId,
      covers,
      buildingId: null,
      unitId: null,
      category,
      part,
      months,
      untilOn: null,
      startsOn: startsDaysAgo === undefined ? null : before(startsDaysAgo),
      createdAt: at,
    });
    for (const { firm, fromDaysAgo } of keepers)
      await insertKeeper(tx, communityId, {
        id: newId(),
        termId,
        contractorId: firmIds.get(firm) as string,
        fromOn: fromDaysAgo === undefined ? null : before(fromDaysAgo),
        enteredBy: null,
        enteredAt: at,
      });
  }
}

/** What all share was handed over with the first unit of the building. */
export async function deliverBuildings(
  tx: Tx,
  communityId: string,
  town: Town,
  buildingIds: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [name, id] of buildingIds) {
    const days = town.units.flatMap((unit) => (unit.building === name ? (unit.deliveredOn ?? []) : []));
    const [first] = days.sort();
    if (first !== undefined) await updateDelivery(tx, communityId, id, first);
  }
}
