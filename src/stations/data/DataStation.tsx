import { GALLERY } from '../../contracts/gallery.ts';
import {
  Button,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  Stat,
  StationLayout,
  Stats,
} from '../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPlural, formatSeconds } from '../../ui/format.ts';
import { Later } from '../../ui/Later.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { AwaitedPanel } from './AwaitedPanel.tsx';
import { ColumnsTable } from './ColumnsTable.tsx';
import { DataControls } from './DataControls.tsx';
import { FileDrop } from './FileDrop.tsx';
import { PreviewTable } from './PreviewTable.tsx';
import './data.css';

export function DataStation() {
  const { task, awaited, cancelLoad } = useLabParts((lab) => ({
    task: lab.dataset,
    awaited: lab.awaited,
    cancelLoad: lab.cancelLoad,
  }));
  const dataset = task.value;
  return (
    <StationLayout
      title="Data"
      lead="A table of records. Nothing leaves this machine: the file is read, compressed and learned from right here."
      first={
        awaited === null && (
          <div className="field">
            <FileDrop label="Open a CSV file…" />
          </div>
        )
      }
      controls={<DataControls />}
      foldOnPhone={dataset !== null}
    >
      {awaited !== null && <AwaitedPanel awaited={awaited} />}
      {task.status === 'running' && (
        <Panel
          title="Opening"
          caption={dataset === null ? undefined : `${dataset.name} stays until it is read`}
        >
          <ProgressLine progress={task.progress} label="Reading" onCancel={cancelLoad} />
        </Panel>
      )}
      {task.status === 'failed' && task.error !== null && awaited?.other == null && (
        <ErrorNotice error={task.error} isQuiet />
      )}
      {dataset !== null && (
        <>
          <Panel
            title={dataset.name}
            caption={dataset.fileName === dataset.name ? undefined : dataset.fileName}
          >
            <Stats>
              <Stat label="Records" value={formatCount(dataset.rows)} />
              <Stat label="Columns" value={formatCount(dataset.columns.length)} />
              <Stat
                label="As float64"
                value={formatBytes(dataset.rawFloat64Bytes)}
                note="8 bytes a cell: what storage is compared with"
              />
              {dataset.csvBytes !== null && (
                <Stat label="As text" value={formatBytes(dataset.csvBytes)} note="the file as it came" />
              )}
              <Stat label="Read in" value={formatSeconds(dataset.seconds)} />
            </Stats>
          </Panel>
          {dataset.notices.length > 0 && (
            <Notice tone="warning">
              <p>
                <strong>{formatPlural(dataset.notices.length, 'remark')} on this table</strong>
              </p>
              <ul className="notice-list">
                {dataset.notices.slice(0, 12).map((notice, index) => (
                  <li key={index}>
                    {notice.column !== null && <strong>{notice.column}: </strong>}
                    {notice.text}
                  </li>
                ))}
              </ul>
              {dataset.notices.length > 12 && <p>and {formatCount(dataset.notices.length - 12)} more</p>}
            </Notice>
          )}
          <Later>
            <ColumnsTable dataset={dataset} />
          </Later>
          <Later>
            <PreviewTable dataset={dataset} />
          </Later>
        </>
      )}
      <Gallery />
    </StationLayout>
  );
}

/** Samples that come with the lab. */
function Gallery() {
  const load = useLab((lab) => lab.load);
  const current = useLab((lab) => lab.dataset.value?.sampleId ?? null);
  return (
    <Panel title="Samples" caption="they come with the lab">
      <ul className="gallery">
        {GALLERY.map((sample) => (
          <li key={sample.id} className="gallery-card">
            <h4>{sample.title}</h4>
            <p className="gallery-size">
              {formatCount(sample.rows)} × {formatCount(sample.columns)} · {formatBytes(sample.bytes)}
            </p>
            <p>{sample.about}</p>
            <p className="soft small">
              {sample.task}. {sample.source}.
            </p>
            <Button
              isDisabled={current === sample.id}
              onPress={() => void load({ kind: 'sample', id: sample.id })}
              aria-label={current === sample.id ? `${sample.title} is open` : `Open ${sample.title}`}
            >
              {current === sample.id ? 'Already open' : 'Open'}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
