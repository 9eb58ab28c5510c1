// Random days of money against the plain model, many of them (`npm run bench -- ledger --sequences 100000 --steps 40`);
// the tests run a thousand. Ends with 1 and the seed where ledger and model differ.
import { runSequence } from '../src/domain/ledger/ledger-model.fixture.ts';

const option = (name: string, otherwise: number): number => {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? otherwise : Number(process.argv[place + 1]);
};
const [sequences, steps, first] = [option('sequences', 100_000), option('steps', 40), option('seed', 1)];
const startedAt = process.hrtime.bigint();
let entries = 0;
let refused = 0;
const done = new Map<string, number>();
for (let seed = first; seed < first + sequences; seed++) {
  const outcome = runSequence(seed, steps);
  entries += outcome.entries;
  refused += outcome.refused;
  for (const [act, count] of Object.entries(outcome.done)) done.set(act, (done.get(act) ?? 0) + count);
}
const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
process.stdout.write(
  `${sequences} sequences of ${steps} acts: ${entries} entries balanced and equal to the model, ${refused} refusals on both sides, ${seconds.toFixed(1)} s\n${[...done].map(([act, count]) => `${act} ${count}`).join(', ')}\n`,
);
