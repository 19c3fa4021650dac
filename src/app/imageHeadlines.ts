/** What the rail says of each station while pictures are open. */
import { countPoints } from '../stations/sweep/images/plan.ts';
import type { Lab, StationName } from '../stations/lab.ts';
import { formatCount, formatMeasured, formatPercent, formatPlural } from '../ui/format.ts';
import { shapeWords } from '../ui/pictures/words.ts';
import { busyness, fromTask, NOTHING, type Headline, type Said } from './headline.ts';

function dataHeadline({ images }: Lab): Headline {
  return fromTask(images.dataset, (summary) => ({
    value: formatCount(summary.records),
    note: `pictures, ${shapeWords(summary)}`,
  }));
}

function bitsHeadline({ images }: Lab): Headline {
  return fromTask(images.bits, ({ baseCount, className, trainRecords }) => ({
    value: formatPlural(baseCount, 'base'),
    note: `${className === null ? 'all classes' : `class ${className}`}, ${formatPlural(trainRecords, 'picture')}`,
  }));
}

/** The true size of the training part. A near-lossless one never stands without its PSNR. */
function archiveHeadline({ images }: Lab): Headline {
  return fromTask(images.archive, ({ bytes, rawBytes, fidelity }) => ({
    value: formatPercent(bytes.train / Math.max(1, rawBytes.train)),
    note:
      fidelity.kind === 'exact'
        ? 'of raw pixels · lossless'
        : `raw · near-lossless ${Number.isFinite(fidelity.psnr) ? Math.round(fidelity.psnr) : '∞'}\u202fdB`,
  }));
}

function learnHeadline({ images }: Lab): Headline {
  const headline = fromTask(images.sample, ({ seconds, fraction }) => ({
    value: formatMeasured(seconds.total),
    note: `to fetch a random ${Number((fraction * 100).toPrecision(3))}\u202f%`,
  }));
  // What the means beside it are at shows as well; the sample is what the line speaks of.
  const { status, progress, error } = images.condensed;
  if (headline.isBusy) return headline;
  return {
    ...headline,
    ...busyness(status === 'running', progress),
    error: headline.error ?? error,
  };
}

function sweepHeadline({ images: { sweep, dataset } }: Lab): Headline {
  const { plan, ran, status, cells, progress, stale, error } = sweep;
  const total = countPoints(ran !== null && status !== 'idle' ? ran.plan : plan);
  let said: Said = { value: NOTHING, note: '' };
  if (status === 'running') {
    said = { value: `${formatCount(cells.length)} of ${formatCount(total)}`, note: 'points' };
  } else if (cells.length > 0) {
    said = { value: formatPlural(cells.length, 'point'), note: status === 'done' ? 'measured' : status };
  } else if (dataset.value !== null) {
    said = { value: formatPlural(total, 'point'), note: 'planned' };
  }
  return { ...said, ...busyness(status === 'running', progress), isStale: stale, error };
}

export const IMAGE_HEADLINES: Record<StationName, (lab: Lab) => Headline> = {
  data: dataHeadline,
  bits: bitsHeadline,
  archive: archiveHeadline,
  learn: learnHeadline,
  sweep: sweepHeadline,
};
