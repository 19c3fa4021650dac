import { useCallback } from 'react';
import type { ImageArchiveReport, ImageInspection } from '../../../contracts/images.ts';
import { ErrorNotice, Panel } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPlural, formatSeconds } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { DifferencePicture } from '../../../ui/pictures/DifferencePicture.tsx';
import { EnlargedPicture } from '../../../ui/pictures/EnlargedPicture.tsx';
import { PictureGrid } from '../../../ui/pictures/PictureGrid.tsx';
import { PICTURE_INSPECTOR } from '../../reveal.ts';
import { useLabParts } from '../../useLab.ts';
import { InspectorBar } from '../InspectorBar.tsx';
import { PixelBitsPictures } from './PixelBitsPictures.tsx';

/** One picture fetched by random access: before and after, its base, who shares it, and what reading it took. */
export function PictureInspector({ report }: { report: ImageArchiveReport }) {
  const { task, inspectImage } = useLabParts((lab) => ({
    task: lab.images.inspection,
    inspectImage: lab.inspectImage,
  }));
  const records = report.trainRecords + report.testRecords;
  const inspection = task.value;
  const record = inspection?.record ?? 0;
  const go = (next: number) => void inspectImage(Math.min(records - 1, Math.max(0, next)));

  return (
    <div id={PICTURE_INSPECTOR} className="picture-inspector" tabIndex={-1}>
      <Panel
        name="inspector"
        title="One picture"
        caption={
          <>
            fetched by <Term name="randomAccess">random access</Term>, without its neighbours
          </>
        }
        stale={task.stale && inspection !== null}
      >
        {!report.stored ? (
          <p className="soft">
            The archive is not stored in this browser, so there is nothing to fetch from.
          </p>
        ) : (
          <>
            <InspectorBar
              noun="picture"
              index={record}
              count={records}
              order="in the order of the dataset"
              onGo={go}
              onMostShared={
                report.tables.every(({ bases }) => bases === null) ? null : () => void inspectImage(null)
              }
            />
            {task.error !== null && (
              <ErrorNotice error={task.error} onRetry={() => void inspectImage(inspection?.record ?? null)} />
            )}
            {inspection !== null && (
              <Inspected inspection={inspection} isClassWise={report.tables.length > 1} onGo={go} />
            )}
          </>
        )}
      </Panel>
    </div>
  );
}

interface InspectedProps {
  inspection: ImageInspection;
  /** Whether its table is of its class alone. */
  isClassWise: boolean;
  onGo: (record: number) => void;
}

function Inspected({ inspection, isClassWise, onGo }: InspectedProps) {
  const { record, group, className, position, before, after, base, bits } = inspection;
  const { width, height, channels } = after;
  const size = { width, height, channels };
  const name = `record ${formatCount(record)}, ${className}`;
  const kind = group === 'train' ? 'training' : 'test';
  return (
    <>
      <p className="inspector-facts">
        <strong>{className}</strong> · {kind} picture {formatCount(position)} of its table ·{' '}
        {base !== null && (
          <>
            base <span className="role-id">#{formatCount(base.id)}</span>,{' '}
            {base.sharedBy === 1
              ? 'which no other picture has'
              : `which ${formatPlural(base.sharedBy, `${kind} picture`)} share`}{' '}
            ·{' '}
          </>
        )}
        <strong>{formatBytes(inspection.bytesTouched)}</strong> of the record
        {base !== null && ' and its base'} touched, {readWords(inspection)}, in{' '}
        <strong>{formatSeconds(inspection.microseconds / 1e6)}</strong>
      </p>
      <div className="inspected-pictures">
        {before !== null && (
          <EnlargedPicture
            title="Before"
            label={`${name}, as it was read`}
            size={size}
            pixels={before}
            note="as it was read"
          />
        )}
        <EnlargedPicture
          title="After"
          label={`${name}, decoded from the archive`}
          size={size}
          pixels={after.pixels}
          note={
            before === null
              ? 'decoded from the archive, which is all there is: the originals are not open'
              : 'decoded from the archive'
          }
        />
        {before !== null && (
          <DifferencePicture name={name} before={before} after={after.pixels} size={size} />
        )}
        {base !== null && (
          <EnlargedPicture
            title={
              <>
                <span className="role-base">Base</span> #{formatCount(base.id)}
              </>
            }
            label={`Base ${formatCount(base.id)}, every deviation bit zero`}
            size={size}
            pixels={base.pixels}
            note="what is left when every deviation bit is zero"
          />
        )}
        {bits !== null && (
          <PixelBitsPictures bits={bits} size={size} name={name} className={isClassWise ? className : null} />
        )}
      </div>
      {base !== null && <Sharing key={record} base={base} record={record} kind={kind} onGo={onGo} />}
    </>
  );
}

interface SharingProps {
  base: NonNullable<ImageInspection['base']>;
  record: number;
  /** "training" or "test". */
  kind: string;
  onGo: (record: number) => void;
}

/** The pictures that share a base. */
function Sharing({ base: { sharedBy, sharing }, record, kind, onGo }: SharingProps) {
  const describe = useCallback(
    (index: number): string =>
      `record ${formatCount(sharing.records[index])}${sharing.records[index] === record ? ', this one' : ''}`,
    [sharing, record],
  );
  return (
    <>
      <h4 className="sharing-title">
        {sharedBy === 1
          ? `No other ${kind} picture uses this base`
          : `${formatPlural(sharedBy, `${kind} picture`)} share this base${sharing.records.length < sharedBy ? `, ${formatCount(sharing.records.length)} of them here` : ''}`}
      </h4>
      {sharedBy > 1 && (
        <PictureGrid
          label="Pictures that share the base"
          pictures={sharing}
          describe={describe}
          onChoose={(index) => onGo(sharing.records[index])}
          choosing="shows it here"
        />
      )}
    </>
  );
}

function readWords({ blocksRead, bytesRead }: ImageInspection): string {
  if (blocksRead === 0) return 'no block read: it was in memory';
  return `${formatPlural(blocksRead, 'block')} of ${formatBytes(bytesRead)} read`;
}
