import type { ImageSummary, SkippedPicture } from '../../../contracts/images.ts';
import { DataTable, Disclosure, Notice, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';

const COLUMNS: readonly TableColumn<SkippedPicture>[] = [
  {
    id: 'path',
    header: 'Picture',
    isRowHeader: true,
    cell: ({ path }) => <span className="skipped-path">{path}</span>,
  },
  { id: 'what', header: 'Why', cell: ({ what }) => <span className="skipped-why">{what}</span> },
  { id: 'code', header: 'Code', cell: ({ code }) => <code>{code}</code> },
];

/** What the reader has to say on the pictures, and those that it left out by name. */
export function ImageNotices({ dataset }: { dataset: ImageSummary }) {
  const { notices, skipped, skippedCount } = dataset;
  if (notices.length === 0 && skippedCount === 0) return null;
  return (
    <Notice tone="warning">
      {notices.length > 0 && (
        <>
          <p>
            <strong>{formatPlural(notices.length, 'remark')} on these pictures</strong>
          </p>
          <ul className="notice-list">
            {notices.map(({ text }, index) => (
              <li key={index}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {skippedCount > 0 && (
        <>
          <p>
            <strong>{formatPlural(skippedCount, 'picture')} left out:</strong> {skipped[0]?.what ?? ''}
          </p>
          <Disclosure title="Which, and why">
            <DataTable
              caption="Pictures that were left out"
              columns={COLUMNS}
              rows={skipped}
              rowKey={(_, index) => index}
              maxHeight={320}
              isDense
            />
            {skippedCount > skipped.length && (
              <p>
                The first {formatCount(skipped.length)} of {formatCount(skippedCount)}.
              </p>
            )}
          </Disclosure>
        </>
      )}
    </Notice>
  );
}
