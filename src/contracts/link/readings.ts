/** Links of versions that read some files in another way than this one. */

/**
 * The version since which files are read as docs/READING.md says. Before, some were given other labels, headers or
 * missing cells, so that the same file was another dataset.
 */
const READINGS_SINCE = [0, 2, 0];

/** Whether a link is of a version that may have read the same file in another way; of what names no version, no. */
export function isOfFormerReading(app: string | null): boolean {
  const parts = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})/
    .exec(app ?? '')
    ?.slice(1)
    .map(Number);
  if (parts === undefined) return false;
  const differing = parts.findIndex((part, k) => part !== READINGS_SINCE[k]);
  return differing >= 0 && parts[differing] < READINGS_SINCE[differing];
}

/** What is said of a file that does not hold what such a link names. */
export const FORMER_READING =
  'The link was made by an earlier version of the lab, which read some files differently: other labels, headers or missing cells. If this is the file that the link was made from, go on with it as it is read now.';
