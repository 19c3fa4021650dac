import { widthOf } from '../../../contracts/training.ts';
import { useMemo, useState, type ReactNode } from 'react';
import type { TrainingRun } from '../../../contracts/training.ts';
import { download } from '../../../platform/download.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { FIGURE_EVERY, useThrottled } from '../../../ui/charts/useThrottled.ts';
import { Button, DownloadIcon, Notice, Panel, StationLayout } from '../../../ui/controls/index.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { fileStem } from '../../fileStem.ts';
import { MethodNotes } from '../../training/MethodNotes.tsx';
import { groupsOf, isFinished } from '../../training/results.ts';
import { networkWords } from '../../training/words.ts';
import { useLabParts } from '../../useLab.ts';
import '../sweep.css';
import { TrainingFigures } from './TrainingFigures.tsx';
import { trainingCsv, trainingJson } from './trainingFiles.ts';
import { backendWords, headline } from './trainingHeadline.ts';
import { TrainingSweepControls } from './TrainingSweepControls.tsx';
import { TrainingSweepRun } from './TrainingSweepRun.tsx';
import { TrainingTables } from './TrainingTables.tsx';

const CONTROLS = <TrainingSweepControls />;
const RUN = <TrainingSweepRun />;

const VIEWS = [
  { value: 'charts', label: 'Charts' },
  { value: 'table', label: 'Table' },
] as const;

/** "resnet18 8": one network with one width. */
function networkKey({ settings }: Pick<TrainingRun, 'settings'>): string {
  return `${settings.network} ${widthOf(settings) ?? ''}`;
}

/** The networks of finished runs, each once, in the order in which they came. */
function networksOf(runs: readonly TrainingRun[]): { value: string; label: string }[] {
  const networks = new Map<string, string>();
  for (const run of runs) {
    if (!isFinished(run)) continue;
    networks.set(networkKey(run), networkWords(run.settings.network, widthOf(run.settings)));
  }
  return [...networks].map(([value, label]) => ({ value, label }));
}

/** Shares of the pictures, methods and seeds: how well a network learns from each, in what time and memory. */
export function TrainingSweep({ choice }: { choice?: ReactNode }) {
  const training = useLabParts((lab) => ({
    runs: lab.images.training.runs,
    settings: lab.images.training.settings,
  }));
  const runs = useThrottled(training.runs, FIGURE_EVERY);
  const [view, setView] = useState<'charts' | 'table'>('charts');
  const [wanted, setNetwork] = useState<string | null>(null);
  const networks = useMemo(() => networksOf(runs), [runs]);
  const network = chosenNetwork(networks, [wanted, networkKey(training)]);
  const groups = useMemo(() => groupsOf(runs.filter((run) => networkKey(run) === network)), [runs, network]);
  const computed = backendWords(groups);
  return (
    <StationLayout
      title="Sweep"
      lead={
        <>
          How many pictures does an <Term name="epoch">epoch</Term> need? Train on fresh shares of the{' '}
          <Term name="archive">archive</Term>, of raw pixels and on everything, and see what each reaches, in
          what time and with how much in memory.
        </>
      }
      first={choice}
      controls={CONTROLS}
      last={RUN}
      foldOnPhone
    >
      <header className="sweep-head">
        <p>{headline(groups)}</p>
        <div className="sweep-actions">
          {networks.length > 1 && network !== null && (
            <Segments label="Network" value={network} options={networks} onChange={setNetwork} />
          )}
          <Segments label="View" value={view} options={VIEWS} onChange={setView} />
          <Exports runs={training.runs} />
        </div>
      </header>
      {computed !== '' && (
        <Notice>
          <p>{computed}</p>
        </Notice>
      )}
      {groups.length === 0 ? (
        <Panel title="Figures" caption="against the share of the training pictures that an epoch sees">
          <p className="sweep-nothing">
            Accuracy, time and memory appear here as runs finish, including those started in Learn.
          </p>
        </Panel>
      ) : view === 'charts' ? (
        <TrainingFigures groups={groups} />
      ) : (
        <TrainingTables groups={groups} />
      )}
      <MethodNotes methods={groups.map(({ method }) => method)} />
    </StationLayout>
  );
}

/** The first of the wishes that has finished runs, else the first network that has. */
function chosenNetwork(
  networks: readonly { value: string }[],
  wishes: readonly (string | null)[],
): string | null {
  const wish = wishes.find((one) => networks.some(({ value }) => value === one));
  return wish ?? networks.at(0)?.value ?? null;
}

/** Saves every finished run of these pictures, of whatever network. */
function Exports({ runs }: { runs: readonly TrainingRun[] }) {
  const isEmpty = !runs.some(isFinished);
  const save = (kind: 'csv' | 'json'): void => {
    const file = `${fileStem(runs[0].datasetName)}-training.${kind}`;
    if (kind === 'csv') download(file, trainingCsv(runs), 'text/csv');
    else download(file, trainingJson(runs), 'application/json');
  };
  return (
    <>
      <Button
        icon={<DownloadIcon />}
        aria-label="Save as CSV"
        isDisabled={isEmpty}
        onPress={() => save('csv')}
      >
        CSV
      </Button>
      <Button
        icon={<DownloadIcon />}
        aria-label="Save as JSON"
        isDisabled={isEmpty}
        onPress={() => save('json')}
      >
        JSON
      </Button>
    </>
  );
}
