import { lazy } from 'react';
import { Panel, Stat, StationLayout, Stats } from '../../ui/controls/index.ts';
import { formatBytes, formatCount, formatSeconds } from '../../ui/format.ts';
import { Later } from '../../ui/Later.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { AwaitedPanel } from './AwaitedPanel.tsx';
import { ChoicePanel } from './ChoicePanel.tsx';
import { LeftOutProposals } from '../LeftOutProposals.tsx';
import { TargetQuestion } from '../TargetQuestion.tsx';
import { ColumnsTable } from './table/ColumnsTable.tsx';
import { DataControls } from './table/DataControls.tsx';
import { ExaminationNotice } from './table/ExaminationNotice.tsx';
import { HeaderQuestion } from './table/HeaderQuestion.tsx';
import { FileDrop } from './FileDrop.tsx';
import { Gallery } from './Gallery.tsx';
import { Presets } from './Presets.tsx';
import { NoticesPanel } from './table/NoticesPanel.tsx';
import { OpeningPanel } from './OpeningPanel.tsx';
import { PreviewTable } from './table/PreviewTable.tsx';
import { ReadingBar } from './table/ReadingBar.tsx';
import { ReadingPanel } from './table/ReadingPanel.tsx';
import { useReadingDraft } from './table/useReadingDraft.ts';
import './data.css';

// Most visits begin with a table: what shows pictures is fetched when there are some.
const ImagesData = lazy(() => import('./pictures/ImagesData.tsx').then((m) => ({ default: m.ImagesData })));

export function DataStation() {
  return useLab((lab) => lab.kind) === 'images' ? <ImagesData /> : <TableData />;
}

function TableData() {
  const { dataset, awaited } = useLabParts((lab) => ({
    dataset: lab.dataset.value,
    awaited: lab.awaited,
  }));
  const draft = useReadingDraft();
  return (
    <StationLayout
      title="Data"
      lead="A table of records, or pictures. Nothing leaves this machine: what you open is read, compressed and learned from right here."
      first={
        awaited === null && (
          <div className="field">
            <FileDrop label="Open a file…" />
          </div>
        )
      }
      controls={<DataControls />}
      foldOnPhone={dataset !== null}
    >
      <ReadingBar draft={draft} />
      {awaited !== null && <AwaitedPanel awaited={awaited} />}
      <ChoicePanel />
      <OpeningPanel />
      <TargetQuestion />
      <ExaminationNotice />
      <LeftOutProposals />
      {dataset !== null && (
        <>
          <Panel
            name="dataset"
            title={dataset.name}
            caption={dataset.fileName === dataset.name ? undefined : dataset.fileName}
          >
            <Stats>
              <Stat label="Records" value={formatCount(dataset.rows)} />
              {dataset.testRows !== undefined && (
                <Stat
                  label="Split"
                  value="as given"
                  note={`${formatCount(dataset.rows - dataset.testRows)} training, ${formatCount(dataset.testRows)} test`}
                />
              )}
              <Stat label="Columns" value={formatCount(dataset.columns.length)} />
              <Stat
                label="As float64"
                value={formatBytes(dataset.rawFloat64Bytes)}
                note="8 bytes a cell; the archive’s size is a share of this"
              />
              {dataset.csvBytes !== null && (
                <Stat
                  label="As text"
                  value={formatBytes(dataset.csvBytes)}
                  note={/\.gz$/i.test(dataset.fileName) ? 'the file unpacked' : 'the file as it came'}
                />
              )}
              <Stat label="Read in" value={formatSeconds(dataset.seconds)} />
            </Stats>
          </Panel>
          <NoticesPanel dataset={dataset} />
          <HeaderQuestion dataset={dataset} draft={draft} />
          <Later>
            <ReadingPanel dataset={dataset} draft={draft} />
          </Later>
          <Later>
            <ColumnsTable dataset={dataset} draft={draft} />
          </Later>
          <Later>
            <PreviewTable dataset={dataset} />
          </Later>
        </>
      )}
      <Gallery />
      <Later>
        <Presets />
      </Later>
    </StationLayout>
  );
}
