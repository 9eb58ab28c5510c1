// Sixteen tills on two books while the program is killed in the middle (MN6); `npm run bench -- tills` does it a hundred times.
import { expect, it } from 'vitest';
import { openGround } from '../bench/ground.ts';
import { runTills } from '../bench/tills.ts';

it('every payment that was acknowledged stands once with its receipt, the others wholly or not at all', {
  timeout: 240_000,
}, async () => {
  const ground = await openGround();
  try {
    const base = await ground.database('tills');
    const result = await runTills(base, 3, () => {});
    await base.close();
    expect(result.faults).toEqual([]);
    expect(result.acknowledged).toBeGreaterThan(16);
    expect(result.voided).toBeGreaterThan(0);
  } finally {
    await ground.close();
  }
});
