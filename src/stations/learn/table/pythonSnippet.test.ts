import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings, type SamplesOutline } from '../../../contracts/codec.ts';
import { LabError } from '../../../core/errors.ts';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { openArchiveStore, type ArchiveStore } from '../../../platform/archiveStore.ts';
import type { HostedService } from '../../../platform/codecHost.ts';
import { readTable } from '../../../readers/readTable.ts';
import { createCodecService } from '../../../service/codecService.ts';
import { pythonSnippet, pythonString } from './pythonSnippet.ts';

let store: ArchiveStore;
let service: HostedService;
beforeAll(async () => {
  store = await openArchiveStore({ databaseName: 'snippets', locks: null });
  service = createCodecService({
    openStore: () => Promise.resolve(store),
    fetchSample: (name) => Promise.reject(new LabError('SAMPLE_UNAVAILABLE', `There is no ${name}.`)),
    decodePicture: () => Promise.reject(new LabError('PICTURE_UNSUPPORTED', 'There are no pictures here.')),
  });
});
afterAll(() => store.close());

/** Names that a program could trip over: quotes, a line break, a comma, a backslash, what is not ASCII. */
const NAMES = { x: 'x "of", \\ all', y: 'naïve\n= 価格', weight: 'weight' };
const cell = (name: string) => `"${name.replaceAll('"', '""')}"`;

function csv(classes: readonly string[]): string {
  const header = [NAMES.x, NAMES.weight, 'cut', NAMES.y, 'kind'].map(cell).join();
  const rows = Array.from({ length: 60 }, (_, i) =>
    [
      i / 10,
      (i * 7) % 10,
      `c${i % 3}`,
      i + (i % 7) / 10,
      classes[Math.floor((i * i) / 7) % classes.length],
    ].join(),
  );
  return `${header}\n${rows.join('\n')}\n`;
}

/** The exported file as a program reads it, what is said of it, and the program. */
async function exported(target: string, classes: readonly string[]) {
  const settings: ExperimentSettings = {
    ...DEFAULT_SETTINGS,
    ...{ target, features: [NAMES.x, NAMES.weight, 'cut'], beta: 4 },
    model: target === NAMES.y ? 'linear' : 'logistic',
  };
  const file = new File([csv(classes)], 'Some "table".csv', { lastModified: classes.length });
  const request = { source: { kind: 'file' as const, file }, settings };
  const made = await service.exportSamples({ ...request, format: 'csv' }, SILENT_PULSE, () => undefined);
  const outline = await service.outlineSamples(request, SILENT_PULSE, () => undefined);
  const { table } = await readTable({
    ...{ name: made.name, bytes: made.file.size },
    open: async () =>
      (async function* () {
        yield new Uint8Array(await made.file.arrayBuffer());
      })(),
  });
  return {
    name: made.name,
    names: table.columns.map(({ name }) => name),
    outline,
    code: pythonSnippet(outline),
  };
}

/** Every string literal of a program, as Python reads it: its escapes are those of JSON. */
function strings(code: string): string[] {
  return [...code.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].map(([literal]) => JSON.parse(literal) as string);
}

describe('the program for a saved file of condensed samples', () => {
  it('of a regression names the file and its columns', async () => {
    const { name, names, outline, code } = await exported(NAMES.y, ['a', 'b']);
    const found = strings(code);
    expect(found[0]).toBe(name);
    expect([outline.part.column, ...outline.features, ...outline.targets, outline.weight]).toEqual(names);
    expect(outline.targets).toEqual([NAMES.y]);
    expect(outline.weight).toBe('weight (2)');
    for (const column of [NAMES.y, 'weight (2)']) expect(found).toContain(column);
    expect(
      found
        .filter((text) => ![name, 'round_trip', outline.part.train].includes(text))
        .every((text) => names.includes(text)),
    ).toBe(true);
    expect(code).toContain('LinearRegression().fit(X, y, sample_weight=w)');
  });

  it('of two classes takes the share of the first from that of the second', async () => {
    const { names, code, outline } = await exported('kind', ['no', 'yes']);
    expect(outline.classes).toEqual(['no', 'yes']);
    expect(names).toContain('kind = yes');
    expect(code).toContain(
      'classes = ["no", "yes"]\nshares = [1 - samples["kind = yes"], samples["kind = yes"]]',
    );
  });

  it('of numbered classes has them as numbers, each with its share', async () => {
    const { names, code } = await exported('kind', ['1', '2', '-3']);
    expect(names.slice(-4, -1)).toEqual(['kind = -3', 'kind = 1', 'kind = 2']);
    expect(code).toContain('classes = [-3, 1, 2]');
    expect(code).toContain('shares = [samples["kind = -3"], samples["kind = 1"], samples["kind = 2"]]');
  });
});

describe('a Python string', () => {
  it.each([
    ['plain', '"plain"'],
    ['a "b" \\n', '"a \\"b\\" \\\\n"'],
    ['two\nlines\r\t\0', '"two\\u000alines\\u000d\\u0009\\u0000"'],
    ['価格 é 😀', '"価格 é 😀"'],
    ['\u202eturned \u{e0041}', '"\\u202eturned \\U000e0041"'],
    ['half \ud83d', '"half \ufffd"'],
  ])('of %j', (text, spelt) => {
    expect(pythonString(text)).toBe(spelt);
  });

  it('keeps a program of it on its lines', () => {
    const outline: SamplesOutline = {
      ...{ stem: 's', rows: 1, features: ['a'], targets: ['y"]\nimport os #'], weight: 'w', classes: null },
      part: { column: 'part', train: 'train' },
    };
    const plain = pythonSnippet({ ...outline, targets: ['y'] });
    expect(pythonSnippet(outline).split('\n')).toHaveLength(plain.split('\n').length);
  });
});
