// Water meters of one building for the demo, read a few days before each month is billed: by the real services, each reading
// at its own time. What the main meter shows beyond the homes' is what all use together.
import { atWallTime, type Day, type Month, plusDays } from '../../kernel/time.ts';
import type { Call } from '../access/call.ts';
import { createMeter, createReading } from '../charges/meter.service.ts';
import { listHomesOfFirstBuilding } from './demo.store.ts';
import type { Random } from './seeded-random.rules.ts';

const homesMetered = 24;
const readDaysBefore = 5;
/** What a home uses in a month, thousandths of a cubic metre. */
const leastUsed = 4_000;
const mostUsed = 21_000;
/** What leaks, waters the green and washes the stairs, of what the homes use. */
const sharedPercent = 6;

type Dial = { id: string; shows: number; usual: number };

export class WaterMeters {
  private homes: Dial[] = [];
  private main: Dial | null = null;

  constructor(
    private readonly itemId: string,
    private readonly callAt: (at: string) => Call,
    private readonly random: Random,
  ) {}

  /** Called before each month that is billed, in their order. */
  async readFor(month: Month): Promise<void> {
    const on = plusDays(`${month}-01`, -readDaysBefore);
    if (this.main === null) await this.install(plusDays(on, -30));
    const call = this.callAt(atWallTime(on, '15:30'));
    let together = 0;
    for (const home of this.homes) {
      const used = Math.round((home.usual * this.random.between(85, 115)) / 100);
      together += used;
      await this.read(call, home, month, on, used);
    }
    if (this.main) await this.read(call, this.main, month, on, Math.round((together * (100 + sharedPercent)) / 100));
  }

  private async read(call: Call, dial: Dial, month: Month, on: Day, used: number): Promise<void> {
    dial.shows += used;
    const body = { meterId: dial.id, month, on, reading: dial.shows, confirmed: [], attachmentIds: [] };
    await createReading(call, { params: { communityId: call.communityId }, query: undefined, body, uploads: [] });
  }

  private async install(installedOn: Day): Promise<void> {
    const call = this.callAt(atWallTime(installedOn, '09:00'));
    const { communityId, house } = call;
    const units = await house.database.read([communityId], (tx) =>
      listHomesOfFirstBuilding(tx, communityId, homesMetered),
    );
    const meter = async (code: string, place: { unitId: string } | { buildingId: string }, shows: number) => {
      const body = { itemId: this.itemId, code, ...place, dialFigures: 6, installedOn, start: shows };
      const { id } = await createMeter(call, { params: { communityId }, query: undefined, body, uploads: [] });
      return id;
    };
    for (const [place, { id, label }] of units.entries()) {
      const shows = this.random.between(12, 480) * 1_000;
      const code = `S${String(place + 1).padStart(4, '0')}`;
      const usual = this.random.between(leastUsed, mostUsed);
      this.homes.push({ id: await meter(`${code}-${label}`, { unitId: id }, shows), shows, usual });
    }
    const [first] = units;
    if (first) this.main = { id: await meter('S0000', { buildingId: first.buildingId }, 0), shows: 0, usual: 0 };
  }
}
