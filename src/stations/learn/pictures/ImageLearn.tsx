import { Button, Disclosure, Notice, StationLayout } from '../../../ui/controls/index.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { Later } from '../../../ui/Later.tsx';
import { useLab, useLabParts } from '../../useLab.ts';
import { CurvesPanels } from './CurvesPanels.tsx';
import { EpochPanels } from './EpochPanels.tsx';
import { ImageLearnControls } from './ImageLearnControls.tsx';
import { ImportedPanel } from './ImportedPanel.tsx';
import { LearnedPanel } from './LearnedPanel.tsx';
import { ResultsPanel } from './ResultsPanel.tsx';
import { RunPanel } from './RunPanel.tsx';
import { RunsPanel } from './RunsPanel.tsx';
import { TrainButton } from './TrainButton.tsx';
import './imageLearn.css';
import './training.css';

const CONTROLS = <ImageLearnControls />;
const TRAIN = <TrainButton />;

/** Networks that learn from pictures: runs, their curves and results, and what an epoch is given. */
export function ImageLearn() {
  const { isOpen, opening, goTo } = useLabParts((lab) => ({
    isOpen: lab.images.dataset.value !== null,
    opening: lab.images.dataset.status === 'running',
    goTo: lab.goTo,
  }));
  return (
    <StationLayout
      title="Learn"
      foldOnPhone
      lead={
        <>
          A network learns from a fresh random <Term name="subset">subset</Term> of the pictures in every{' '}
          <Term name="epoch">epoch</Term>, decoded from the <Term name="archive">archive</Term> without
          unpacking the rest. What that costs in accuracy, and what it saves in time and memory, is measured
          here.
        </>
      }
      first={TRAIN}
      controls={CONTROLS}
    >
      {isOpen ? (
        <>
          <Training />
          <Later>
            <Disclosure title="What an epoch sees" isLate>
              <EpochPanels />
            </Disclosure>
          </Later>
        </>
      ) : opening ? (
        <p className="soft">The pictures are being opened; training can begin when they are there.</p>
      ) : (
        <Notice>
          <p>Nothing to learn from yet: choose pictures first.</p>
          <p>
            <Button onPress={() => goTo('data')}>Choose a dataset</Button>
          </p>
        </Notice>
      )}
    </StationLayout>
  );
}

/** Runs and what came of them; curves and tables only where there is a run. */
function Training() {
  const hasRuns = useLab((lab) => lab.images.training.runs.length > 0);
  return (
    <>
      <LearnedPanel />
      {hasRuns && (
        <>
          <RunsPanel />
          <Later>
            <CurvesPanels />
          </Later>
          <Later>
            <ResultsPanel />
          </Later>
          <Later>
            <RunPanel />
          </Later>
        </>
      )}
      <Later>
        <ImportedPanel />
      </Later>
    </>
  );
}
