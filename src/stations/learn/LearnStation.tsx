import { Button, Notice, StationLayout } from '../../ui/controls/index.ts';
import { Term } from '../../ui/glossary/Term.tsx';
import { Later } from '../../ui/Later.tsx';
import { AnswerCard } from '../answer/AnswerCard.tsx';
import { CondensingPicture } from '../condensing/CondensingPicture.tsx';
import { LeftOutProposals } from '../LeftOutProposals.tsx';
import { TargetQuestion } from '../TargetQuestion.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { ClassesPanel } from './table/ClassesPanel.tsx';
import { CoefficientsPanel } from './table/CoefficientsPanel.tsx';
import { ComparisonPanel } from './table/ComparisonPanel.tsx';
import { ContourPanel } from './table/ContourPanel.tsx';
import { DescentPanel } from './table/DescentPanel.tsx';
import { ExactPanel } from './table/ExactPanel.tsx';
import { ImageLearn } from './pictures/ImageLearn.tsx';
import { LearnControls } from './table/LearnControls.tsx';
import { LossFigure } from './table/LossFigure.tsx';
import { PredictedPanel } from './table/PredictedPanel.tsx';
import { METHODS } from './table/methods.ts';
import { ObstacleNotice } from './table/ObstacleNotice.tsx';
import { obstacleOf } from './table/obstacles.ts';
import { plannedTask } from './table/modelChoice.ts';
import { SavesPanel } from './table/SavesPanel.tsx';
import { SqlPanel } from './table/SqlPanel.tsx';
import { TakeAwayPanel } from './table/TakeAwayPanel.tsx';
import { TestErrorFigure } from './table/TestErrorFigure.tsx';
import { TreesPanel } from './table/TreesPanel.tsx';
import './learn.css';

export function LearnStation() {
  const kind = useLab((lab) => lab.kind);
  return kind === 'images' ? <ImageLearn /> : <TableLearn />;
}

function TableLearn() {
  const { target, asksTarget, dataset, opening, goTo, askTarget, model } = useLabParts((lab) => ({
    opening: lab.dataset.status === 'running',
    target: lab.settings.target,
    asksTarget: lab.asksTarget,
    askTarget: lab.askTarget,
    dataset: lab.dataset.value,
    goTo: lab.goTo,
    model: lab.settings.model,
  }));
  const { error, features, missing } = useLabParts(({ learn, settings }) => ({
    error: learn.full.closedForm.error ?? learn.condensed.closedForm.error,
    features: settings.features,
    missing: settings.missing,
  }));
  const obstacle = obstacleOf(error, { features, missing });
  const column = dataset?.columns.find(({ name }) => name === target) ?? null;
  const task = plannedTask(model, column) ?? 'regression';
  return (
    <StationLayout
      title="Learn"
      foldOnPhone
      lead={
        <>
          The same {task === 'regression' ? 'linear' : 'logistic'} model twice: on every training record, and
          on the few <Term name="weight">weighted</Term> <Term name="condensedSample">condensed samples</Term>
          . Both are tested on the same records, which neither has seen.
        </>
      }
      controls={<LearnControls />}
    >
      {dataset === null && opening ? (
        <p className="soft">The dataset is being opened; training follows.</p>
      ) : asksTarget && target === null ? (
        <TargetQuestion />
      ) : dataset === null || target === null ? (
        <Notice>
          <p>
            {dataset === null
              ? 'Nothing to learn from yet: choose a dataset first.'
              : 'No target is chosen: there is nothing to predict.'}
          </p>
          <p>
            <Button onPress={() => (dataset === null ? goTo('data') : askTarget())}>
              {dataset === null ? 'Choose a dataset' : 'Choose a target'}
            </Button>
          </p>
        </Notice>
      ) : obstacle !== null ? (
        <ObstacleNotice obstacle={obstacle} />
      ) : (
        <>
          <LeftOutProposals />
          <AnswerCard />
          <ComparisonPanel task={task} />
          <Later>
            <CondensingPicture />
          </Later>
          <TestErrorFigure task={task} />
          <div className="side-by-side">
            {METHODS.map((method) => (
              <ExactPanel key={method} method={method} task={task} />
            ))}
          </div>
          {task === 'classification' ? <ClassesPanel /> : <PredictedPanel />}
          <CoefficientsPanel />
          <DescentPanel task={task} />
          <Later>
            <ContourPanel />
          </Later>
          <LossFigure task={task} />
          <SavesPanel />
          <TreesPanel />
          <TakeAwayPanel />
          <Later>
            <SqlPanel />
          </Later>
        </>
      )}
    </StationLayout>
  );
}
