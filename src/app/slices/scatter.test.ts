import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { createLabStore } from '../store.ts';
import { createFakeLab, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>['store'];

const scatter = () => lab.getState().scatter;
const callsOf = (name: string) => fake.calls.filter((call) => call.startsWith(name));
const drawn = () => vi.waitFor(() => expect(scatter().lines).not.toBeNull());

beforeEach(async () => {
  fake = createFakeLab();
  lab = createLabStore(fake.services).store;
  await lab.getState().load({ kind: 'sample', id: 'diamonds' });
  await vi.waitFor(() => expect(lab.getState().learn.condensed.closedForm.status).toBe('done'));
});

describe('the picture of condensing', () => {
  it('is worked out once someone looks at it: records, samples, lines', async () => {
    expect(callsOf('scatter')).toEqual([]);
    lab.getState().watchScatter(true);
    await drawn();
    const { beta } = lab.getState().settings;
    expect(callsOf('scatter')).toEqual(['scatterCloud', `scatterSamples ${beta}`, `scatterLines ${beta}`]);
    expect(scatter()).toMatchObject({ cloud: { status: 'done' }, samples: { beta }, error: null });
  });

  it('follows β without the records, and the last β counts of those that come too fast', async () => {
    lab.getState().watchScatter(true);
    await drawn();
    const held = fake.hold('scatterSamples 3');
    for (const beta of [3, 4, 5, 6]) lab.getState().change({ beta });
    await vi.waitFor(() => expect(callsOf('scatterSamples 3')).toHaveLength(1));
    held.release();
    await vi.waitFor(() => expect(scatter().samples?.beta).toBe(6));
    expect(callsOf('scatterSamples').slice(1)).toEqual(['scatterSamples 3', 'scatterSamples 6']);
    expect(callsOf('scatterCloud')).toHaveLength(1);
  });

  it('leaves off lines that nobody waits for any more', async () => {
    lab.getState().watchScatter(true);
    await drawn();
    fake.hold('scatterLines 3');
    lab.getState().change({ beta: 3 });
    await vi.waitFor(() => expect(callsOf('scatterLines 3')).toHaveLength(1));
    lab.getState().change({ beta: 4 });
    await vi.waitFor(() => expect(callsOf('scatterLines 4')).toHaveLength(1));
    expect(scatter().samples?.beta).toBe(4);
  });

  it('has the columns that are chosen, and the random sample when it is wanted', async () => {
    lab.getState().watchScatter(true);
    await drawn();
    lab.getState().changeScatter({ x: 'b' });
    await vi.waitFor(() => expect(scatter().cloud.value?.axes?.x.column).toBe('b'));
    expect(scatter().cloud.value?.axes?.y.column).toBe('y');
    lab.getState().changeScatter({ withRandom: true });
    await vi.waitFor(() => expect(scatter().lines?.random).not.toBeNull());
    expect(scatter().samples?.random?.x).toHaveLength(2);
    expect(callsOf('scatterCloud')).toHaveLength(2);
  });

  it('rests while nobody looks', async () => {
    lab.getState().watchScatter(true);
    await drawn();
    lab.getState().watchScatter(false);
    lab.getState().change({ beta: 4 });
    await vi.waitFor(() => expect(lab.getState().learn.condensed.closedForm.stale).toBe(false));
    expect(callsOf('scatterSamples 4')).toEqual([]);
    lab.getState().watchScatter(true);
    await vi.waitFor(() => expect(scatter().samples?.beta).toBe(4));
    expect(callsOf('scatterCloud')).toHaveLength(1);
  });

  it('says what failed, and tries again', async () => {
    const { beta } = lab.getState().settings;
    const held = fake.hold(`scatterSamples ${beta}`);
    lab.getState().watchScatter(true);
    await vi.waitFor(() => expect(callsOf('scatterSamples')).toHaveLength(1));
    held.fail(new LabError('COLUMN_UNKNOWN', 'The table has no column "a" to be drawn.'));
    await vi.waitFor(() => expect(scatter().error?.code).toBe('COLUMN_UNKNOWN'));
    lab.getState().retryScatter();
    await drawn();
    expect(scatter().error).toBeNull();
  });

  it('of another dataset has nothing of the one before but the wish for a random sample', async () => {
    lab.getState().watchScatter(true);
    lab.getState().changeScatter({ y: 'b', withRandom: true });
    await drawn();
    fake.datasets.set('sample:other', { ...lab.getState().dataset.value!, id: 'other'.padEnd(64, '0') });
    await lab.getState().load({ kind: 'sample', id: 'other' });
    expect(scatter().choice).toEqual({ x: null, y: null });
    await vi.waitFor(() => expect(scatter().samples?.random).not.toBeUndefined());
    expect(scatter().withRandom).toBe(true);
  });

  it('shows the records alone without a target', async () => {
    lab.getState().change({ target: null });
    lab.getState().watchScatter(true);
    await vi.waitFor(() => expect(callsOf('scatterSamples')).toHaveLength(1));
    expect(scatter()).toMatchObject({ cloud: { status: 'done' }, samples: null, lines: null, error: null });
  });
});
