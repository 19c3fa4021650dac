/** Rows have to be what lanes are, whatever the widths, the base positions and the records asked for. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitPlanes } from '../../bits/bitPlanes.ts';
import { readBits } from '../../bits/bitStream.ts';
import { layOut } from '../../bits/lanes.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import { createGenerator } from '../../random.ts';
import { BlockRoom, wordsOfRow, type FieldBits } from '../codec.ts';
import { entrogede } from '../entrogede/index.ts';
import { openGroup } from './decode.ts';
import { encodeGroup } from './encode.ts';
import { readHead } from './head.ts';
import { openRows } from './rows.ts';

interface Recipe {
  widths: number[];
  records: number;
  seed: number;
  /** Tenths of the bits that are in the base. */
  share: number;
  blockBytes: number;
}

const cases: fc.Arbitrary<Recipe> = fc.record({
  widths: fc
    .constantFrom(5, 8, 12, 32)
    .chain((max) => fc.array(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 12 })),
  records: fc.integer({ min: 0, max: 90 }),
  seed: fc.nat({ max: 1e6 }),
  share: fc.constantFrom(0, 2, 5, 10),
  blockBytes: fc.constantFrom(1, 100, 65_536),
});

/** Codes with few distinct values per column, so that bases are shared. */
async function encoded({ widths, records, seed, share, blockBytes }: Recipe) {
  const generator = createGenerator(seed);
  const layout = layOut(widths.map((width, column) => ({ column, width })));
  const choices = layout.lanes.map(({ width }) =>
    Array.from({ length: 3 }, () => (generator.next() >>> 0) >>> (32 - width)),
  );
  const codes = layout.lanes.map((_, lane) =>
    Uint32Array.from({ length: records }, () => choices[lane][uniformInt(generator, 0, 2)]),
  );
  const inBase = Uint8Array.from({ length: layout.recordBits }, () =>
    Number(uniformInt(generator, 0, 9) < share),
  );
  const planes = bitPlanes(layout, codes, records);
  const group = await encodeGroup({ records, layout, planes }, inBase, blockBytes, SILENT_PULSE);
  const [head, bases, blocks] = group.sections.map((section) => section.blocks);
  const ground = { layout, inBase, head: readHead(layout, inBase, head[0]) };
  return { layout, codes, inBase, ground, bases: bases[0] ?? new Uint8Array(0), blocks, group };
}

describe('rows', () => {
  it('are the records that went in, and what lanes give', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.array(fc.nat(), { maxLength: 32 }), async (one, drawn) => {
        const { layout, codes, inBase, ground, bases, blocks } = await encoded(one);
        const fieldBits = [8, 16, 32].find((bits) => one.widths.every((width) => width <= bits)) as FieldBits;
        const room = new BlockRoom();
        const rows = openRows(ground, bases, fieldBits);
        const lanes = openGroup(ground, bases);
        const { sizes } = ground.head;
        const { stride } = sizes;
        expect(sizes).toMatchObject({ records: one.records, baseBytes: bases.length });
        const fields = one.widths.length;
        const rowWords = wordsOfRow(fields, fieldBits);
        const out = new Uint32Array(32 * rowWords);
        const fieldOf = (r: number, field: number): number =>
          readBits(out, r * rowWords * 32 + field * fieldBits, fieldBits);
        const perBlock = stride === 0 ? Math.max(1, one.records) : sizes.recordsPerBlock;
        for (let first = 0; first < one.records; first += perBlock) {
          const inBlock = Math.min(perBlock, one.records - first);
          const bytes = stride === 0 ? null : blocks[first / perBlock];
          rows.load(bytes, first / perBlock, room);
          const block = lanes.openBlock(bytes, first / perBlock);
          const chosen = Uint32Array.from(drawn, (k) => k % inBlock);
          chosen.forEach((record, r) => rows.take(record, r));
          rows.decode(chosen.length, out);
          const decoded = layout.lanes.map(() => new Uint32Array(inBlock));
          block.decode(0, inBlock, decoded, 0);
          layout.lanes.forEach((lane, index) => {
            expect(decoded[index]).toEqual(codes[index].subarray(first, first + inBlock));
            chosen.forEach((record, r) => {
              expect(fieldOf(r, lane.field)).toBe(codes[index][first + record]);
            });
          });
          one.widths.forEach((width, field) => {
            if (width === 0) chosen.forEach((_, r) => expect(fieldOf(r, field)).toBe(0));
          });
          chosen.forEach((record, r) => rows.bases!.take(record, r));
          rows.decode(chosen.length, out);
          layout.lanes.forEach(({ field, start, width }, index) => {
            let mask = 0;
            for (let b = 0; b < width; b++) if (inBase[start + width - 1 - b] === 1) mask |= 1 << b;
            chosen.forEach((record, r) => {
              expect(fieldOf(r, field)).toBe((codes[index][first + record] & mask) >>> 0);
              expect(rows.bases!.id(record)).toBe(block.baseId!(record));
            });
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('cut their blocks at whole bytes, each with a buffer of its own', async () => {
    const { blocks, group } = await encoded({
      widths: [7, 9, 3],
      records: 90,
      seed: 4,
      share: 2,
      blockBytes: 20,
    });
    expect(blocks.length).toBeGreaterThan(2);
    expect(new Set(blocks.map(({ buffer }) => buffer)).size).toBe(blocks.length);
    expect(group.sections.map(({ type }) => type)).toEqual([4, 5, 6]);
    expect(entrogede.meta.id).toBe(1);
  });

  it('refuse a base ID beyond the table', async () => {
    const { ground, bases, blocks, group } = await encoded({
      widths: [8, 8],
      records: 90,
      seed: 9,
      share: 5,
      blockBytes: 65_536,
    });
    // Five bases or so: not all three-bit numbers name one.
    expect(group.bases.baseCount & (group.bases.baseCount - 1)).not.toBe(0);
    const rows = openRows(ground, bases, 8);
    rows.load(
      blocks[0].map(() => 255),
      0,
      new BlockRoom(),
    );
    expect(() => rows.take(0, 0)).toThrow(/names base/);
  });
});
