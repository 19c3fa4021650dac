import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageSource } from '../../contracts/images.ts';
import type {
  FromServer,
  ServedFacts,
  ServedPictures,
  ServedSubset,
  ToServer,
} from '../../contracts/subsetPort.ts';
import { pictureBytes, type ImageSet } from '../../core/images/imageSet.ts';
import { splitImages } from '../../core/images/split.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import {
  cancelAt,
  closeBrowsers,
  codeOf,
  colourSet,
  compress,
  GREY,
  greySet,
  ignore,
  NEAR,
  newBrowser,
  open,
  openChannel,
  openTable,
  pictureOf,
  sample as sampleOf,
  seldom,
  settingsWith,
  type Browser,
} from './testing/browsers.ts';
import { sourceOf } from './testing/pictureSources.ts';
import { serveSubsets } from './serveSubsets.ts';
import type { SubsetSource } from './subsetSource.ts';

let here: Browser;
beforeEach(async () => {
  here = await newBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeBrowsers();
});

/** The side that asks: messages in the order in which they came. */
class Asking {
  readonly heard: FromServer[] = [];
  private readonly port: MessagePort;
  private last = 0;

  constructor(port: MessagePort) {
    this.port = port;
    port.onmessage = ({ data }: MessageEvent<FromServer>) => this.heard.push(data);
  }

  tell(message: ToServer): void {
    this.port.postMessage(message);
  }

  ask(...records: number[]): number {
    this.tell({ kind: 'fetch', number: ++this.last, records: Uint32Array.from(records) });
    return this.last;
  }

  end(): void {
    this.tell({ kind: 'end' });
  }

  /** The message that a test waits for. */
  async hear<Kind extends FromServer['kind']>(kind: Kind, number: number | null = null) {
    const isIt = (message: FromServer): message is FromServer & { kind: Kind } =>
      message.kind === kind && ('number' in message ? message.number === number : true);
    return vi.waitFor(() => {
      const found = this.heard.find(isIt);
      if (found === undefined) throw new Error(`No ${kind} was heard.`);
      return found;
    });
  }

  async facts(): Promise<ServedFacts> {
    return (await this.hear('facts')).facts;
  }

  async subset(...records: number[]) {
    return (await this.hear('subset', this.ask(...records))).subset;
  }
}

function serve(
  served: ServedPictures,
  pulse: Pulse = seldom(),
): { asking: Asking; serving: Promise<string> } {
  const { port1, port2 } = openChannel();
  const serving = codeOf(here.service.serveSubsets({ served, port: port1 }, pulse, ignore));
  return { asking: new Asking(port2), serving };
}

const raw = (source: ImageSource, change = {}): ServedPictures => ({
  kind: 'raw',
  source,
  settings: settingsWith(change),
});

async function archiveOf(set: ImageSet, settings = settingsWith()) {
  const report = await compress(here, sourceOf(set), settings);
  return { report, served: { kind: 'archive', archiveId: report.id } as const };
}

/** The pictures of the answer are those of the set. */
function expectPictures(set: ImageSet, records: number[], pixels: Uint8Array, labels: Uint16Array): void {
  const bytes = pictureBytes(set.shape);
  expect([...labels]).toEqual(records.map((record) => set.labels[record]));
  records.forEach((record, k) => {
    expect([...pixels.subarray(k * bytes, (k + 1) * bytes)]).toEqual(pictureOf(set, record));
  });
}

describe('pictures as they were read', () => {
  it('are told of, and given in the order asked', async () => {
    const set = greySet();
    const { asking, serving } = serve(raw(sourceOf(set)));
    const facts = await asking.facts();
    const split = splitImages(set, settingsWith());
    const { id } = await open(here, sourceOf(set));
    expect(facts).toMatchObject({
      ...GREY,
      ...split,
      datasetId: id,
      classNames: ['0', '1', '2'],
      labels: set.labels,
      rawBytes: split.train.length * 63,
      storedBytes: null,
      fidelity: null,
      heldBytes: split.train.length * 63,
    });
    const { pixels, labels, resident, bytesRead } = await asking.subset(80, 3, 3, 0);
    expectPictures(set, [80, 3, 3, 0], pixels, labels);
    expect(resident).toEqual({ subset: 252, bases: 0, index: 0, blocks: 0, total: 252 });
    expect(bytesRead).toBe(252);
    expect((await asking.subset()).pixels).toHaveLength(0);
    asking.end();
    expect(await serving).toBe('done');
  });

  it('come with the mean and deviation of every channel over the training pictures', async () => {
    const set = colourSet();
    const { asking } = serve(raw(sourceOf(set), { testFraction: 0.4, split: 5 }));
    const { statistics, train } = await asking.facts();
    expect([...train]).toEqual([...splitImages(set, { testFraction: 0.4, split: 5 }).train]);
    for (let channel = 0; channel < 3; channel++) {
      const values: number[] = [];
      for (const record of train) {
        pictureOf(set, record).forEach((value, k) => k % 3 === channel && values.push(value / 255));
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(statistics!.mean[channel]).toBeCloseTo(mean, 12);
      expect(statistics!.deviation[channel]).toBeCloseTo(Math.sqrt(variance), 12);
    }
    asking.end();
  });
});

describe('pictures of an archive', () => {
  it('are told of, and read from its blocks alone', async () => {
    const set = greySet(400);
    const { report, served } = await archiveOf(set);
    const { asking, serving } = serve(served);
    const facts = await asking.facts();
    expect(facts).toMatchObject({
      ...GREY,
      ...splitImages(set, settingsWith()),
      labels: set.labels,
      statistics: null,
      rawBytes: 300 * 63,
      storedBytes: report.bytes.train,
      fidelity: { kind: 'exact' },
      heldBytes: 0,
    });
    const { pixels, labels, resident, bytesRead } = await asking.subset(399, 0, 7);
    expectPictures(set, [399, 0, 7], pixels, labels);
    const { subset, bases, index, blocks, total } = resident;
    expect([subset, total]).toEqual([189, subset + bases + index + blocks]);
    expect(bytesRead).toBeGreaterThan(0);
    expect(bytesRead).toBeLessThan(report.bytes.train);
    asking.end();
    expect(await serving).toBe('done');
  });

  it('that are near say how near', async () => {
    const { report, served } = await archiveOf(colourSet(), NEAR);
    const { asking } = serve(served);
    expect((await asking.facts()).fidelity).toEqual(report.fidelity);
    const drawn = await sampleOf(here, report.id, 1);
    const { pixels } = await asking.subset(...drawn.pictures.records);
    expect(pixels).toEqual(drawn.pictures.pixels);
    asking.end();
  });

  it('deleted while they are served are not found', async () => {
    const { report, served } = await archiveOf(greySet(400));
    const { asking, serving } = serve(served);
    await asking.facts();
    await asking.subset(1);
    await here.store.delete([report.id]);
    const { error } = await asking.hear('failed', asking.ask(2));
    expect(error.code).toBe('ARCHIVE_NOT_FOUND');
    asking.end();
    expect(await serving).toBe('done');
  });
});

describe('serving', () => {
  it('goes on after a request that fails', async () => {
    const { served } = await archiveOf(greySet());
    for (const [what, code] of [
      [raw(sourceOf(greySet())), 'RECORD_OUT_OF_RANGE'],
      [served, 'RECORD_OUT_OF_RANGE'],
    ] as const) {
      const { asking } = serve(what);
      await asking.facts();
      expect((await asking.hear('failed', asking.ask(0, 90))).error.code).toBe(code);
      expect((await asking.subset(89)).labels).toHaveLength(1);
      asking.end();
    }
  });

  it('gives no more at once than a set may hold', async () => {
    const facts = { width: 2 ** 15, height: 2 ** 14, channels: 1 } as ServedFacts;
    const answered = { pixels: new Uint8Array(1), labels: new Uint16Array(1) } as ServedSubset;
    const subset = vi.fn(() => Promise.resolve(answered));
    const { port1, port2 } = openChannel();
    const asking = new Asking(port2);
    const serving = serveSubsets(() => Promise.resolve({ facts, subset }), port1, seldom());
    expect((await asking.hear('failed', asking.ask(1, 2, 3))).error.code).toBe('SETTING_OUT_OF_RANGE');
    expect(subset).not.toHaveBeenCalled();
    await asking.subset(1, 2);
    asking.end();
    expect(await serving).toBeNull();
  });

  it('answers one request after the other, and leaves out what is not needed any more', async () => {
    const set = greySet();
    const { asking, serving } = serve(raw(sourceOf(set)));
    const first = asking.ask(1);
    const second = asking.ask(2);
    const third = asking.ask(3);
    asking.tell({ kind: 'stop', number: second });
    await asking.hear('subset', third);
    expect(asking.heard.map((message) => ('number' in message ? message.number : 0))).toEqual([
      0,
      first,
      third,
    ]);
    asking.end();
    expect(await serving).toBe('done');
  });

  it('stops in the middle of what is not needed any more', async () => {
    const ended = vi.fn();
    const source: SubsetSource = {
      facts: { ...GREY } as unknown as ServedFacts,
      async subset(records, pulse) {
        try {
          while (records.length > 1) await pulse.beat({ phase: '', done: 0, total: null, unit: '' });
        } finally {
          ended();
        }
        return { pixels: new Uint8Array(1), labels: new Uint16Array(1) } as ServedSubset;
      },
    };
    const { port1, port2 } = openChannel();
    const asking = new Asking(port2);
    const serving = serveSubsets(() => Promise.resolve(source), port1, seldom());
    const long = asking.ask(1, 2);
    await asking.facts();
    expect(ended).not.toHaveBeenCalled();
    asking.tell({ kind: 'stop', number: long });
    await asking.subset(1);
    expect(ended).toHaveBeenCalledTimes(2);
    asking.ask(1, 2);
    asking.end();
    expect(await serving).toBeNull();
    expect(asking.heard.map(({ kind }) => kind)).toEqual(['facts', 'subset']);
  });

  it('serves several at once, the same pictures and others', async () => {
    const set = greySet(400);
    const { served } = await archiveOf(set);
    const all = [serve(served), serve(served), serve(raw(sourceOf(set)))];
    const records = Array.from({ length: 300 }, (_, k) => k);
    const subsets = await Promise.all(all.map(({ asking }) => asking.subset(...records)));
    for (const { pixels, labels } of subsets) expectPictures(set, records, pixels, labels);
    for (const { asking } of all) asking.end();
    expect(await Promise.all(all.map(({ serving }) => serving))).toEqual(['done', 'done', 'done']);
  });

  it('says what keeps it from opening the pictures', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 4},${i}`).join('\n');
    const file = new File([`a,b\n${rows}\n`], 't.csv');
    await openTable(here, { kind: 'file', file });
    const wrong: [ServedPictures, string][] = [
      [{ kind: 'archive', archiveId: 'nothing' }, 'ARCHIVE_NOT_FOUND'],
      [raw({ kind: 'sample', id: '__proto__' }), 'SAMPLE_UNAVAILABLE'],
      [raw(sourceOf(greySet()), { blockBytes: 1 }), 'SETTING_OUT_OF_RANGE'],
    ];
    for (const [served, code] of wrong) {
      const { asking, serving } = serve(served);
      expect((await asking.hear('failed')).error.code).toBe(code);
      expect(await serving).toBe(code);
    }
  });

  it('ends with its call, and says so', async () => {
    const { asking, serving } = serve(raw(sourceOf(greySet())), cancelAt(10));
    await asking.facts();
    expect(await serving).toBe('CANCELLED');
    expect((await asking.hear('failed')).error.code).toBe('CANCELLED');
  });

  it('ends when the other side is gone, before and after it is open', async () => {
    const ended: string[] = [];
    for (const wait of [true, false]) {
      const { port1, port2 } = openChannel();
      const served = raw(sourceOf(greySet()));
      const serving = codeOf(here.service.serveSubsets({ served, port: port1 }, seldom(), ignore));
      if (wait) await new Asking(port2).facts();
      port2.close();
      ended.push(await serving);
    }
    expect(ended).toEqual(['done', 'done']);
  });

  it('needs no pulse that is ever due', async () => {
    const { asking, serving } = serve(raw(sourceOf(greySet())), SILENT_PULSE);
    expect((await asking.subset(1)).labels).toHaveLength(1);
    asking.end();
    expect(await serving).toBe('done');
  });
});
