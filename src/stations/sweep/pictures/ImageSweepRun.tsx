import { SWEEP_LIMITS } from '../../../contracts/link.ts';
import { Disclosure, Notice } from '../../../ui/controls/index.ts';
import { formatCount } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { countImagePoints, isSameImagePlan } from '../../../contracts/imageSweep.ts';
import { SweepTransport } from '../SweepTransport.tsx';

/** Starts the sweep, pauses and resumes it, and says what it comes to. */
export function ImageSweepRun() {
  const { sweep, settings, isReady, ...actions } = useLabParts((lab) => ({
    sweep: lab.images.sweep,
    settings: lab.images.settings,
    isReady: lab.images.dataset.value !== null,
    onRun: lab.runImageSweep,
    onPause: lab.pauseImageSweep,
    onResume: lab.resumeImageSweep,
    onCancel: lab.cancelImageSweep,
    onClear: lab.clearImageSweep,
  }));
  const { plan, ran, cells } = sweep;
  const points = countImagePoints(settings, plan);
  const isTooLarge = points > SWEEP_LIMITS.runs;
  return (
    <>
      <div className="field sweep-run">
        <SweepTransport
          sweep={sweep}
          verb="Measure"
          participle="measured"
          word="point"
          planned={points}
          done={cells.length}
          left={ran === null ? 0 : countImagePoints(ran.settings, ran.plan) - cells.length}
          isReady={isReady}
          canRun={isReady && points > 0 && !isTooLarge}
          isOtherPlan={ran !== null && !isSameImagePlan(plan, ran.plan)}
          {...actions}
        />
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
          <p>
            A sweep runs in memory and writes no archives. Its results stay with these pictures in this
            browser until the next sweep of them, or until you clear them.
          </p>
        </Notice>
        <Disclosure about="what is measured">
          <p>
            Storage is the true size of the training part with every header, label and index, divided by a
            byte for every pixel and channel. Equation 1 is the paper’s S with m = 0, over the same bytes.
          </p>
          <p>
            Points are measured one after the other by a single worker. The archive is encoded by several, and
            may take less time. Pausing drops the point under way; it is measured again when the sweep is
            resumed.
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
