/** Where files come from that the lab names but does not bring. */

/** The usual California Housing as the lab names it: by the SHA-256 of its columns (datasetId). */
export const CALIFORNIA = '961f756dd630d3c38e392a00b77ecf8d4433ec916309aab2be3e9d09881102cd';

interface FileSource {
  /** A sentence that ends where the code begins. */
  words: string;
  code: string;
}

const SOURCES = new Map<string, FileSource>([
  [
    CALIFORNIA,
    {
      words: 'It does not come with the lab. In Python, scikit-learn fetches it and writes the file:',
      code: `from sklearn.datasets import fetch_california_housing
fetch_california_housing(as_frame=True).frame.to_csv("california_housing.csv", index=False)`,
    },
  ],
]);

/** How to come by the file of a dataset; null where that is not known. */
export function sourceOf(datasetId: string): FileSource | null {
  return SOURCES.get(datasetId) ?? null;
}
