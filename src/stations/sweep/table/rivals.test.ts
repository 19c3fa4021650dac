import { describe, expect, it } from 'vitest';
import type { SweepContest } from '../../lab/sweep.ts';
import { heldIn, offeredRivals, rivalsToHold } from './rivals.ts';

const plan = { axes: [{ name: 'beta' as const, values: [8] }], splits: [1, 2] };
const costly = { ...plan, costly: true };
const COSTLY = rivalsToHold(true).map(({ name }) => name);

function contestOf(
  split: number,
  contenders: readonly string[],
  metric: SweepContest['metric'] = 'mse',
): SweepContest {
  return {
    ...{ split, metric, full: { error: 1, seconds: 1 }, floor: 2 },
    trials: contenders.map((contender) => ({
      ...{ contender, beta: 8, samples: 10, errors: [1], seconds: { making: 0, fitting: 0 } },
    })),
  };
}

const namesOf = (of: Parameters<typeof offeredRivals>[0], contests: SweepContest[]) =>
  offeredRivals(of, contests)?.metas.map(({ name }) => name);

describe('who may still take part in a sweep', () => {
  it('is nobody whom the target is not for', () => {
    expect(heldIn(contestOf(1, ['random']))).toEqual(['random', 'stratified']);
    expect(heldIn(contestOf(1, ['random'], 'logLoss'))).toEqual(['random']);
    expect(
      namesOf(
        plan,
        [1, 2].map((split) => contestOf(split, ['random'], 'logLoss')),
      ),
    ).toEqual(['stratified']);
  });

  it('are drawn samples first, then those that take long', () => {
    expect(offeredRivals(plan, [])).toMatchObject({ isCostly: false, isLacking: true });
    const drawn = [1, 2].map((split) => contestOf(split, ['random']));
    expect(offeredRivals(plan, drawn)).toMatchObject({ isCostly: true, isLacking: false });
    expect(namesOf(plan, drawn)).toEqual(COSTLY);
  });

  it('are those that a split lacks, whichever contest of it has the others', () => {
    const older = [1, 2].flatMap((split) => [
      contestOf(split, ['random']),
      contestOf(split, ['k-means', 'greedygd']),
    ]);
    expect(offeredRivals(costly, older)).toMatchObject({ isCostly: true, isLacking: true });
    expect(namesOf(costly, older)).toEqual(['grad-match', 'craig']);
    const whole = [1, 2].map((split) => contestOf(split, ['random', ...COSTLY]));
    expect(offeredRivals(costly, whole)).toBeNull();
    expect(namesOf(costly, [...whole.slice(1), contestOf(1, ['random', ...COSTLY.slice(1)])])).toEqual(
      COSTLY.slice(0, 1),
    );
  });
});
