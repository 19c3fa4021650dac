import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../core/errors.ts';
import type { EncodedTable, TableEncoder, TableJob } from '../../core/images/encodeTable.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../core/images/settings.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import { helpEncode, helperBehind } from './helpers.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function channel(): { ours: MessagePort; theirs: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return { ours: port1, theirs: port2 };
}

/** Pixels that are a part of a larger array, as a class's may be. */
const job = (table: number): TableJob => ({
  shape: { width: 2, height: 2, channels: 1 },
  settings: { ...DEFAULT_IMAGE_SETTINGS },
  table,
  train: new Uint8Array(64).fill(table).subarray(8, 16),
  test: new Uint8Array(4),
  shared: null,
});

const EMPTY: EncodedTable = {
  table: 0,
  widths: new Uint8Array(1),
  ones: new Uint32Array(1),
  recordBits: 0,
  bases: {
    inBase: new Uint8Array(1),
    trace: {
      added: new Uint32Array(0),
      baseBits: new Uint32Array(1),
      baseCounts: new Uint32Array(1),
      size: new Float64Array(1),
      chosen: 0,
      stop: 'exhausted',
    },
    constantBits: 0,
    baseBits: 0,
    deviationBits: 0,
  },
  sections: [],
  forms: new Uint8Array(0),
  train: { sections: [], bases: null },
  test: { sections: [], bases: null },
  decoded: {
    train: { errors: { values: 0, squared: 0, largest: 0, exact: 0 }, checksum: 0 },
    test: { errors: { values: 0, squared: 0, largest: 0, exact: 0 }, checksum: 0 },
  },
};
/** "Encodes" a table to a section of its own pixels. */
const echo: TableEncoder = ({ table, train }) =>
  Promise.resolve({ ...structuredClone(EMPTY), table, sections: [{ type: 64, blocks: [train] }] });
const never: TableEncoder = () => new Promise(() => undefined);

/** Always due; counts its beats and cancels when told to. */
function beating(): Pulse & { beats: number; cancel: () => void } {
  let isCancelled = false;
  return {
    beats: 0,
    due: () => true,
    async beat() {
      this.beats++;
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (isCancelled) throw new LabError('CANCELLED', 'The work was cancelled.');
    },
    cancel() {
      isCancelled = true;
    },
  };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => LabError.from(thrown).code,
  );

describe('a helper', () => {
  it('encodes what it is given, and leaves the pixels to whoever else may need them', async () => {
    const { ours, theirs } = channel();
    const helping = helpEncode(theirs, SILENT_PULSE, echo);
    const helper = helperBehind(ours);
    const jobs = [3, 7].map(job);
    const encoded = await Promise.all(jobs.map((one) => helper.encode(one, SILENT_PULSE)));
    expect(encoded.map(({ table, sections }) => [table, [...sections[0].blocks[0]]])).toEqual([
      [3, Array<number>(8).fill(3)],
      [7, Array<number>(8).fill(7)],
    ]);
    expect(jobs.map(({ train }) => train.length)).toEqual([8, 8]);
    helper.end();
    expect(await helping).toBeNull();
  });

  it('ends where nothing was ever asked of it', async () => {
    const { ours, theirs } = channel();
    const helping = helpEncode(theirs, SILENT_PULSE, echo);
    helperBehind(ours).end();
    expect(await helping).toBeNull();
  });

  it('gives signs of life while it waits, on both sides', async () => {
    const { ours, theirs } = channel();
    const [mine, its] = [beating(), beating()];
    const helping = codeOf(helpEncode(theirs, its, never));
    const helper = helperBehind(ours);
    const idle = channel();
    const waits = beating();
    const waiting = codeOf(helpEncode(idle.theirs, waits, echo));
    const asked = codeOf(helper.encode(job(1), mine));
    await vi.waitFor(() => {
      expect(Math.min(mine.beats, waits.beats)).toBeGreaterThan(2);
    }, 5_000);
    waits.cancel();
    expect(await waiting).toBe('CANCELLED');
    mine.cancel();
    expect(await asked).toBe('CANCELLED');
    // An encoder that never asks its pulse cannot be stopped: only its port's end is left.
    void helping;
  });

  it('that fails, or is cancelled, keeps silent', async () => {
    for (const encode of [
      () => Promise.reject(new LabError('INTERNAL', 'no')),
      () => Promise.reject(new RangeError('no memory')),
    ] satisfies TableEncoder[]) {
      const { ours, theirs } = channel();
      void helpEncode(theirs, SILENT_PULSE, encode);
      const helper = helperBehind(ours);
      const asked = codeOf(helper.encode(job(1), SILENT_PULSE));
      const waited = await Promise.race([
        asked,
        new Promise((resolve) => setTimeout(resolve, 150, 'silence')),
      ]);
      expect(waited).toBe('silence');
      helper.end();
      expect(await asked).toBe('CANCELLED');
    }
  });

  it('stops working on what is not needed any more', async () => {
    const { ours, theirs } = channel();
    const ended = vi.fn();
    const endless: TableEncoder = async (_job, pulse) => {
      try {
        for (;;) await pulse.beat({ phase: 'on and on', done: 0, total: null, unit: 'x' });
      } finally {
        ended();
      }
    };
    const helping = helpEncode(theirs, beating(), (one, pulse) =>
      (one.table === 1 ? endless : echo)(one, pulse),
    );
    const helper = helperBehind(ours);
    const mine = beating();
    const asked = codeOf(helper.encode(job(1), mine));
    await vi.waitFor(() => {
      expect(mine.beats).toBeGreaterThan(0);
    });
    mine.cancel();
    expect(await asked).toBe('CANCELLED');
    await vi.waitFor(() => {
      expect(ended).toHaveBeenCalledOnce();
    });
    expect((await helper.encode(job(2), SILENT_PULSE)).table).toBe(2);
    helper.end();
    expect(await helping).toBeNull();
  });
});
