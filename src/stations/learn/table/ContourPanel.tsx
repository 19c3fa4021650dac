import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from 'react';
import {
  DESCENT_SECONDS,
  landscapeSeconds,
  type Landscape,
  type LandscapeAxes,
} from '../../../contracts/landscape.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import {
  Button,
  CompactSelect,
  Disclosure,
  ErrorNotice,
  IconButton,
  PauseIcon,
  PlayIcon,
  ProgressLine,
  Slider,
} from '../../../ui/controls/index.ts';
import { formatCount, formatRoughly } from '../../../ui/format.ts';
import { useNear } from '../../../ui/useNear.ts';
import type { Lab } from '../../lab.ts';
import { SavedPanel } from '../../SaveFigure.tsx';
import { useLab, useLabParts } from '../../useLab.ts';
import { shortTick } from './axes.ts';
import { countAt, type Pace } from './contour/pace.ts';
import { Replay } from './contour/replay.ts';
import { captionOf, pathLines, remarksOf } from './contour/words.ts';

import './contour/contour.css';

/** With the library that draws contours, which is loaded for the first landscape. */
const ContourFigure = lazy(() =>
  import('./contour/ContourFigure.tsx').then((m) => ({ default: m.ContourFigure })),
);

/** Seconds that drawing may take for the landscape to be drawn unasked. */
const MOST_UNASKED = 1.5;
const BATCHES = [32, 64, 128, 256] as const;
const PACES: readonly { value: Pace; label: string }[] = [
  { value: 'steps', label: 'Steps' },
  { value: 'touched', label: 'Samples touched' },
];

/** The loss over two coefficients, and the paths of full, condensed and mini-batch descent over it. */
export function ContourPanel() {
  const place = useRef<HTMLDivElement>(null);
  const [pace, setPace] = useState<Pace>('touched');
  const [replay] = useState(() => new Replay());
  const classes = useLab(({ learn }) => learn.full.closedForm.value?.score.classes?.labels.length ?? 0);
  const isDrawable = classes <= 2;
  const waits = useLandscape(place, isDrawable);
  const { value, stale } = useLab(({ landscape }) => landscape.task);
  const drawn = isDrawable ? value : null;
  usePlayedOnce(replay, drawn !== null);
  const rows = useCallback(() => pathLines(drawn), [drawn]);
  return (
    <div ref={place}>
      <SavedPanel
        name="contour"
        title="The loss over two coefficients"
        caption={captionOf(drawn)}
        stale={stale}
        actions={drawn !== null && <Axes drawn={drawn} />}
        rows={rows}
        isEmpty={drawn === null}
        figure={
          drawn === null ? (
            <p className="chart-empty contour-empty">
              {isDrawable
                ? waits === null
                  ? 'The contours appear once both models are at their optima.'
                  : 'The contours are drawn when you ask for them.'
                : `This picture is for a number or two classes. With ${formatCount(classes)} classes, every feature has ${formatCount(classes)} coefficients.`}
            </p>
          ) : (
            <Suspense fallback={<p className="chart-empty contour-empty">Drawing the contours…</p>}>
              <ContourFigure landscape={drawn} replay={replay} pace={pace} />
            </Suspense>
          )
        }
      >
        {drawn !== null && <Transport {...{ drawn, replay, pace, setPace }} />}
        {isDrawable && <Work waits={waits} />}
        {drawn !== null && (
          <div className="contour-remarks learn-remark">
            {remarksOf(drawn).map((remark) => (
              <p key={remark}>{remark}</p>
            ))}
          </div>
        )}
        <About />
      </SavedPanel>
    </div>
  );
}

/**
 * Draws the landscape once both optima are there and its figure is near.
 *
 * @returns seconds that it is expected to take, where that is so long that it waits to be asked for; else null
 */
function useLandscape(place: RefObject<Element | null>, isDrawable: boolean): number | null {
  const isNear = useNear(place);
  const { isReady, isWanted, seconds, drawLandscape } = useLabParts((lab) => {
    const { full, condensed } = lab.learn;
    const { status, value, stale } = lab.landscape.task;
    return {
      drawLandscape: lab.drawLandscape,
      isReady: [full, condensed].every(({ closedForm }) => closedForm.status === 'done' && !closedForm.stale),
      isWanted: status === 'idle' || (status === 'done' && (value === null || stale)),
      seconds: expectedSeconds(lab),
    };
  });
  const isLong = seconds > MOST_UNASKED;
  const isDue = isDrawable && isNear && isReady && isWanted && !isLong;
  useEffect(() => {
    if (isDue) void drawLandscape();
  }, [isDue, drawLandscape]);
  return isReady && isWanted && isLong ? seconds : null;
}

/** Seconds that a landscape may take: it finds both optima once more. */
function expectedSeconds({ learn, landscape, settings }: Lab): number {
  const full = learn.full.closedForm.value;
  const condensed = learn.condensed.closedForm.value;
  if (full === null || condensed === null) return 0;
  const work = landscapeSeconds({
    task: full.score.task,
    ...{ rows: full.samples, samples: condensed.samples, width: full.width },
    ...{ iterations: settings.iterations, batch: landscape.batch, seconds: DESCENT_SECONDS },
  });
  return full.seconds + condensed.seconds + work;
}

/** Plays the descents when the first landscape comes; those after it are shown as they are. */
function usePlayedOnce(replay: Replay, isDrawn: boolean): void {
  const wasDrawn = useRef(isDrawn);
  useEffect(() => {
    if (isDrawn && !wasDrawn.current) replay.playUnasked();
    wasDrawn.current = isDrawn;
  }, [isDrawn, replay]);
  useEffect(() => () => replay.pause(), [replay]);
}

const PRINCIPAL = 'principal';

/** Which two coefficients, or the plane of the path. */
function Axes({ drawn: { axes, columns } }: { drawn: Landscape }) {
  const drawLandscape = useLab((lab) => lab.drawLandscape);
  const options = columns.map(({ column, name }) => ({ value: String(column), label: name }));
  const draw = (chosen: LandscapeAxes) => void drawLandscape({ axes: chosen });
  const choose = (changed: 'across' | 'up', value: string): void => {
    if (value === PRINCIPAL) return draw(PRINCIPAL);
    const column = Number(value);
    const other = columns.find((one) => one.column !== column) ?? columns[0];
    const { across, up } = axes.kind === 'columns' ? axes : { across: column, up: other.column };
    // A column that is the other axis changes places with this one.
    if (changed === 'across') draw([column, column === up ? across : up]);
    else draw([column === across ? up : across, column]);
  };
  return (
    <>
      <span className="contour-choice">
        <span aria-hidden="true">Across</span>
        <CompactSelect
          label="Axis across"
          value={axes.kind === 'columns' ? String(axes.across) : PRINCIPAL}
          options={[...options, { value: PRINCIPAL, label: 'principal directions' }]}
          onChange={(value) => choose('across', value)}
        />
      </span>
      {axes.kind === 'columns' && (
        <span className="contour-choice">
          <span aria-hidden="true">Upwards</span>
          <CompactSelect
            label="Axis upwards"
            value={String(axes.up)}
            options={options}
            onChange={(value) => choose('up', value)}
          />
        </span>
      )}
    </>
  );
}

interface TransportProps {
  drawn: Landscape;
  replay: Replay;
  pace: Pace;
  setPace: (pace: Pace) => void;
}

/** Positions of the slider. */
const STOPS = 100;

/** Plays the descents, by a clock that counts what they have in common. */
function Transport({ drawn, replay, pace, setPace }: TransportProps) {
  const { batch, drawLandscape } = useLabParts((lab) => ({
    batch: lab.landscape.batch,
    drawLandscape: lab.drawLandscape,
  }));
  const isPlaying = useSyncExternalStore(replay.subscribe, replay.isPlaying);
  const stop = useSyncExternalStore(replay.subscribe, () => Math.round(replay.getShare() * STOPS));
  const words = (at: number): string => {
    const count = Math.floor(countAt(drawn.paths, pace, at / STOPS));
    return pace === 'steps' ? `${formatCount(count)} steps` : `${shortTick(count)} samples touched`;
  };
  return (
    <div className="contour-transport">
      <IconButton
        label={isPlaying ? 'Pause the descents' : 'Play the descents'}
        icon={isPlaying ? <PauseIcon /> : <PlayIcon />}
        variant="primary"
        onPress={() => (isPlaying ? replay.pause() : replay.play())}
      />
      <div className="contour-clock">
        <Slider
          label="Clock"
          value={stop}
          min={0}
          max={STOPS}
          format={words}
          onChange={(at) => replay.moveTo(at / STOPS)}
        />
      </div>
      <Segments label="What the clock counts" value={pace} options={PACES} onChange={setPace} />
      <span className="contour-choice">
        <span aria-hidden="true">Mini-batches of</span>
        <CompactSelect
          label="Records of a mini-batch"
          value={String(batch)}
          options={BATCHES.map((size) => ({ value: String(size), label: String(size) }))}
          onChange={(size) => void drawLandscape({ batch: Number(size) })}
        />
      </span>
    </div>
  );
}

/** What is being drawn, and what waits to be asked for. */
function Work({ waits }: { waits: number | null }) {
  const { task, drawLandscape, cancelLandscape } = useLabParts((lab) => ({
    task: lab.landscape.task,
    drawLandscape: lab.drawLandscape,
    cancelLandscape: lab.cancelLandscape,
  }));
  const { status, value, stale, progress, error } = task;
  const draw = () => void drawLandscape();
  if (status === 'running') {
    // Other axes are drawn sooner than anyone could read of it.
    return progress === null && value !== null ? null : (
      <ProgressLine progress={progress} label="Drawing the contours" onCancel={cancelLandscape} />
    );
  }
  if (error !== null) return <ErrorNotice error={error} onRetry={draw} />;
  if (waits !== null || status === 'cancelled') {
    return (
      <div className="contour-transport">
        {waits !== null && (
          <p className="learn-remark">
            Finding both optima once more, and the loss all over the plane, takes {formatRoughly(waits)}.
          </p>
        )}
        <Button onPress={draw}>Draw the contours</Button>
      </div>
    );
  }
  return value === null || stale ? null : <Held drawn={value} onGoOn={() => void drawLandscape({}, true)} />;
}

/** Descents that were stopped where they stand, since they take long. */
function Held({ drawn, onGoOn }: { drawn: Landscape; onGoOn: () => void }) {
  const left = drawn.paths.reduce((sum, { secondsLeft }) => sum + (secondsLeft ?? 0), 0);
  if (left === 0) return null;
  return (
    <div className="contour-transport">
      <p className="learn-remark">
        A descent that takes long was stopped where it stood: the rest takes {formatRoughly(left)} at most.
      </p>
      <Button onPress={onGoOn}>Go on to the end</Button>
    </div>
  );
}

function About() {
  return (
    <Disclosure about="this figure">
      <p>
        Every point of the plane is a model; a contour joins models of equal training loss, and the darker the
        ground, the larger the loss. Gradient descent starts at 0 and follows the steepest way down. The
        ground is the loss of all records. Condensed samples have a loss of their own: the nearer its lowest
        point lies to that of all records, the better they stand in for them.
      </p>
      <p>
        A step reads every sample that it descends on, so one step on all records reads as much as many steps
        on condensed samples. Let the clock count steps, and the descents move side by side; let it count
        samples touched, and the others have arrived before the descent on all records sets out. Mini-batches
        read a few records a step, in a new random order every epoch. One odd record makes a small batch
        steep, so the automatic learning rate α is smaller for them; one that is set is the same for all. At a
        fixed rate they never come to rest: they end after 10,000 steps at the latest.
      </p>
      <p>
        The paths of least squares are computed from cross products of the columns, which gives the same steps
        without reading the samples again; the counts are of what a descent on the samples reads. For times,
        see the descents above.
      </p>
    </Disclosure>
  );
}
