// Demo data 演示数据: one organization, two communities and half a year of their life, from a seed and the day.
import { randomInt } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Day, dayOf, type Instant, plusDays, plusMinutes, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { insertOrganization } from '../access/account.store.ts';
import type { Actor } from '../access/permission.rules.ts';
import type { Role } from '../access/role.contract.ts';
import { hashPassword } from '../access/session.service.ts';
import { makeCommunity } from '../access/setup.service.ts';
import { planFollowUps, proposePlan } from '../follow-ups/follow-up-plan.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import {
  type DemoState,
  dropOldNotices,
  findLastInstant,
  hearNotices,
  insertResident,
  markFilled,
  readDemoState,
} from './demo.store.ts';
import { chargeYear, issueBooks } from './demo-charges.service.ts';
import { planComplaints } from './demo-complaints.rules.ts';
import { planEmergencies } from './demo-emergencies.rules.ts';
import { emergencyDeeds } from './demo-emergencies.service.ts';
import { History, type Place, type PlannedTalk } from './demo-history.service.ts';
import { organizationName } from './demo-names.words.ts';
import { CounterYear } from './demo-payments.service.ts';
import { assignAreas, hire, type Settled, settleTown } from './demo-people.service.ts';
import { planRepairs } from './demo-repair-plan.rules.ts';
import { enterRosters } from './demo-roster.service.ts';
import { surveyDeeds, visitDeeds } from './demo-rounds.service.ts';
import { organizationStaff, residentAccount, staffOf } from './demo-staff.words.ts';
import type { Cast } from './demo-story.rules.ts';
import { planSurveys } from './demo-surveys.rules.ts';
import { planTalks } from './demo-talks.rules.ts';
import { type CommunityPlan, communityPlans, planTown, type Town } from './demo-town.rules.ts';
import { planVisits } from './demo-visits.rules.ts';
import { deliverBuildings, enterRegister } from './demo-warranties.service.ts';
import { makeRandom, type Random } from './seeded-random.rules.ts';
import { drawSignature } from './signature-drawing.ts';

export type DemoOptions = {
  /** Password of all accounts. */
  password: string;
  seed?: string;
  /** 1 is the whole demo; less lowers the buildings and shortens the past, for tests. */
  scale?: number;
  /** How long the past is; as `scale` makes it where left out. */
  days?: number;
  progress?: (percent: number) => void;
  /** Takes the ladders' steps that are due at the house's time; handed over from the wiring. */
  sweep: (house: House) => Promise<unknown>;
  /** What becomes of follow-ups by the time alone, over all communities, once all have lived until now. */
  sweepFollowUps: (house: House) => Promise<unknown>;
};

/** As text, the product's own. */
export const defaultSeed = 'guanjia-demo';
const historyDays = 182;
/** What was told in the last minutes is still to be heard: the demo opens on a working day, not on a storm. */
const unheardMinutes = 2;
const repairsOf: Record<CommunityPlan['code'], number> = { LYHT: 600, CTJY: 300 };
/** How many cases are lived at once; with two processors more only wait. */
const width = 6;

export const demoState = (house: House): Promise<DemoState> => house.database.read([], readDemoState);

/**
 * Whether nobody is filling a demo, asked before each round of the timers: the fill lives its half year at its own times, and
 * a sweep at the present one beside it would ring for what is past. Real data and a finished demo stay so: asked no more.
 */
export function makeFilled(house: House): () => Promise<boolean> {
  let isSettled = false;
  return async () => {
    if (isSettled) return true;
    const state = await demoState(house);
    isSettled = state === 'real' || state === 'demo';
    return state !== 'half-filled';
  };
}

/** Fills an empty database; does nothing on demo data; refuses where real data are. Answers whether it filled. */
export async function fillDemo(house: House, options: DemoOptions): Promise<boolean> {
  const state = await demoState(house);
  if (state === 'demo') return false;
  if (state !== 'empty') throw new Refusal(`demo.${state === 'real' ? 'real_data' : 'half_filled'}`);
  const now = house.time.now();
  const today = dayOf(now);
  const { scale = 1, seed = defaultSeed } = options;
  const organizationId = newId();
  const founderId = newId();
  const at = startOfDay(plusDays(today, -historyDays - 30));
  const hired = { house, organizationId, founderId, at, passwordHash: await hashPassword(options.password) };
  await house.database.write([], async (tx) => {
    await insertOrganization(tx, {
      id: organizationId,
      name: organizationName,
      createdAt: at,
      isDemo: true,
      demoDay: today,
    });
  });
  const everywhere = await house.database.write([], async (tx) => {
    const [admin, ...others] = [...organizationStaff].sort(
      (a, b) => Number(b.username === 'admin') - Number(a.username === 'admin'),
    );
    return hire(tx, hired, null, [...(admin ? [admin] : []), ...others]);
  });

  const done = new Map<string, number>();
  const report = (code: string, share: number) => {
    done.set(code, share);
    const all = [...done.values()].reduce((sum, one) => sum + one, 0);
    options.progress?.(Math.floor((all / communityPlans.length) * 100));
  };
  const lived: {
    communityId: string;
    code: CommunityPlan['code'];
    life: History;
    staff: (typeof staffOf)['LYHT'];
    actors: Map<string, Actor>;
    unitIds: readonly string[];
    drawings: readonly string[];
  }[] = [];
  await Promise.all(
    communityPlans.map(async (plan) => {
      const random = (part: string) => makeRandom(`${seed}:${today}:${plan.code}:${part}`);
      const town = planTown(random('town'), plan, today, scale);
      const communityId = newId();
      const staff = staffOf[plan.code];
      const people = await house.database.write([communityId], async (tx) => {
        const { code, name, preset } = plan;
        await makeCommunity(tx, organizationId, { code, name, preset }, founderId, at, communityId);
        const actors = new Map([...everywhere, ...(await hire(tx, hired, communityId, staff))]);
        const settled = await settleTown(tx, house, communityId, town, at, now);
        await enterRegister(tx, house, { communityId, code, today, at }, actors);
        await deliverBuildings(tx, communityId, town, settled.buildingIds);
        await assignAreas(tx, communityId, staff, actors, settled.buildingIds);
        if (plan.code === residentAccount.community) await moveIn(tx, hired, communityId, town, settled, actors);
        return { actors, settled };
      });
      const life = await liveThrough(
        { house, plan, town, communityId, ...people, now, scale, days: options.days, sweep: options.sweep, random },
        (share) => report(plan.code, share),
      );
      const { unitIds } = people.settled;
      const pen = random('counter');
      const drawings = [1, 2, 3].map(() => drawSignature(pen));
      lived.push({ communityId, code: plan.code, life, staff, actors: people.actors, unitIds, drawings });
    }),
  );
  await options.sweepFollowUps(house);
  await options.sweep(house);
  await Promise.all(
    lived.map(async ({ communityId, code, life, staff, actors, unitIds, drawings }) => {
      const named = (role: Role) => staff.find((one) => one.roles.some((held) => held === role))?.username ?? '';
      const cashiers = staff.filter((one) => one.roles.includes('cashier')).map((one) => one.username);
      const leader = organizationStaff.find((one) => one.roles.includes('general_manager'))?.username ?? '';
      let year: CounterYear | undefined;
      await chargeYear({
        ...{ communityId, code, today, scale },
        random: makeRandom(`${seed}:${today}:${code}:meters`),
        callAt: (who, when) => life.callOf(named(who), when),
        billed: async (month, which, months) => {
          year ??= new CounterYear(
            {
              ...{ communityId, today, unitIds, cashiers, drawings },
              posts: { finance: named('finance'), manager: named('manager'), leader },
              random: makeRandom(`${seed}:${today}:${code}:payments`),
              callOf: (username, when) => life.callOf(username, when),
              paper: (call) => life.paper(call),
            },
            months,
          );
          await year.takeMonth(month, which);
        },
      });
      for (const username of cashiers) await year?.takeBack(username, now);
      await issueBooks(
        life.callOf(named('finance'), now),
        cashiers.map((username) => life.idOf(username)),
      );
      await nameCallers(life, staff.find((one) => one.roles.includes('cs_supervisor'))?.username ?? '', now);
      await house.database.write([communityId], async (tx) => {
        await dropOldNotices(tx, communityId, plusMinutes(now, -36 * 60));
        await hearNotices(tx, communityId, plusMinutes(now, -unheardMinutes));
        // At the end: the six months before were lived with everybody there.
        const holders = (role: Role) =>
          staff.filter((one) => one.roles.some((held) => held === role)).map((one) => one.username);
        await enterRosters(tx, communityId, actors, holders, today);
      });
    }),
  );
  await house.database.write([], (tx) => markFilled(tx, organizationId, now));
  return true;
}

type Life = {
  house: House;
  plan: CommunityPlan;
  town: Town;
  communityId: string;
  actors: ReadonlyMap<string, Actor>;
  settled: Settled;
  now: Instant;
  scale: number;
  days: number | undefined;
  sweep: DemoOptions['sweep'];
  random: (part: string) => Random;
};

/** The supervisor has given out half of what is due, the way on foot; the other half waits for her (FU0). */
async function nameCallers(life: History, supervisor: string, now: Instant): Promise<void> {
  const call = life.callOf(supervisor, now);
  const { items } = await proposePlan(call, { limit: 200 });
  const named = items.filter((one, index) => one.caller !== null && index % 2 === 0);
  if (named.length === 0) return;
  await planFollowUps(call, { items: named.map(({ id, caller }) => ({ id, callerId: caller?.id ?? null })) });
}

async function liveThrough(life: Life, progress: (share: number) => void): Promise<History> {
  const { house, plan, town, communityId, actors, settled, now, scale, random } = life;
  const cast = castOf(plan, actors);
  const days = life.days ?? Math.max(30, Math.round(historyDays * scale));
  const repairs = planRepairs(
    { random: random('repairs'), cast, preset: plan.preset, units: town.units },
    { now, days, count: Math.round(repairsOf[plan.code] * scale) },
  );
  const drafts = planTalks(random('talks'), town, cast.desks, now, Math.min(days, 30), plan.code === 'LYHT' ? 7 : 4);
  const colleague = staffOf[plan.code].find((one) => one.roles.some((role) => role === 'butler'))?.username ?? '';
  const talks = drafts.map(({ at, by, unit, party, channel, request, outcome, settledAt }): PlannedTalk => {
    const person = party === null ? undefined : town.parties[party];
    return {
      at,
      by,
      settledAt,
      messageTo: outcome === 'message' ? colleague : null,
      body: {
        channel,
        request,
        outcome,
        ...(unit === null ? {} : { unitId: settled.unitIds[unit] as string }),
        ...(person ? { callerName: person.name, ...(person.phone ? { callerPhone: person.phone } : {}) } : {}),
      },
    };
  });
  const pen = random('signatures');
  const place: Place = {
    house,
    communityId,
    actors,
    unitIds: settled.unitIds,
    parties: town.parties,
    callers: (unit) => {
      const here = town.units[unit]?.relations.find((one) => one.untilOn === null);
      return here && town.parties[here.party];
    },
    drawings: [1, 2, 3, 4, 5].map(() => drawSignature(pen)),
    sweep: life.sweep,
  };
  const history = new History(place);
  const complaints = planComplaints(random('complaints'), cast, town.units, {
    now,
    days,
    preset: plan.preset,
  });
  const rounds = {
    preset: plan.preset,
    units: town.units,
    supervisor: cast.supervisor,
    manager: cast.manager,
    heads: { engineer: cast.engineer, environment: cast.otherHead, order: cast.orderHead, supervisor: cast.supervisor },
  };
  const { householdVisits } = (await house.database.read([communityId], (tx) => standardInForce(tx, communityId)))
    .document.followUp;
  const { roles, perPersonPerMonth } = householdVisits.value;
  const people = staffOf[plan.code].filter((one) => one.roles.some((role) => roles.includes(role)));
  const ground = { place, callOf: (username: string, at: Instant) => history.callOf(username, at) };
  const visits = planVisits({ ...rounds, random: random('visits'), people, perPersonPerMonth }, now, days);
  const surveys = planSurveys({ ...rounds, random: random('surveys'), desks: cast.desks, scale }, now, days);
  const scene = { random: random('emergencies'), preset: plan.preset, cast, units: town.units };
  const others = [
    ...visitDeeds(ground, visits),
    ...surveyDeeds(ground, surveys),
    ...emergencyDeeds(ground, planEmergencies(scene, now, days), plan.preset),
  ];
  await history.live({ repairs, talks, complaints, others }, now, width, (done, all) => progress(done / all));
  return history;
}

const contractorOf = (plan: CommunityPlan, category: string): string =>
  castContractors[plan.code][category] ?? (plan.code === 'LYHT' ? 'contractor' : 'contractor-b');

const castContractors: Record<CommunityPlan['code'], Record<string, string>> = {
  LYHT: { 'walls-roof': 'contractor-walls', 'doors-windows': 'contractor-walls', lift: 'contractor-lift' },
  CTJY: {},
};

function castOf(plan: CommunityPlan, actors: ReadonlyMap<string, Actor>): Cast {
  const staff = staffOf[plan.code];
  const holding = (role: string) =>
    staff.filter((one) => one.roles.some((held) => held === role)).map((one) => one.username);
  const first = (role: string) => holding(role)[0] ?? '';
  return {
    desks: holding('front_desk'),
    butlers: holding('butler'),
    butlerOf: Object.fromEntries(
      staff
        .filter((one) => one.roles.includes('butler'))
        .flatMap((one) => (one.buildings ?? []).map((building) => [String(building), one.username])),
    ),
    generalManager: organizationStaff.find((one) => one.roles.includes('general_manager'))?.username ?? '',
    manager: first('manager'),
    orderHead: first('order_supervisor'),
    supervisor: first('cs_supervisor'),
    engineer: first('engineering_supervisor'),
    technicians: holding('technician'),
    duty: first('duty_technician'),
    contractors: castContractors[plan.code],
    contractor: contractorOf(plan, ''),
    otherHead: first('environment_supervisor'),
    otherWorker: first('environment_assistant'),
    otherDepartment: 'environment',
    resident: actors.has(residentAccount.username) ? residentAccount.username : null,
  };
}

/** The resident of the demo is an owner of unit 101 in the first building, with an account in that name. */
async function moveIn(
  tx: Tx,
  hired: Parameters<typeof hire>[1],
  communityId: string,
  town: Town,
  settled: Settled,
  actors: Map<string, Actor>,
): Promise<void> {
  const owner = town.units[0]?.relations.find((one) => one.relation === 'owner' && one.untilOn === null);
  const name = owner && town.parties[owner.party]?.name;
  if (!owner || !name) throw new Error('nobody owns the first unit');
  const made = await hire(tx, hired, communityId, [{ username: residentAccount.username, name, roles: ['resident'] }]);
  for (const [username, actor] of made) {
    actors.set(username, actor);
    await insertResident(tx, {
      communityId,
      id: newId(),
      accountId: actor.accountId,
      partyId: settled.partyIds[owner.party] as string,
    });
  }
}

/** Without look-alikes, to be read off a screen. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
export const randomPassword = (): string => [...Array(14)].map(() => letters[randomInt(letters.length)]).join('');

/** A demo's clock never goes back behind what is already written: the later of the two. */
export async function laterThanData(
  house: House,
  wanted: Instant,
): Promise<{ at: Instant; isMoved: boolean; today: Day }> {
  const last = await house.database.everywhere(findLastInstant);
  const isMoved = last !== null && last > wanted;
  const at = isMoved ? last : wanted;
  return { at, isMoved, today: dayOf(at) };
}
