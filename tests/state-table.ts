// A state table of spec/10 against a running house: every move by everybody in one state, over real HTTP. What the table
// allows happens, everything else is refused with the right answer, and the buttons promise neither more nor less.
// Whoever wears no hat is refused before anybody looks at state or move, so those are asked by pairs: each in every state,
// and for every move.
import { expect } from 'vitest';
import type { Answer, Person } from './house.ts';

/** Fewer than there are states and moves: over all states each pair of person and move comes up. */
const pairs = 12;

/** A case as it lies there. */
export type Standing = { id: string; version: number };
export type Asker = { who: string; person: Person; isOutsider: boolean };

/** `Way`: which of the ways to a state, by level, by who holds it. */
export type StateTable<Caller extends Asker, State extends string, Move extends string, Way extends string> = {
  states: readonly State[];
  moves: readonly Move[];
  isHatted(caller: Caller): boolean;
  pathOf(id: string): string;
  /** Looks whether refused moves left a trace. */
  reader(): Person;
  /** Brings a new case into a state. */
  make(state: State, way: Way): Promise<Standing>;
  /** A body that lacks nothing, so that only state and person can be in the way. */
  bodyOf(move: Move, asked: { caller: Caller; way: Way; isRefused: boolean }): Promise<Record<string, unknown>>;
  /** What the table says: `200`, or what `inWords` says of the refusal. */
  expected(move: Move, state: State, caller: Caller, way: Way): string;
  /** Where an allowed move leads. */
  reached(move: Move, state: State): string;
  /** A case that moved so stands as `make` would have brought it there: the next question needs no new one. */
  isCanonical(move: Move, from: State): boolean;
};

/** A few requests at a time, as a house has a few people at work. */
export async function inTurns<Each>(all: readonly Each[], act: (each: Each) => Promise<void>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
    }),
  );
}

const inWords = ({ status, body }: Answer): string => {
  if (status === 200 || status === 404) return String(status);
  const isOfState = status === 409 && String(body.code).endsWith('.move_not_allowed');
  return `${status} ${body.code}${isOfState ? ` ${body.facts?.state} ${body.facts?.move}` : ''}`;
};

/** Answers how to ask everybody for every move in a state. */
export function askingEverybody<Caller extends Asker, State extends string, Move extends string, Way extends string>(
  table: StateTable<Caller, State, Move, Way>,
): (state: State, way: Way, callers: readonly Caller[]) => Promise<void> {
  const lying = new Map<string, Standing[]>();
  const freshIn = async (state: State, way: Way) =>
    lying.get(`${way} ${state}`)?.pop() ?? (await table.make(state, way));
  const keep = (one: Standing, way: Way, state: string) =>
    lying.set(`${way} ${state}`, [...(lying.get(`${way} ${state}`) ?? []), one]);

  return async (state, way, callers) => {
    const standing = await freshIn(state, way);
    const told: string[] = [];
    const should: string[] = [];
    const note = (caller: Caller, name: string, was: string, wanted: string) => {
      told.push(`${caller.who}: ${name} ${was}`);
      should.push(`${caller.who}: ${name} ${wanted}`);
    };
    const ask = async ({ id, version }: Standing, caller: Caller, name: Move, isRefused: boolean) =>
      caller.person.post(`${table.pathOf(id)}/${name}`, {
        version,
        ...(await table.bodyOf(name, { caller, way, isRefused })),
      });
    const isAllowed = (name: Move, caller: Caller) => table.expected(name, state, caller, way) === '200';

    const turn = table.states.indexOf(state);
    const all = callers.flatMap((caller, at) =>
      table.moves
        .filter((_, index) => table.isHatted(caller) || (turn + at + index) % pairs === 0)
        .map((name) => ({ caller, name })),
    );
    await inTurns(
      all.filter(({ caller, name }) => !isAllowed(name, caller)),
      async ({ caller, name }) =>
        note(caller, name, inWords(await ask(standing, caller, name, true)), table.expected(name, state, caller, way)),
    );
    const seen = await table.reader().get(table.pathOf(standing.id));
    expect(seen.body, 'a refused move leaves no trace').toMatchObject({ state, version: standing.version });

    // The buttons: what each one is shown as allowed is what the next requests accept.
    await inTurns(callers, async (caller) => {
      const read = await caller.person.get(table.pathOf(standing.id));
      if (read.status !== 200) return;
      const shown: string[] = read.body.moves.flatMap((move: { name: string; allowed: boolean }) =>
        move.allowed ? [move.name] : [],
      );
      const accepted = table.moves.filter((name) => isAllowed(name, caller));
      note(caller, 'buttons', shown.sort().join(' '), [...accepted].sort().join(' '));
    });

    await inTurns(
      all.filter(({ caller, name }) => isAllowed(name, caller)),
      async ({ caller, name }) => {
        const one = await freshIn(state, way);
        const { status, body } = await ask(one, caller, name, false);
        if (status === 200 && table.isCanonical(name, state))
          keep({ id: one.id, version: body.version }, way, body.state);
        const was =
          status === 200 ? `200 ${body.state}` : `${inWords({ status, body } as Answer)} ${JSON.stringify(body)}`;
        note(caller, name, was, `200 ${table.reached(name, state)}`);
      },
    );
    expect(told.sort()).toEqual(should.sort());
    expect(told.length).toBeGreaterThanOrEqual(callers.filter(table.isHatted).length * table.moves.length);
  };
}
