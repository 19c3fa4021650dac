import { useCallback, useContext, useMemo, useState } from 'react';
import { Segments } from '../../ui/charts/Segments.tsx';
import { Button, ControlsShown, Notice, ProgressLine } from '../../ui/controls/index.ts';
import { formatPlural } from '../../ui/format.ts';
import { Later } from '../../ui/Later.tsx';
import { PAPER_TABLES, paperSetting, type PaperSet } from '../training/paper/tables.ts';
import { networkWords } from '../training/words.ts';
import { useLab, useLabParts, useLabSlowly } from '../useLab.ts';
import { paperTraining, PAPER_PICTURES, datasetIdOf } from './sets.ts';
import { leftOutWords, sheetOf, type Known, type SheetRow } from './sheet.ts';
import { OtherResults } from './OtherResults.tsx';
import { PaperFigures } from './PaperFigures.tsx';
import { PaperTablePanel } from './PaperTablePanel.tsx';
import { TrainRow } from './TrainRow.tsx';
import { useKnown, useOpenSet } from './useKnown.ts';
import { WhatDiffers } from './WhatDiffers.tsx';
import '../page.css';
import './paper.css';

const TABLES = PAPER_TABLES.map(({ number }) => ({ value: String(number), label: String(number) }));
const SEEDS = ['1', '3', '5'].map((value) => ({ value, label: value }));

/** The paper's tables and figures, with what was measured here beside them. It works whatever is open. */
export function PaperPage() {
  const number = useLab((lab) => lab.paperTable);
  const showPaperTable = useLab((lab) => lab.showPaperTable);
  const table = PAPER_TABLES.find((one) => one.number === number) ?? PAPER_TABLES[0];
  const { set } = table;
  const known = useKnown(set);
  const sheet = useMemo(() => sheetOf(table, known), [table, known]);
  const isShown = useContext(ControlsShown);
  const [seeds, setSeeds] = useState('1');
  const wanted = useMemo(() => Array.from({ length: Number(seeds) }, (_, k) => k + 1), [seeds]);
  const train = useTraining(set, wanted);
  const { isAble, start } = train;
  const runCell = useCallback(
    (row: SheetRow) => <TrainRow {...{ set, row, known, seeds: wanted, isAble }} onTrain={start} />,
    [set, known, wanted, isAble, start],
  );
  return (
    <div className="page">
      <header>
        <h2>The paper</h2>
        <p className="page-lead">
          Its tables, made again: what the paper reports, what was measured with this lab and ships with it,
          and what this browser has trained.
        </p>
        <div className="paper-choices">
          <span className="paper-choice">
            <span className="field-label">Table</span>
            <Segments
              label="Table"
              value={String(table.number)}
              options={TABLES}
              onChange={(value) => showPaperTable(Number(value))}
            />
          </span>
          {isShown && (
            <span className="paper-choice off-paper">
              <span className="field-label">Seeds to train</span>
              <Segments label="Seeds to train" value={seeds} options={SEEDS} onChange={setSeeds} />
            </span>
          )}
        </div>
      </header>
      <TrainingNow />
      <PaperTablePanel sheet={sheet} {...(isShown && { runCell })}>
        <TableNotes set={set} known={known} />
        {isShown && <TrainNotes set={set} isAble={isAble} />}
      </PaperTablePanel>
      <Later>
        <PaperFigures table={table} known={known} />
      </Later>
      <OtherResults set={set} known={known} />
      <Later>
        <WhatDiffers />
      </Later>
    </div>
  );
}

/** Starts trainings of a row; the pictures are opened first where they are not. */
function useTraining(set: PaperSet, seeds: readonly number[]) {
  const open = useOpenSet(set);
  const { trainOn, extraSamples } = useLabParts((lab) => ({
    trainOn: lab.trainOn,
    extraSamples: lab.extraSamples,
  }));
  const sample = datasetIdOf(set);
  const isSample = sample !== null && (set === 'mnist' || extraSamples.includes(set));
  const datasetId = open ?? (isSample ? sample : null);
  const start = useCallback(
    ({ method, fraction }: SheetRow) => {
      if (datasetId === null) return;
      void trainOn(
        datasetId,
        seeds.map((seed) => paperTraining(set, { method, fraction, seed })),
      );
    },
    [datasetId, set, seeds, trainOn],
  );
  return { isAble: datasetId !== null, start };
}

/** What trains now, and what waits; nothing while nothing does. */
function TrainingNow() {
  const { active, progress, waiting } = useLabSlowly(
    ({ images: { training } }) => ({
      active: training.active,
      progress: training.progress,
      waiting: training.queue.length,
    }),
    500,
  );
  const { cancelTrainingSweep, goTo } = useLabParts((lab) => ({
    cancelTrainingSweep: lab.cancelTrainingSweep,
    goTo: lab.goTo,
  }));
  if (active === null) return null;
  return (
    <div className="paper-now">
      <ProgressLine progress={progress} label="Training" onCancel={cancelTrainingSweep} />
      <p className="field-hint">
        {waiting === 0 ? 'Nothing else waits.' : `${formatPlural(waiting, 'run')} more to train.`}{' '}
        <Button variant="quiet" onPress={() => goTo('learn')}>
          Watch it in Learn
        </Button>
      </p>
    </div>
  );
}

/** What has to be known beside the numbers. */
function TableNotes({ set, known }: { set: PaperSet; known: Known }) {
  const { network, width, epochs, batch } = paperSetting(set);
  const left = leftOutWords(known);
  return (
    <p className="field-hint">
      {networkWords(network, width)}, {epochs} epochs, batch {batch}. Press a number of ours or yours to see
      how it was measured. {left}
    </p>
  );
}

/** What training a row does, and why it may not be possible. */
function TrainNotes({ set, isAble }: { set: PaperSet; isAble: boolean }) {
  const { title } = PAPER_PICTURES[set];
  const isOpen = useOpenSet(set) !== null;
  if (!isAble) {
    return (
      <Notice>
        <p>
          To train these rows, open {title} first: drop its files anywhere on the page.
          {datasetIdOf(set) !== null && (
            <>
              {' '}
              <code>npm run samples -- cifar10</code> makes a sample of it.
            </>
          )}
        </p>
      </Notice>
    );
  }
  return (
    <p className="field-hint">
      Training starts with one press{isOpen ? '' : ` and opens ${title} first`}; the runs appear in Learn.
      Times are estimates for this browser, by your own runs where there are any, else by the shipped ones.
    </p>
  );
}
