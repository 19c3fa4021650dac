/** What an experiment comes to, in numbers that can be set side by side. */
import type { Lab } from '../../stations/lab.ts';
import type { Numbers } from '../../stations/lab/changes.ts';
import type { Task } from '../../stations/lab/task.ts';
import { condensedRatio } from '../../stations/optimumRatio.ts';
import { latestTest, leadingRun } from '../../stations/training/leading.ts';
import { formatBytes, formatCount, formatPercent, formatRatio } from '../../ui/format.ts';

export interface Measure {
  name: string;
  label: string;
  kind: Lab['kind'];
  /** Null while it is not known, or no longer true. */
  read: (lab: Lab) => number | null;
  format: (value: number) => string;
  /** Which of two is the better one; null where neither is. */
  better: 'less' | 'more' | null;
}

/** The value of what is up to date. */
function fresh<T>({ value, stale }: Task<T>): T | null {
  return stale ? null : value;
}

export const MEASURES: readonly Measure[] = [
  {
    name: 'storage',
    label: 'Storage (float64 = 100 %)',
    kind: 'table',
    read({ archive }) {
      const report = fresh(archive);
      return report === null ? null : report.bytes.train / report.rawFloat64Bytes.train;
    },
    format: formatPercent,
    better: 'less',
  },
  {
    name: 'samples',
    label: 'Condensed samples',
    kind: 'table',
    read: ({ learn }) => fresh(learn.condensed.closedForm)?.samples ?? null,
    format: formatCount,
    better: 'less',
  },
  {
    name: 'ratio',
    label: 'Error ÷ full training’s',
    kind: 'table',
    read({ learn: { full, condensed } }) {
      const ratio = condensedRatio(fresh(full.closedForm), fresh(condensed.closedForm));
      return ratio !== null && Number.isFinite(ratio) ? ratio : null;
    },
    format: formatRatio,
    better: 'less',
  },
  {
    name: 'image-storage',
    label: 'Storage (raw pixels = 100 %)',
    kind: 'images',
    read({ images }) {
      const report = fresh(images.archive);
      return report === null ? null : report.bytes.train / Math.max(1, report.rawBytes.train);
    },
    format: formatPercent,
    better: 'less',
  },
  {
    name: 'archive-bytes',
    label: 'Archive',
    kind: 'images',
    read: ({ images }) => fresh(images.archive)?.bytes.train ?? null,
    format: formatBytes,
    better: 'less',
  },
  {
    name: 'accuracy',
    label: 'Test accuracy',
    kind: 'images',
    read({ images: { training } }) {
      const run = leadingRun(training);
      return run === undefined || run === null ? null : (latestTest(run)?.accuracy ?? null);
    },
    format: formatPercent,
    better: 'more',
  },
];

/** What is known of the experiment at this moment. */
export function numbersOf(lab: Lab): Numbers {
  const known: Record<string, number> = {};
  for (const { name, kind, read } of MEASURES) {
    const value = kind === lab.kind ? read(lab) : null;
    if (value !== null) known[name] = value;
  }
  return known;
}

/** Names and values in one line: "10.9 % · 2,490 samples". */
export function numbersWords(kind: Lab['kind'], numbers: Numbers): string {
  return MEASURES.filter((measure) => measure.kind === kind && measure.name in numbers)
    .map(({ label, name, format }) => `${label}: ${format(numbers[name])}`)
    .join(' · ');
}
