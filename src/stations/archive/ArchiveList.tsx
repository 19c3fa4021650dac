import type { ArchiveListing } from '../../contracts/codec.ts';
import { CODEC_METAS } from '../../contracts/plugins.ts';
import type { ImageArchiveFacts } from '../../contracts/images.ts';
import {
  Button,
  Checkbox,
  Confirm,
  DataTable,
  DownloadIcon,
  IconButton,
  Panel,
  TrashIcon,
  type TableColumn,
} from '../../ui/controls/index.ts';
import { formatBytes, formatCount, formatDate, formatPercent, formatPlural } from '../../ui/format.ts';
import { fidelityWords, shapeWords } from '../../ui/pictures/words.ts';
import { encodingWords } from '../pictures/encodingWords.ts';
import { useLab, useLabParts } from '../useLab.ts';
import { ImportButton } from './ImportButton.tsx';
import { SaveMenu } from './SaveMenu.tsx';
import { Verification } from './Verification.tsx';

const codecLabel = (name: string): string => CODEC_METAS.find(name)?.label ?? name;

/** The archives kept in this browser and the room that they take; an embed changes none of them, and lists none. */
export function ArchiveList() {
  return !useLab((lab) => lab.view.embed) && <Archives />;
}

function Archives() {
  const { archives, openId, storage, checking, ...lab } = useLabParts((state) => ({
    archives: state.archives,
    openId: (state.kind === 'images' ? state.images.archive : state.archive).value?.id ?? null,
    storage: state.storage,
    checking: Object.keys(state.verifications)
      .filter((id) => state.verifications[id].status === 'running')
      .join(' '),
    load: state.load,
    keepArchive: state.keepArchive,
    verifyArchive: state.verifyArchive,
    deleteArchive: state.deleteArchive,
    deleteEverything: state.deleteEverything,
  }));

  const columns: TableColumn<ArchiveListing>[] = [
    {
      id: 'name',
      header: 'Archive',
      isRowHeader: true,
      cell: ({ id, name, rows, columns: wide, images }) => (
        <>
          <span className="column-name">{name}</span>{' '}
          {id === openId && <span className="chip chip-open">open</span>}
          <span className="archive-extent">
            {images === undefined
              ? `${formatCount(rows)} × ${formatCount(wide)}`
              : pictureExtent(rows, images)}
          </span>
          {images !== undefined && <PictureFacts facts={images} />}
          <Verification id={id} />
        </>
      ),
    },
    {
      id: 'codec',
      header: 'Codec',
      isBelowOnPhone: true,
      cell: ({ codec }) => <span>{codecLabel(codec)}</span>,
    },
    { id: 'bytes', header: 'Size', isNumeric: true, cell: ({ bytes }) => formatBytes(bytes) },
    {
      id: 'share',
      header: 'Of raw',
      isNumeric: true,
      cell: ({ bytes, rawFloat64Bytes, images }) => (
        <>
          {formatPercent(bytes / rawFloat64Bytes)}
          <span className="archive-extent">{images === undefined ? 'float64' : 'pixels'}</span>
        </>
      ),
    },
    {
      id: 'date',
      header: 'Written',
      isBelowOnPhone: true,
      cell: ({ createdAt }) => <WrittenAt time={createdAt} />,
    },
    {
      id: 'kept',
      header: 'Keep',
      cell: ({ id, name, kept }) => (
        <Checkbox
          label={`Keep ${name}`}
          hideLabel
          value={kept}
          onChange={(value) => void lab.keepArchive(id, value)}
        />
      ),
    },
    {
      id: 'actions',
      header: <span className="visually-hidden">Actions</span>,
      isBelowOnPhone: true,
      cell: ({ id, name, images }) => (
        <span className="row-actions">
          <Button
            isDisabled={id === openId}
            onPress={() => void lab.load({ kind: 'archive', id })}
            aria-label={`Open the archive of ${name}`}
          >
            Open
          </Button>
          <Button
            isDisabled={checking.includes(id)}
            onPress={() => void lab.verifyArchive(id)}
            aria-label={`Verify the archive of ${name}`}
          >
            Verify
          </Button>
          <SaveMenu id={id} holds={images === undefined ? 'table' : 'images'}>
            <IconButton label={`Save the archive of ${name} as…`} icon={<DownloadIcon />} variant="quiet" />
          </SaveMenu>
          <IconButton
            label={`Delete the archive of ${name}`}
            icon={<TrashIcon />}
            variant="quiet"
            onPress={() => lab.deleteArchive(id)}
          />
        </span>
      ),
    },
  ];

  return (
    <Panel
      title="Archives in this browser"
      caption="a working archive is replaced when its dataset is encoded again; a kept one stays"
      actions={
        <>
          <ImportButton />
          {archives.length > 0 && (
            <Confirm
              trigger={<Button variant="danger">Delete everything…</Button>}
              title="Delete all archives?"
              confirm={`Delete ${formatPlural(archives.length, 'archive')}`}
              onConfirm={() => void lab.deleteEverything()}
            >
              <p>
                {formatPlural(archives.length, 'archive')} will be deleted from this browser, kept ones
                included, and with them the results of sweeps and the trained networks. This cannot be undone.
                Your own files are not touched.
              </p>
            </Confirm>
          )}
        </>
      }
    >
      <DataTable
        caption="Archives in this browser"
        columns={columns}
        rows={archives}
        rowKey={({ id }) => id}
        maxHeight={420}
        empty="There is no archive in this browser. You can import one that was saved as a file."
      />
      {storage !== null && (
        <StorageBar usage={storage.usage} quota={storage.quota} persisted={storage.persisted} />
      )}
    </Panel>
  );
}

function pictureExtent(pictures: number, { width, height, channels, classes }: ImageArchiveFacts): string {
  const shape = shapeWords({ width, height, channels });
  return `${formatPlural(pictures, 'picture')}, ${shape}, ${formatPlural(classes, 'class', 'classes')}`;
}

/** How the pictures are stored, and whether they come back exactly: it belongs beside every size. */
function PictureFacts({ facts: { settings, fidelity } }: { facts: ImageArchiveFacts }) {
  return (
    <span className="archive-facts">
      {encodingWords(settings)}
      {settings.classWise ? '' : ', one table for all'} · {fidelityWords(fidelity)}
    </span>
  );
}

/** The date and the time, each in one piece, beside or below each other. */
function WrittenAt({ time }: { time: number }) {
  const [date, clock = ''] = formatDate(time).split(', ');
  return (
    <>
      <span className="nowrap">{date}</span> <span className="nowrap">{clock}</span>
    </>
  );
}

function StorageBar({ usage, quota, persisted }: { usage: number; quota: number; persisted: boolean }) {
  const share = quota > 0 ? Math.min(1, usage / quota) : 0;
  const isTight = share > 0.8;
  return (
    <div className="storage">
      <p>
        {formatBytes(usage)} used by this page, {formatBytes(Math.max(0, quota - usage))} left of what the
        browser allows
        {persisted ? ', kept under disk pressure' : ''}
      </p>
      <span
        className="storage-track"
        role="meter"
        aria-label="Storage used"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <span
          className={isTight ? 'storage-fill storage-tight' : 'storage-fill'}
          style={{ width: `${Math.max(share * 100, 0.4)}%` }}
        />
      </span>
    </div>
  );
}
