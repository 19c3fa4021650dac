/** Condensed pictures of every class: weighted means of clusters, the heaviest of them to look at. */
import type { CondensedImages, ImageSettings } from '../../contracts/images.ts';
import { condenseClass } from '../../core/images/condense.ts';
import { gatherPixels, pictureBytes } from '../../core/images/imageSet.ts';
import { splitImages } from '../../core/images/split.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { OpenImages } from './datasets.ts';
import { sizeOf } from './pictures.ts';
import { recordsOf } from './tables.ts';

/** Clusters of a class that are shown, and of all classes. */
const SHOWN_PER_CLASS = 8;
const SHOWN_IN_ALL = 800;

/** @throws CANCELLED by the pulse */
export async function condenseImages(
  { set }: OpenImages,
  settings: ImageSettings,
  pulse: Pulse,
): Promise<CondensedImages> {
  const started = performance.now();
  const bytes = pictureBytes(set.shape);
  const classes = set.classNames.length;
  const most = Math.max(1, Math.min(SHOWN_PER_CLASS, Math.floor(SHOWN_IN_ALL / classes)));
  const { train } = splitImages(set, settings);
  const perClass: number[] = [];
  const weights: number[] = [];
  const labels: number[] = [];
  const shown: Uint8Array[] = [];
  let maxBeta = 0;
  for (let label = 0; label < classes; label++) {
    await pulse.beat({ phase: 'Condensing pictures', done: label, total: classes, unit: 'classes' });
    const records = recordsOf(set, train, true, label);
    if (records.length === 0) {
      perClass.push(0);
      continue;
    }
    const clusters = condenseClass(gatherPixels(set, records), bytes, records.length, settings.beta);
    perClass.push(clusters.count);
    maxBeta = Math.max(maxBeta, clusters.maxBeta);
    if (label >= SHOWN_IN_ALL) continue;
    const heaviest = Array.from(clusters.weights, (weight, id) => ({ weight, id }))
      .sort((a, b) => b.weight - a.weight || a.id - b.id)
      .slice(0, most);
    for (const { weight, id } of heaviest) {
      weights.push(weight);
      labels.push(label);
      shown.push(clusters.means.slice(id * bytes, (id + 1) * bytes));
    }
  }
  const pixels = new Uint8Array(shown.length * bytes);
  shown.forEach((picture, k) => pixels.set(picture, k * bytes));
  return {
    beta: settings.beta,
    maxBeta,
    trainRecords: train.length,
    samples: perClass.reduce((sum, count) => sum + count, 0),
    perClass,
    pictures: {
      ...sizeOf(set.shape),
      // Means are of no record: they are numbered as they are shown.
      records: Uint32Array.from(shown, (_, k) => k),
      labels: Uint16Array.from(labels),
      pixels,
    },
    weights: Uint32Array.from(weights),
    seconds: (performance.now() - started) / 1000,
  };
}
