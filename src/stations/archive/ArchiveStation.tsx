import type { ArchiveReport } from '../../contracts/codec.ts';
import { hasBases } from '../../contracts/plugins.ts';
import {
  Button,
  DownloadIcon,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  Stat,
  StationLayout,
  Stats,
} from '../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural, formatSeconds } from '../../ui/format.ts';
import { Term } from '../../ui/glossary/Term.tsx';
import { withTerms } from '../../ui/glossary/withTerms.tsx';
import { Later } from '../../ui/Later.tsx';
import { OF_TABLE } from '../settings/homes.ts';
import { SettingsOn } from '../settings/SettingControl.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { ArchiveList } from './ArchiveList.tsx';
import { byteParts, WITHOUT_BASES } from './breakdown.ts';
import { ByteBar } from './ByteBar.tsx';
import { ImagesArchive } from './pictures/ImagesArchive.tsx';
import { ColumnBitsPanel } from './table/ColumnBitsPanel.tsx';
import { PeersPanel } from './table/PeersPanel.tsx';
import { RecordInspector } from './table/RecordInspector.tsx';
import { CondensedSamplesPanel } from './table/CondensedSamplesPanel.tsx';
import { SaveMenu } from './SaveMenu.tsx';
import { SearchFigure } from './SearchFigure.tsx';
import './archive.css';

export function ArchiveStation() {
  return useLab((lab) => lab.kind) === 'images' ? <ImagesArchive /> : <TableArchive />;
}

function TableArchive() {
  const { task, codec, hasData, opening, isHeld, retry, cancel } = useLabParts((lab) => ({
    codec: lab.settings.codec,
    opening: lab.dataset.status === 'running',
    task: lab.archive,
    isHeld: lab.held.some(({ part }) => part === 'archive'),
    hasData: lab.dataset.value !== null,
    retry: lab.retry,
    cancel: lab.cancel,
  }));
  const report = task.value;
  return (
    <StationLayout
      title="Archive"
      lead={
        <>
          The table in one <Term name="archive">archive</Term>, without losing a digit.{' '}
          {hasBases(codec) ? (
            <>
              A <Term name="codec">codec</Term> finds <Term name="base">bases</Term>, stored once; every
              record is then a <Term name="baseId">base ID</Term> and its{' '}
              <Term name="deviation">deviation</Term>. Any record can be read without its neighbours.
            </>
          ) : (
            <>
              The <Term name="codec">codec</Term> learns once, in a model that all records share, which values
              are likely, and codes every record in as few bits as it is worth. A record can be read with the
              few that it is coded with, without all others.
            </>
          )}
        </>
      }
      controls={<SettingsOn home={OF_TABLE} panel="archive" />}
      foldOnPhone
    >
      {task.status === 'running' && (
        <div className="station-progress">
          <ProgressLine progress={task.progress} label="Compressing" onCancel={() => cancel('archive')} />
        </div>
      )}
      {task.error !== null && <ErrorNotice error={task.error} onRetry={() => retry('archive')} />}
      {task.status === 'cancelled' && !isHeld && (
        <Notice>
          <p>Compression was cancelled; changing a setting starts it again.</p>
        </Notice>
      )}
      {report === null ? (
        task.status !== 'running' && (
          <p className="soft">
            {isHeld
              ? 'It waits for you: see above.'
              : hasData
                ? 'Waiting for its turn.'
                : opening
                  ? 'The dataset is being opened; compression follows.'
                  : 'Open a dataset to compress it.'}
          </p>
        )
      ) : (
        <>
          <StorageHeadline report={report} isStale={task.stale} />
          <TableBytes report={report} isStale={task.stale} />
          {report.columnBits !== null && (
            <Later>
              <ColumnBitsPanel columns={report.columnBits} isStale={task.stale} />
            </Later>
          )}
          {report.bases !== null && (
            <Later>
              <SearchFigure
                curve={report.bases.curve}
                constantBits={report.bases.constantBits}
                codec={codec}
                isStale={task.stale}
              />
            </Later>
          )}
          <Later>
            <Peers />
          </Later>
          <Later>
            <RecordInspector report={report} />
          </Later>
          <Later>
            <CondensedSamplesPanel report={report} />
          </Later>
        </>
      )}
      <Later>
        <ArchiveList />
      </Later>
    </StationLayout>
  );
}

function TableBytes({ report, isStale }: { report: ArchiveReport; isStale: boolean }) {
  const bytes = report.bytes.train;
  const rawBytes = report.rawFloat64Bytes.train;
  return (
    <ByteBar
      caption={`training records: ${formatBytes(rawBytes)} as float64 → ${formatBytes(bytes)}`}
      parts={byteParts(report.breakdown.train, rawBytes, report.bases === null ? WITHOUT_BASES : {})}
      bytes={bytes}
      rawBytes={rawBytes}
      of="float64"
      whyLarger={`${report.bases === null ? 'Its values follow no pattern that the codec found' : 'Its records share too few bits'}, or there are too few of them to make up for the archive’s own overhead.`}
      isStale={isStale}
    />
  );
}

function Peers() {
  const { peers, measure, cancel } = useLabParts((lab) => ({
    peers: lab.peers,
    measure: lab.measurePeers,
    cancel: lab.cancelPeers,
  }));
  return (
    <PeersPanel task={peers.task} rows={peers.rows} onMeasure={() => void measure()} onCancel={cancel} />
  );
}

/** What the true size is a share of, and why it may be more than the whole. */
function sizeWords({ bytes, rawFloat64Bytes, trainRows, breakdown: { train } }: ArchiveReport): string {
  const records = formatPlural(trainRows, 'training record');
  const size = `of float64: ${formatBytes(bytes.train)} for ${records}`;
  const overhead = train.container + train.parameters + train.masks;
  return bytes.train > rawFloat64Bytes.train && 2 * overhead > bytes.train
    ? `${size}; ${formatBytes(overhead)} of it are headers, names and checksums: too much for so few records`
    : `${size}, every header and checksum counted`;
}

function StorageHeadline({ report, isStale }: { report: ArchiveReport; isStale: boolean }) {
  const { bytes, rawFloat64Bytes, csvBytes, bases } = report;
  const file = bytes.train + bytes.test;
  const share = bytes.train / rawFloat64Bytes.train;
  const speed = (rawFloat64Bytes.train + rawFloat64Bytes.test) / report.encodeSeconds;
  return (
    <Panel
      name="storage"
      title="Storage"
      caption={`lossless: every value was decoded and compared with its original in ${formatSeconds(report.decodeSeconds)}`}
      stale={isStale}
      actions={
        <SaveMenu id={report.id} holds="table">
          <Button icon={<DownloadIcon />} isDisabled={!report.stored || isStale}>
            Save as…
          </Button>
        </SaveMenu>
      }
    >
      <Stats isWide>
        <Stat
          label="True size"
          value={formatPercent(share, share >= 10 ? 0 : 1)}
          tone="base"
          note={withTerms(sizeWords(report), { float64: 'float64' })}
        />
        {bases !== null && (
          <Stat
            label={
              <>
                S of <Term name="equation1">Equation 1</Term>
              </>
            }
            value={formatPercent(bases.equation1Bits / 8 / rawFloat64Bytes.train)}
            note={`of float64: ${formatBytes(bases.equation1Bits / 8)}; ${formatBytes(bases.equation1BitsWithSamples / 8)} with the samples’ terms`}
          />
        )}
        <Stat
          label="Test part"
          value={report.testRows === 0 ? '–' : formatPercent(bytes.test / rawFloat64Bytes.test)}
          note={`of float64: ${formatBytes(bytes.test)}, ${formatPlural(report.testRows, 'test record')} in a part of their own`}
        />
        {csvBytes !== null && (
          <Stat
            label="Against the text"
            value={formatPercent(file / csvBytes)}
            note={`of the CSV: ${formatBytes(file)}, training and test, for ${formatBytes(csvBytes)} of text`}
          />
        )}
        {bases !== null && (
          <Stat
            label="Bases"
            value={formatCount(bases.baseCount)}
            note={`for ${formatPlural(report.trainRows, 'record')}: ${(report.trainRows / Math.max(1, bases.baseCount)).toFixed(1)} records share one on average`}
          />
        )}
        <Stat
          label="A record"
          value={`${formatCount(report.recordBits)} bits`}
          note={
            bases === null
              ? 'before the codec'
              : `${formatCount(bases.constantBits)} constant, ${formatCount(bases.baseBits - bases.constantBits)} base, ${formatCount(bases.deviationBits)} deviation`
          }
        />
        <Stat
          label="Encoded in"
          value={formatSeconds(report.encodeSeconds)}
          note={`${formatBytes(speed)}/s of float64`}
        />
      </Stats>
    </Panel>
  );
}
