/** How a source is read where someone decided otherwise than the reader. */
import type { ArchiveListing, DatasetSource, DatasetSummary, ReadingOptions } from '../contracts/codec.ts';

/** What is said of a reading and nothing else: two readings that say the same are the same file read once. */
function tidyReading(reading: ReadingOptions): ReadingOptions {
  const said = Object.entries(reading).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same file or sample, read in this way. */
export function sourceReadAs<S extends DatasetSource & { kind: 'file' | 'sample' }>(
  source: S,
  reading: ReadingOptions,
): S {
  const { reading: _, ...plain } = source;
  const said = tidyReading(reading);
  return (Object.keys(said).length === 0 ? plain : { ...plain, reading: said }) as S;
}

/** What was said about how a source is read; of an archive, about the file that it was made from. */
export function readingOf(
  source: DatasetSource | null,
  archives: readonly ArchiveListing[] = [],
): ReadingOptions {
  if (source === null) return {};
  const said = source.kind === 'archive' ? archives.find(({ id }) => id === source.id) : source;
  return said?.reading ?? {};
}

/** What a dataset with its own test records is called where a result depends on which they are. */
export function dividedId({ id, testRows }: Pick<DatasetSummary, 'id' | 'testRows'>): string {
  return testRows === undefined || testRows === 0 ? id : `${id}-${testRows}`;
}

/** The same of the dataset of an archive. */
export function dividedIdOf({ datasetId, reading }: ArchiveListing): string {
  return dividedId({ id: datasetId, testRows: reading?.testRows });
}

export function isSameReading(a: DatasetSource, b: DatasetSource): boolean {
  return JSON.stringify(readingOf(a)) === JSON.stringify(readingOf(b));
}
