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
];

/** Opened by itself on a first visit. */
export const FIRST_SAMPLE = 'diamonds';

export function sampleByDataset(datasetId: string): Sample | undefined {
  return GALLERY.find((sample) => sample.datasetId === datasetId);
}

export function sampleById(id: string): Sample | undefined {
  return GALLERY.find((sample) => sample.id === id);
}
