/** The sections of an archive in words. */
import type { SectionEntry } from '../../src/core/archive/container.ts';
import { SECTION } from '../../src/core/archive/sections.ts';
import type { Codec } from '../../src/core/codecs/codec.ts';
import { columns } from '../words.ts';

const SECTION_NAMES = new Map<number, string>(Object.entries(SECTION).map(([name, type]) => [type, name]));
/** Groups of a table's archive; of pictures, table t has groups 2t + 1 and 2t + 2. */
const GROUP_NAMES = ['all', 'training', 'test'];

export function describeSection(
  { type, codec, group, required, blocks }: SectionEntry,
  { sections: own }: Codec,
) {
  return {
    type,
    name: SECTION_NAMES.get(type) ?? own.find((section) => section.type === type)?.name ?? 'unknown',
    group: GROUP_NAMES[group] ?? String(group),
    codec,
    required,
    blocks: blocks.length,
    bytes: blocks.reduce((sum, { length }) => sum + length, 0),
    checksums: blocks.map(({ checksum }) => checksum.toString(16).padStart(8, '0')),
  };
}

export function sectionLines(sections: readonly ReturnType<typeof describeSection>[]): string {
  return columns(
    sections.map((s) => [
      s.type,
      s.name,
      s.group,
      s.required ? 'required' : 'optional',
      `${s.bytes.toLocaleString('en')} bytes`,
      `${s.blocks} ${s.blocks === 1 ? 'block' : 'blocks'}`,
      s.checksums.length > 3 ? `${s.checksums.slice(0, 3).join(' ')} …` : s.checksums.join(' '),
    ]),
  );
}
