import { useState } from 'react';
import { Segments } from '../../../ui/charts/Segments.tsx';
import type { TrainingState } from '../../lab/training.ts';
import { DEFAULT_TRAINING_PLAN } from '../../training/state.ts';
import { useLab } from '../../useLab.ts';
import { ImageSweep } from './ImageSweep.tsx';
import { TrainingSweep } from './TrainingSweep.tsx';
import './trainingSweep.css';

type What = 'storage' | 'training';

const CHOICES: readonly { value: What; label: string }[] = [
  { value: 'storage', label: 'Storage' },
  { value: 'training', label: 'Training' },
];

/** Whether trainings were swept over, or were planned, by hand or by a link; what Learn trains is no sweep. */
function hasTrainings({ runs, plan }: TrainingState): boolean {
  return (
    runs.some(({ isOfSweep }) => isOfSweep) || JSON.stringify(plan) !== JSON.stringify(DEFAULT_TRAINING_PLAN)
  );
}

/** The two sweeps over pictures: ways of storing them, and trainings on shares of them. */
export function PictureSweep() {
  const isTrained = useLab((lab) => hasTrainings(lab.images.training));
  const [chosen, setChosen] = useState<What | null>(null);
  const what = chosen ?? (isTrained ? 'training' : 'storage');
  const choice = (
    <div className="training-choice">
      <Segments label="Sweep over" value={what} options={CHOICES} onChange={setChosen} />
    </div>
  );
  return what === 'training' ? <TrainingSweep choice={choice} /> : <ImageSweep choice={choice} />;
}
