// How right the sibling rule is on real complaints that a person read: `npm run bench -- siblings --file F`. Precision: of
// what is proposed for the complaints drawn, how much is the same event; recall: of what is, how much is proposed, and of
// what fits into so many as are shown at most. The rule was tuned on the first drawing; the second was read afterwards.
// Building and department are not in the list, so the words must do it alone, with every row of the window taken as open.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pairsOf, proposeSiblings, rarityOf } from '../src/domain/complaints/complaint-siblings.rules.ts';
import { hourMs, msBetween } from '../src/kernel/time.ts';
import { type Complaint, drawComplaints, readComplaints } from './complaint-file.ts';

type Labels = { seed: string; same: Record<string, number[]>; unsure: Record<string, number[]> };

const { values } = parseArgs({ options: { file: { type: 'string' } } });
if (values.file === undefined) throw new Error('--file is missing');
const root = join(import.meta.dirname, '..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const policy = read('standards/standard.json').complaint.sameEvent.value;
const complaints = await readComplaints(values.file);

const factsOf = ({ row, at, title, text }: Complaint) => ({
  row,
  buildingId: null,
  place: null,
  against: null,
  text: `${title}\n${text}`,
  at,
});
const all = complaints.map(factsOf);
const holders = new Map<string, number>();
for (const { text } of all) for (const pair of pairsOf(text)) holders.set(pair, (holders.get(pair) ?? 0) + 1);
const rarity = rarityOf(holders, all.length);
const say = (line: string) => process.stdout.write(`${line}\n`);
const share = (part: number, whole: number) => (whole === 0 ? '–' : `${part}/${whole} = ${(part / whole).toFixed(2)}`);

for (const [what, path] of [
  ['tuned on', 'bench/sibling-labels.json'],
  ['held out', 'bench/sibling-labels-held-out.json'],
] as const) {
  const labels = read(path) as Labels;
  const drawn = drawComplaints(complaints, labels.seed, Object.keys(labels.same).length);
  if (drawn.some(({ row }) => labels.same[row] === undefined)) throw new Error('another list than the one labelled');
  say(`${what}, ${drawn.length} complaints`);
  for (const withinHours of [72, policy.withinHours, 2_160, 24 * 400]) judge(labels, drawn, withinHours);
}

function judge(labels: Labels, drawn: readonly Complaint[], withinHours: number): void {
  let [right, wrong, unsure, there, showable] = [0, 0, 0, 0, 0];
  const mistakes: string[] = [];
  for (const subject of drawn.map(factsOf)) {
    const near = all.filter(
      (other) => other.row !== subject.row && Math.abs(msBetween(subject.at, other.at)) < withinHours * hourMs,
    );
    const same = new Set(labels.same[subject.row]);
    const ofSame = near.filter(({ row }) => same.has(row)).length;
    there += ofSame;
    showable += Math.min(ofSame, policy.atMost);
    for (const { candidate, score } of proposeSiblings({ ...policy, withinHours }, rarity, subject, near)) {
      if (labels.unsure[subject.row]?.includes(candidate.row)) unsure++;
      else if (same.has(candidate.row)) right++;
      else {
        wrong++;
        mistakes.push(`${subject.row}→${candidate.row} (${score.points})`);
      }
    }
  }
  say(
    `  within ${withinHours} h${withinHours === policy.withinHours ? ' (the standard)' : ''}: precision ${share(right, right + wrong)}, recall ${share(right, there)}, of what fits ${share(right, showable)}, unsure ones proposed ${unsure}${mistakes.length > 0 ? `, wrong: ${mistakes.join(' ')}` : ''}`,
  );
}
