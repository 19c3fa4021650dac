/** What a sample's report comes to: rates, and what is resident as a share of the raw set. */
import type { RandomSampleReport, ResidentBytes } from '../../../contracts/images.ts';

export interface RandomSampleFacts {
  /** Bytes of one picture's pixels. */
  pictureBytes: number;
  /** Bytes of all training pictures' pixels: the denominator of what is resident. */
  rawSetBytes: number;
  /** Bytes of the sample's pixels. */
  sampleBytes: number;
  /** Share of the archive that was read. */
  readShare: number;
  /** Share of the raw set that is in memory. */
  residentShare: number;
  /** Megabytes (10^6) of pixels per second, fetching and decoding; null below the clock's tick. */
  megabytesPerSecond: number | null;
}

export function randomSampleFacts(report: RandomSampleReport): RandomSampleFacts {
  const { width, height, channels } = report.pictures;
  const pictureBytes = width * height * channels;
  const rawSetBytes = report.trainRecords * pictureBytes;
  const sampleBytes = report.records * pictureBytes;
  const { total } = report.seconds;
  return {
    ...{ pictureBytes, rawSetBytes, sampleBytes },
    readShare: report.bytesRead / Math.max(1, report.archiveBytes),
    residentShare: report.resident.total / Math.max(1, rawSetBytes),
    megabytesPerSecond: total > 0 ? sampleBytes / 1e6 / total : null,
  };
}

export interface ResidentPart {
  id: Exclude<keyof ResidentBytes, 'total'> | 'total';
  label: string;
  about: string;
  bytes: number;
  share: number;
}

const PARTS: readonly Pick<ResidentPart, 'id' | 'label' | 'about'>[] = [
  { id: 'subset', label: 'Sample', about: 'the decoded pixels, a byte each' },
  { id: 'bases', label: 'Base tables', about: 'bit-packed, the largest at a time' },
  { id: 'index', label: 'Index', about: 'labels and places of the records' },
  { id: 'blocks', label: 'Blocks in flight', about: 'the most that were in memory at the same time' },
  { id: 'total', label: 'Together', about: 'everything that is held for the data' },
];

/** Of a codec without bases. */
const MODEL = { label: 'Model', about: 'what all pictures share, as decoding needs it' };

/** What is resident, part by part and together. */
export function residentParts(report: RandomSampleReport, sharesBases: boolean): ResidentPart[] {
  const { rawSetBytes } = randomSampleFacts(report);
  return PARTS.map((part) => {
    const bytes = report.resident[part.id];
    return {
      ...part,
      ...(part.id === 'bases' && !sharesBases && MODEL),
      bytes,
      share: bytes / Math.max(1, rawSetBytes),
    };
  });
}
