import { memo, useEffect, useMemo, useRef, type RefObject } from 'react';
import type { TrainingRun } from '../../../contracts/training.ts';
import { DataTable, Disclosure, Notice, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { useThrottled } from '../../../ui/charts/useThrottled.ts';
import { formatBytes, formatMeasured, formatPercent } from '../../../ui/format.ts';
import { MethodNotes } from '../../training/MethodNotes.tsx';
import { useLab } from '../../useLab.ts';
import { Trials } from './BackendControl.tsx';
import { EvaluationView } from './EvaluationView.tsx';
import { RunActions } from './RunActions.tsx';
import { memoryParts, pixelsWords, timeParts, type MemoryPart, type TimePart } from './runFacts.ts';
import { RunStats } from './RunStats.tsx';
import { selectionFacts, type SelectionFact } from './selectionFacts.ts';
import { runTitles } from './runWords.ts';
import { shownRun } from './shownRun.ts';

/** Numbers of a run that is at work follow at a pace that can be read; matrix and pictures are looked at longer. */
const DETAILS_EVERY = 1_000;
const EVALUATION_EVERY = 3_000;

/** Everything measured of the run that is chosen. */
export function RunPanel() {
  const id = useLab(({ images: { training } }) => shownRun(training)?.id ?? null);
  const title = useLab(({ images: { training } }) =>
    id === null ? '' : (runTitles(training.runs).get(id) ?? ''),
  );
  // Another run is shown at once.
  return id === null ? null : <ChosenRun key={id} id={id} title={title} />;
}

function ChosenRun({ id, title }: { id: string; title: string }) {
  const live = useLab(({ images: { training } }) => training.runs.find((run) => run.id === id) ?? null);
  const run = useThrottled(live, DETAILS_EVERY);
  const evaluation = useThrottled(live?.evaluation ?? null, EVALUATION_EVERY);
  // What is saved is the run as it stands, not as it was drawn last.
  const latest = useRef(live);
  useEffect(() => {
    latest.current = live;
  }, [live]);
  return (
    <>
      {run !== null && <RunDetails run={run} latest={latest} title={title} />}
      {evaluation !== null && <EvaluationView evaluation={evaluation} of={title} />}
    </>
  );
}

interface RunDetailsProps {
  run: TrainingRun;
  latest: RefObject<TrainingRun | null>;
  title: string;
}

const RunDetails = memo(function RunDetails({ run, latest, title }: RunDetailsProps) {
  const isBegun = run.epochs.length > 0;
  const selecting = selectionFacts(run);
  return (
    <Panel
      name="run"
      title="The chosen run"
      caption={title}
      actions={<RunActions id={run.id} run={latest} canSave={run.checkpoint > 0} hasLog={isBegun} />}
    >
      {run.notices.map((notice) => (
        <Notice key={notice}>
          <p>{notice}</p>
        </Notice>
      ))}
      {isBegun ? (
        <>
          <RunStats run={run} />
          <p className="learn-image-note">{pixelsWords(run)}</p>
          <Disclosure title="Where time and memory went">
            <div className="run-tables">
              <TimeTable run={run} />
              <MemoryTable run={run} />
            </div>
          </Disclosure>
        </>
      ) : (
        <p className="soft">Numbers appear with its first epoch.</p>
      )}
      {selecting.length > 0 && (
        <>
          <SelectionTable facts={selecting} />
          <MethodNotes methods={[run.settings.method]} />
        </>
      )}
      {run.backend !== null && <Trials choice={run.backend} />}
    </Panel>
  );
});

function about(label: string, words: string) {
  return (
    <>
      {label} <span className="learn-image-about">{words}</span>
    </>
  );
}

const SELECTION_COLUMNS: readonly TableColumn<SelectionFact>[] = [
  { id: 'part', header: 'Selecting', isRowHeader: true, cell: (fact) => about(fact.label, fact.about) },
  { id: 'value', header: 'Measured', isNumeric: true, cell: ({ value }) => value },
];

function SelectionTable({ facts }: { facts: readonly SelectionFact[] }) {
  return (
    <div className="run-selecting">
      <DataTable
        caption="What choosing the pictures took"
        columns={SELECTION_COLUMNS}
        rows={facts}
        rowKey={({ id }) => id}
        isDense
      />
    </div>
  );
}

const TIME_COLUMNS: readonly TableColumn<TimePart>[] = [
  { id: 'part', header: 'Time', isRowHeader: true, cell: (part) => about(part.label, part.about) },
  {
    id: 'epoch',
    header: 'Each',
    isNumeric: true,
    cell: ({ perEpoch }) => (perEpoch === null ? '–' : formatMeasured(perEpoch)),
  },
  { id: 'all', header: 'In all', isNumeric: true, cell: ({ seconds }) => formatMeasured(seconds) },
];

function TimeTable({ run }: { run: TrainingRun }) {
  const rows = useMemo(() => timeParts(run), [run]);
  return (
    <DataTable
      caption="Where the time of the run went"
      columns={TIME_COLUMNS}
      rows={rows}
      rowKey={({ id }) => id}
      isDense
    />
  );
}

const MEMORY_COLUMNS: readonly TableColumn<MemoryPart>[] = [
  {
    id: 'part',
    header: 'Training data in memory',
    isRowHeader: true,
    cell: (part) => about(part.label, part.about),
  },
  { id: 'bytes', header: 'Peak', isNumeric: true, cell: ({ bytes }) => formatBytes(bytes) },
  {
    id: 'share',
    header: '% of the raw set',
    isNumeric: true,
    cell: ({ share }) => (share === null ? '–' : formatPercent(share, 2)),
  },
];

function MemoryTable({ run }: { run: TrainingRun }) {
  const rows = useMemo(() => memoryParts(run), [run]);
  return (
    <DataTable
      caption="Training data that the run held in memory at its peak"
      columns={MEMORY_COLUMNS}
      rows={rows}
      rowKey={({ id }) => id}
      rowClassName={({ id }) => (id === 'total' ? 'learn-image-total' : undefined)}
      isDense
    />
  );
}
