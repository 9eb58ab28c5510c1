// What a recount reads: the pages of the public interface, as anybody with the right to see them reads them. Nothing of the
// product's own code comes in here; whatever it misunderstands, this must not misunderstand with it.
import ExcelJS from 'exceljs';

/** A GET of the public interface, below `/api/v1`. */
export type Reader = {
  json(path: string): Promise<unknown>;
  file(path: string): Promise<Uint8Array>;
};

export type Entry = { action: string; at: string; kind: string; facts: Record<string, unknown> };
export type Clock = {
  kind: string;
  key: string;
  state: string;
  dueAt: string | null;
  stoppedAt: string | null;
};
export type CasePage = {
  id: string;
  code: string;
  kind: string;
  unitId: string | null;
  department: string;
  receivedAt: string;
  timeline: Entry[];
  clocks: Clock[];
  /** Of a repair. */
  urgency?: string;
  /** Of a complaint. */
  severity?: string;
  validity?: string;
  cause?: string | null;
  anonymous?: boolean;
  mergedInto?: { id: string } | null;
  /** As the list shows them. */
  category: string | null;
};
export type FollowUp = {
  caseId: string;
  what: string;
  kind: string;
  month: string;
  result: { verdict: string } | null;
};
export type Visit = {
  unit: { id: string };
  visitor: { id: string };
  state: string;
  result: { heldAt: string } | null;
};
export type Survey = {
  id: string;
  closedAt: string | null;
  state: string;
  questions: { kind: string; isOverall: boolean; text: string }[];
  sheets: Sheet[];
};
/** One household's answer: its steps by the place of the question. */
export type Sheet = { id: string; answeredAt: string; unitId: string; steps: Map<number, number> };
export type Unit = {
  id: string;
  building: string;
  state: string;
  deliveredOn: string | null;
  people: Relation[];
};
type Relation = { relation: string; fromOn: string; untilOn: string | null };
export type Staff = { id: string; name: string; roles: string[] };
export type Area = { buildingIds: string[]; unitIds: string[] };

/** A figure of the standard, by its path: `repair.targets.rework`. */
export type Standard = (path: string) => unknown;

export type Facts = {
  now: string;
  standard: Standard;
  buildings: Map<string, string>;
  units: Map<string, Unit>;
  areas: Map<string, Area>;
  staff: Staff[];
  repairs: CasePage[];
  complaints: CasePage[];
  followUps: FollowUp[];
  visits: Visit[];
  surveys: Survey[];
};

const object = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;

export async function everyItem<Item>(reader: Reader, path: string): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null = null;
  do {
    const sign = path.includes('?') ? '&' : '?';
    const page = object(
      await reader.json(cursor === null ? path : `${path}${sign}cursor=${encodeURIComponent(cursor)}`),
    );
    all.push(...(page.items as Item[]));
    cursor = (page.nextCursor as string | null | undefined) ?? null;
  } while (cursor !== null);
  return all;
}

/** Pages are independent of one another; a few at once keep the line busy. */
const atOnce = 4;
async function each<From, To>(all: readonly From[], read: (one: From) => Promise<To>): Promise<To[]> {
  const made: To[] = [];
  const queue = [...all.entries()];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) made[next[0]] = await read(next[1]);
    }),
  );
  return made;
}

export async function readFacts(reader: Reader, communityId: string): Promise<Facts> {
  const base = `/communities/${communityId}`;
  const document = object(object(await reader.json(`${base}/standard`)).document);
  const buildings = await everyItem<{ id: string; name: string }>(reader, `${base}/buildings`);
  const listed = await everyItem<{ id: string }>(reader, `${base}/units?limit=200`);
  const units = await each(listed, async ({ id }) => {
    const { history, people, ...unit } = object(await reader.json(`${base}/units/${id}`));
    return { ...unit, people: [...(people as Relation[]), ...(history as Relation[])] } as Unit;
  });
  const staff = await everyItem<Staff>(reader, `${base}/staff`);
  const areas = await each(
    staff,
    async ({ id }) => [id, (await reader.json(`${base}/staff/${id}/area`)) as Area] as const,
  );
  const rows = await everyItem<{ id: string; kind: string; category: string | null }>(
    reader,
    `${base}/cases?limit=200&sort=oldest`,
  );
  const pages = (kind: string) =>
    each(
      rows.filter((row) => row.kind === kind),
      async ({ id, category }) => ({ ...object(await reader.json(`${base}/${kind}s/${id}`)), category }) as CasePage,
    );
  const states = 'due,visit-due,recorded,reviewed,not-owed,void';
  const surveys = await everyItem<Survey>(reader, `${base}/surveys`);
  return {
    now: object(await reader.json('/clock')).now as string,
    standard: (path) => {
      const found = path.split('.').reduce<unknown>((at, name) => object(at)[name], document);
      return 'value' in object(found) ? object(found).value : found;
    },
    buildings: new Map(buildings.map(({ id, name }) => [name, id])),
    units: new Map(units.map((unit) => [unit.id, unit])),
    areas: new Map(areas),
    staff,
    repairs: await pages('repair'),
    complaints: await pages('complaint'),
    followUps: await everyItem<FollowUp>(reader, `${base}/follow-ups?limit=200&sort=newest&state=${states}`),
    visits: await everyItem<Visit>(reader, `${base}/visits?limit=200`),
    surveys: await each(
      surveys.filter((one) => one.state === 'closed'),
      async (survey) => ({ ...survey, sheets: await readSheets(reader, `${base}/surveys/${survey.id}`, survey) }),
    ),
  };
}

/** Answers leave the house in the workbook only: by number and building, in the order in which they came. */
async function readSheets(reader: Reader, path: string, survey: Survey): Promise<Sheet[]> {
  const households = await everyItem<{ id: string; unit: { id: string }; answeredAt: string }>(
    reader,
    `${path}/households?answered=true&limit=200`,
  );
  const inOrder = households.sort((a, b) => compare(a.answeredAt, b.answeredAt) || compare(a.id, b.id));
  const workbook = new ExcelJS.Workbook();
  const bytes = await reader.file(`${path}/export`);
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const cellsOf = (name: string): string[][] => {
    const rows: string[][] = [];
    workbook.getWorksheet(name)?.eachRow((row) => {
      rows.push((row.values as unknown[]).slice(1).map((value) => String(value ?? '')));
    });
    return rows;
  };
  // The sheet by questions names the steps of each scale from the lowest to the highest.
  const steps = new Map<string, number>();
  const scale = survey.questions.find((question) => question.kind === 'scale');
  for (const [, , step] of cellsOf('按题目').filter(([text]) => text === scale?.text))
    if (step) steps.set(step, steps.size + 1);
  const answers = cellsOf('答卷');
  const head = answers.findIndex(([first]) => first === '序号');
  return answers.slice(head + 1).map((cells) => {
    const household = inOrder[Number(cells[0]) - 1];
    if (!household) throw new Error(`answer ${cells[0]} belongs to no household`);
    const said = survey.questions.flatMap((question, place) =>
      question.kind === 'scale' ? [[place, steps.get(cells[4 + place] ?? '') ?? Number.NaN] as const] : [],
    );
    const { id, answeredAt, unit } = household;
    return { id, answeredAt, unitId: unit.id, steps: new Map(said) };
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
