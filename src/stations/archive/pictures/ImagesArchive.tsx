import { hasBases, TRANSFORM_METAS, transformOf } from '../../../contracts/plugins.ts';
import { useState } from 'react';
import type { ImageArchiveReport } from '../../../contracts/images.ts';
import {
  Button,
  CompactSelect,
  ErrorNotice,
  Notice,
  ProgressLine,
  StationLayout,
} from '../../../ui/controls/index.ts';
import { formatBytes, formatSeconds } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { Later } from '../../../ui/Later.tsx';
import { OF_PICTURES } from '../../settings/homes.ts';
import { SettingsOn } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { ArchiveList } from '../ArchiveList.tsx';
import { byteParts, WITHOUT_BASES, type PartWords } from '../breakdown.ts';
import { ByteBar } from '../ByteBar.tsx';
import { SearchFigure } from '../SearchFigure.tsx';
import { ClassStorage } from './ClassStorage.tsx';
import { FidelityPanel } from './FidelityPanel.tsx';
import { ImagePeersPanel } from './ImagePeersPanel.tsx';
import { ImageStorage } from './ImageStorage.tsx';
import { PictureInspector } from './PictureInspector.tsx';
import '../archive.css';
import './images.css';

/** The Archive station while pictures are open. */
export function ImagesArchive() {
  const { task, sharesBases, isLossless, hasData, isOpening, isHeld, computeImages, cancelImages } =
    useLabParts((lab) => ({
      task: lab.images.archive,
      sharesBases: hasBases(lab.images.settings.codec),
      isLossless: TRANSFORM_METAS.find(transformOf(lab.images.settings))?.isLossless === true,
      isHeld: lab.images.held.some(({ part }) => part === 'archive'),
      hasData: lab.images.dataset.value !== null,
      isOpening: lab.images.dataset.status === 'running',
      computeImages: lab.computeImages,
      cancelImages: lab.cancelImages,
    }));
  const report = task.value;
  return (
    <StationLayout
      title="Archive"
      lead={
        <>
          The pictures in one <Term name="archive">archive</Term>
          {isLossless ? ', without losing a level' : ''}.{' '}
          {sharesBases ? (
            <>
              A <Term name="codec">codec</Term> finds <Term name="base">bases</Term> that pictures of a class
              share; every picture is then a <Term name="baseId">base ID</Term> and its{' '}
              <Term name="deviation">deviation</Term>.
            </>
          ) : (
            <>
              The <Term name="codec">codec</Term> learns once, in a model that all pictures share, how a pixel
              follows from those around it, and codes every picture in as few bits as it is worth.
            </>
          )}{' '}
          Any picture can be read without its neighbours.
        </>
      }
      controls={<SettingsOn home={OF_PICTURES} panel="archive" />}
      foldOnPhone
    >
      {task.status === 'running' && (
        <div className="station-progress">
          <ProgressLine
            progress={task.progress}
            label="Compressing"
            onCancel={() => cancelImages('archive')}
          />
        </div>
      )}
      {task.error !== null && <ErrorNotice error={task.error} onRetry={() => computeImages('archive')} />}
      {task.status === 'cancelled' && !isHeld && (
        <Notice>
          <p>Compression was cancelled{report === null ? '.' : '; what is below was made before.'}</p>
          <Button onPress={() => computeImages('archive')}>Compress</Button>
        </Notice>
      )}
      {report !== null && task.stale && task.status === 'done' && (
        <StaleNotice report={report} onCompress={() => computeImages('archive')} />
      )}
      {report === null ? (
        task.status !== 'running' && (
          <p className="soft">
            {isHeld
              ? 'It waits for you: see above.'
              : task.status === 'cancelled'
                ? 'There is no archive of these pictures yet.'
                : hasData
                  ? 'Waiting for its turn.'
                  : isOpening
                    ? 'The pictures are being read; compression follows.'
                    : 'Open a dataset to compress it.'}
          </p>
        )
      ) : (
        <ReportPanels report={report} isStale={task.stale} />
      )}
      <Later>
        <ArchiveList />
      </Later>
    </StationLayout>
  );
}

interface ReportProps {
  report: ImageArchiveReport;
  isStale: boolean;
}

/** Small archives follow the settings by themselves; one that takes long waits to be asked for. */
function StaleNotice({ report, onCompress }: { report: ImageArchiveReport; onCompress: () => void }) {
  return (
    <Notice>
      <p>
        The settings have changed since this archive was made; making it took{' '}
        {formatSeconds(report.encodeSeconds + report.decodeSeconds)}, decoding included.
      </p>
      <Button variant="primary" onPress={onCompress}>
        Compress with the new settings
      </Button>
    </Notice>
  );
}

/** What the parts of an archive are where pictures are in it; it holds no samples. */
const PART_WORDS: PartWords = {
  bases: { about: 'Bits that many pictures share, once per base.' },
  baseIds: { about: 'Which base each picture uses.' },
  deviations: { about: 'The bits that stay with each picture.' },
  masks: {
    about: 'Which bits are constant or in the base, and the constant ones’ values, for every table.',
  },
  parameters: {
    about: 'Class names, the label of every picture, the split, the width of every column, the settings.',
  },
  container: { about: 'Header, table of contents, block index and checksums.' },
  samples: null,
};

/** The same of a codec without bases. */
const PART_WORDS_WITHOUT_BASES: PartWords = {
  ...PART_WORDS,
  ...WITHOUT_BASES,
  deviations: { label: 'pictures', about: 'Every picture, coded under the model.' },
};

function ReportPanels({ report, isStale }: ReportProps) {
  const bytes = report.bytes.train;
  const rawBytes = report.rawBytes.train;
  const sharesBases = report.tables.some(({ bases }) => bases !== null);
  return (
    <>
      <ImageStorage report={report} isStale={isStale} />
      {report.fidelity.kind === 'near' && <FidelityPanel fidelity={report.fidelity} isStale={isStale} />}
      <ByteBar
        caption={`training pictures: ${formatBytes(rawBytes)} of raw pixels → ${formatBytes(bytes)}`}
        parts={byteParts(
          report.breakdown.train,
          rawBytes,
          sharesBases ? PART_WORDS : PART_WORDS_WITHOUT_BASES,
        )}
        bytes={bytes}
        rawBytes={rawBytes}
        of="raw pixels"
        whyLarger={
          sharesBases
            ? 'Its pictures share too few bits, as photographs do; a transform may find what they have in common.'
            : 'Its pixels follow from their neighbours no more than noise does, or there are too few pictures.'
        }
        isStale={isStale}
      />
      <Later>
        <ClassStorage report={report} isStale={isStale} />
      </Later>
      <Later>
        <Search report={report} isStale={isStale} />
      </Later>
      <Later>
        <Peers />
      </Later>
      <Later>
        <PictureInspector report={report} />
      </Later>
    </>
  );
}

/** The search of one table: every class has its own. */
function Search({ report, isStale }: ReportProps) {
  const codec = useLabParts((lab) => ({ name: lab.images.settings.codec })).name;
  const [chosen, setChosen] = useState(0);
  const { tables } = report;
  if (tables.length === 0) return null;
  const shown = Math.min(chosen, tables.length - 1);
  const table = tables[shown];
  if (table.bases === null) return null;
  return (
    <SearchFigure
      curve={table.bases.curve}
      constantBits={table.bases.constantBits}
      codec={codec}
      records={table.className === null ? 'training pictures' : `training pictures of ${table.className}`}
      isStale={isStale}
      actions={
        tables.length > 1 && (
          <CompactSelect
            label="Class whose search is shown"
            value={String(shown)}
            options={tables.map(({ className }, index) => ({
              value: String(index),
              label: className ?? 'All classes',
            }))}
            onChange={(value) => setChosen(Number(value))}
          />
        )
      }
    />
  );
}

function Peers() {
  const { peers, measure, cancel } = useLabParts((lab) => ({
    peers: lab.images.peers,
    measure: lab.measureImagePeers,
    cancel: lab.cancelImagePeers,
  }));
  return (
    <ImagePeersPanel task={peers.task} rows={peers.rows} onMeasure={() => void measure()} onCancel={cancel} />
  );
}
