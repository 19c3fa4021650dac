/** The files that carry a sweep over pictures away: every point as a line of CSV, or everything as JSON. */
import type { ImageSettings, ImageSummary, ImageSweepCell } from '../../../contracts/images.ts';
import { representationOf } from '../../../contracts/plugins.ts';
import type { ImageSweepPlan } from '../../../contracts/imageSweep.ts';
import { csvText } from '../../../platform/csvText.ts';
import { cellFacts } from './plan.ts';

export interface ImageSweepRecord {
  dataset: Pick<ImageSummary, 'id' | 'name' | 'records' | 'width' | 'height' | 'channels'>;
  settings: ImageSettings;
  plan: ImageSweepPlan;
  cells: readonly ImageSweepCell[];
}

const HEADER = [
  ...['dataset', 'width', 'height', 'channels', 'codec', 'transform', 'representation', 'class_wise'],
  ...['tau', 'objective', 'block_bytes', 'pictures', 'raw_bytes', 'archive_bytes', 'storage'],
  ...['equation1_bits', 'equation1_storage', 'bases', 'round_trip', 'psnr_db', 'largest_error'],
  ...['exact_share', 'encode_seconds', 'decode_seconds', 'encode_mb_per_second', 'decode_mb_per_second'],
];

/** Every point as one CSV line. A lossless point has neither PSNR nor errors. */
export function imageSweepCsv({ dataset, cells }: ImageSweepRecord): string {
  const lines: (string | number)[][] = [HEADER];
  for (const cell of cells) {
    const { settings: at, fidelity } = cell;
    const facts = cellFacts(cell);
    const isNear = fidelity.kind === 'near';
    lines.push([
      ...[dataset.name, dataset.width, dataset.height, dataset.channels, at.codec, at.transform],
      ...[representationOf(at) ?? '', Number(at.classWise), at.tau, at.objective],
      ...[at.blockBytes, cell.records, cell.rawBytes, cell.bytes, facts.storage],
      ...[
        cell.equation1Bits ?? '',
        facts.equation1 ?? '',
        cell.baseCount ?? '',
        isNear ? 'near-lossless' : 'exact',
      ],
      ...(isNear ? [finite(fidelity.psnr), fidelity.maxError, fidelity.exactShare] : ['', '', '']),
      ...[cell.encodeSeconds, cell.decodeSeconds, facts.encodeRate ?? '', facts.decodeRate ?? ''],
    ]);
  }
  return csvText(lines);
}

/** Without any error the PSNR is infinite, which no number of a file says. */
function finite(value: number): number | string {
  return Number.isFinite(value) ? value : '';
}

/** The whole sweep: settings, plan and every point. */
export function imageSweepJson(
  { dataset, settings, plan, cells }: ImageSweepRecord,
  version: string,
): string {
  const { id, name, records, width, height, channels } = dataset;
  const record = {
    kind: 'dreaMLearning Lab picture sweep',
    version,
    dataset: { id, name, records, width, height, channels },
    settings,
    plan,
    cells: cells.map((cell) => ({ ...cell, ...cellFacts(cell) })),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
