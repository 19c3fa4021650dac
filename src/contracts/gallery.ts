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
    source: '@observablehq/sample-datasets, ISC licence',
  },
];

/** Opened by itself on a first visit. */
export const FIRST_SAMPLE = 'diamonds';

export function sampleById(id: string): Sample | undefined {
  return GALLERY.find((sample) => sample.id === id);
}
