// Shows what a person labels: the complaints drawn by the seed, each with those of the whole list that could be of the
// same event. `npx tsx bench/siblings-draw.ts --file F [--seed S] [--count 50]`. The neighbours are found by plain cosines
// of title and text, apart from the rule under test, so that its misses can be seen.
import { parseArgs } from 'node:util';
import { type Complaint, drawComplaints, readComplaints } from './complaint-file.ts';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    seed: { type: 'string', default: 'siblings-1' },
    count: { type: 'string', default: '50' },
    near: { type: 'string', default: '10' },
  },
});
if (values.file === undefined) throw new Error('--file is missing');
const complaints = await readComplaints(values.file);

const pairsOf = (text: string): Set<string> => {
  const characters = [...text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, '')];
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`));
};

/** The `near` nearest by the cosine of their pairs of characters, rare ones weighing more. */
function neighboursBy(read: (complaint: Complaint) => string) {
  const all = complaints.map((complaint) => pairsOf(read(complaint)));
  const holders = new Map<string, number[]>();
  for (const [at, pairs] of all.entries())
    for (const pair of pairs) holders.set(pair, [...(holders.get(pair) ?? []), at]);
  const weightOf = (pair: string) => Math.log(complaints.length / (holders.get(pair)?.length ?? 1)) ** 2;
  const lengths = all.map((pairs) => Math.sqrt([...pairs].reduce((sum, pair) => sum + weightOf(pair), 0)));
  return (at: number): number[] => {
    const dots = new Map<number, number>();
    for (const pair of all[at] ?? [])
      for (const other of holders.get(pair) ?? [])
        if (other !== at) dots.set(other, (dots.get(other) ?? 0) + weightOf(pair));
    const cosine = ([other, dot]: readonly [number, number]) => dot / ((lengths[at] ?? 1) * (lengths[other] ?? 1));
    return [...dots]
      .toSorted((a, b) => cosine(b) - cosine(a))
      .slice(0, Number(values.near))
      .map(([other]) => other);
  };
}

const byTitle = neighboursBy((complaint) => complaint.title);
const byText = neighboursBy((complaint) => complaint.text);
for (const drawn of drawComplaints(complaints, values.seed, Number(values.count))) {
  const at = complaints.indexOf(drawn);
  process.stdout.write(`\n# ${lineOf(drawn, 160)}\n`);
  for (const other of new Set([...byTitle(at), ...byText(at)]))
    process.stdout.write(`  ${lineOf(complaints[other] as Complaint, 70)}\n`);
}

function lineOf({ row, at, title, text }: Complaint, length: number): string {
  return `${row} ${at.slice(0, 10)} ${title} | ${text.replaceAll('\n', ' ').slice(0, length)}`;
}
