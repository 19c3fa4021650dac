import { SWEEP_LIMITS } from '../../../contracts/link.ts';
import {
  Button,
  CloseIcon,
  Confirm,
  Disclosure,
  Notice,
  PlayIcon,
  ProgressLine,
  TrashIcon,
} from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { countImagePoints } from '../../../contracts/imageSweep.ts';

/** Starts and stops the sweep, and says what it comes to. */
export function ImageSweepRun() {
  const { sweep, runImageSweep, cancelImageSweep, clearImageSweep, isReady } = useLabParts((lab) => ({
    sweep: lab.images.sweep,
    runImageSweep: lab.runImageSweep,
    cancelImageSweep: lab.cancelImageSweep,
    clearImageSweep: lab.clearImageSweep,
    isReady: lab.images.dataset.value !== null,
  }));
  const { plan, status, cells } = sweep;
  const isRunning = status === 'running';
  const points = countImagePoints(plan);
  const isTooLarge = points > SWEEP_LIMITS.runs;
  return (
    <>
      <div className="field sweep-run">
        {isRunning && <ProgressLine progress={sweep.progress} label="Sweeping" />}
        {/* One button by turns, so that the focus stays where it was pressed. */}
        <Button
          variant={isRunning ? 'plain' : 'primary'}
          icon={isRunning ? <CloseIcon /> : <PlayIcon />}
          isDisabled={!isRunning && (!isReady || points === 0 || isTooLarge)}
          onPress={() => {
            if (isRunning) cancelImageSweep();
            else void runImageSweep();
          }}
        >
          {isRunning ? 'Cancel the sweep' : `Measure ${formatPlural(points, 'point')}`}
        </Button>
        {cells.length > 0 && !isRunning && (
          <Confirm
            trigger={
              <Button variant="quiet" icon={<TrashIcon />}>
                Clear the results
              </Button>
            }
            title="Clear the results of this sweep?"
            confirm="Clear"
            onConfirm={clearImageSweep}
          >
            <p>
              {formatPlural(cells.length, 'point')} would have to be measured again. Files that you saved
              stay.
            </p>
          </Confirm>
        )}
        <p className="field-hint">
          {isTooLarge
            ? `That is more than the ${formatCount(SWEEP_LIMITS.runs)} points of one sweep: take fewer values.`
            : points === 0
              ? 'Choose at least one value of each.'
              : 'Each point encodes and decodes the pictures once.'}
        </p>
      </div>
      <div className="field sweep-notes">
        <Notice>
          <p>A sweep runs in memory and writes no archives. Its results stay until the page is closed.</p>
        </Notice>
        <Disclosure about="what is measured">
          <p>
            Storage is the true size of the training part with every header, label and index, divided by a
            byte for every pixel and channel. Equation 1 is the paper’s S with m = 0, over the same bytes.
          </p>
          <p>
            Points are measured one after the other by a single worker. The archive is encoded by several, and
            may take less time.
          </p>
          <p>
            A transform other than none is near-lossless: its PSNR, largest error and share of exact values
            stand beside its storage.
          </p>
        </Disclosure>
      </div>
    </>
  );
}
