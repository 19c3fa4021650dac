import type { ImageReading, ImageSummary, SkippedPicture } from '../../../contracts/images.ts';
import { Button, DataTable, Disclosure, Notice, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { withReading, type ImageDraft } from './useImageDraft.ts';

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

/** The other reading of what a notice says was read in one of two ways. */
const OTHER_READINGS: ReadonlyMap<string, { label: string; change: Partial<ImageReading> }> = new Map([
  ['classes-from-labels', { label: 'Take the folders instead', change: { classesFrom: 'top-folders' } }],
  [
    'classes-top-folders',
    { label: 'Take those right above the pictures', change: { classesFrom: 'last-folders' } },
  ],
  ['classes-last-folders', { label: 'Take those at the top', change: { classesFrom: 'top-folders' } }],
]);

function otherReadingOf({
  code,
  column,
}: Remark): { label: string; change: Partial<ImageReading> } | undefined {
  if (code === 'label-column-finest' && column !== null)
    return { label: `Take “${column}” instead`, change: { labelColumn: column } };
  return OTHER_READINGS.get(code);
}

type Remark = ImageSummary['notices'][number];

function OtherReading({ remark, draft }: { remark: Remark; draft: ImageDraft }) {
  const { task, readImagesAs } = useLabParts((lab) => ({
    task: lab.images.dataset,
    readImagesAs: lab.readImagesAs,
  }));
  const other = otherReadingOf(remark);
  if (other === undefined || !draft.hasFiles) return null;
  return (
    <Button
      isPending={task.status === 'running'}
      onPress={() => void readImagesAs(withReading(draft.current, other.change))}
    >
      {other.label}
    </Button>
  );
}

/** What the reader has to say on the pictures, and those that it left out by name. */
export function ImageNotices({ dataset, draft }: { dataset: ImageSummary; draft: ImageDraft }) {
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
            {notices.map((remark, index) => (
              <li key={index}>
                {remark.text} <OtherReading remark={remark} draft={draft} />
              </li>
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
