import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../../../contracts/codec.ts';
import type { WalkReport, WalkSubject } from '../../../contracts/walk.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { ErrorNotice, Notice, ProgressLine, Slider } from '../../../ui/controls/index.ts';
import { formatCount, formatLarge, formatPlural } from '../../../ui/format.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { SizeMeter } from '../SizeMeter.tsx';
import { Stepper, type Scene } from '../Stepper.tsx';
import { useAutoplay } from '../useAutoplay.ts';
import { SampleTable } from './SampleTable.tsx';
import { placeOf, scenesOf, wordsOf, type TableScene } from './scenes.ts';
import { Stage } from './Stage.tsx';
import { drawnRows } from './stageLayout.ts';
import { ToyEditor } from './ToyEditor.tsx';
import { TOY, TOY_BETA, TOY_TARGET, TOY_TAU, toyCsv, type ToyCells } from './toy.ts';
import './table.css';

type Of = 'toy' | 'open';

/** Largest τ of the slider; of a small table everything has been tried by then. */
const MOST_TAU = 16;
const TOY_SETTINGS: ExperimentSettings = { ...DEFAULT_SETTINGS, target: TOY_TARGET };
/** Milliseconds from the last letter typed to the steps computed anew. */
const QUIET_MS = 250;

/** The steps on a small table that can be changed, and on what is open. */
export function TableWalk() {
  const { walk, walkThrough, cancelWalk, name, source, settings } = useLabParts((lab) => ({
    walk: lab.walk,
    walkThrough: lab.walkThrough,
    cancelWalk: lab.cancelWalk,
    name: lab.kind === 'table' ? (lab.dataset.value?.name ?? null) : null,
    source: lab.kind === 'table' ? lab.source : null,
    settings: lab.settings,
  }));
  const [of, setOf] = useState<Of>('toy');
  const [cells, setCells] = useState<ToyCells>(TOY);
  const [toy, setToy] = useState({ beta: TOY_BETA, tau: TOY_TAU });
  const [open, setOpen] = useState<{ beta: number; tau: number } | null>(null);
  const isToy = of === 'toy' || source === null || name === null;
  const { beta, tau } = isToy ? toy : (open ?? settings);

  // The small table is not taken apart anew because something else has been opened behind it.
  const shown = isToy ? null : source;
  const others = isToy ? TOY_SETTINGS : settings;
  const subject = useMemo<WalkSubject>(
    () => (shown === null ? { kind: 'written', csv: toyCsv(cells) } : { kind: 'dataset', source: shown }),
    [shown, cells],
  );
  const asked = useMemo<ExperimentSettings>(() => ({ ...others, beta, tau }), [others, beta, tau]);
  const wasAsked = useRef(false);
  useEffect(() => {
    const wait = wasAsked.current ? QUIET_MS : 0;
    const timer = setTimeout(() => {
      wasAsked.current = true;
      void walkThrough({ subject, settings: asked });
    }, wait);
    return () => clearTimeout(timer);
  }, [subject, asked, walkThrough]);
  useEffect(() => cancelWalk, [cancelWalk]);

  const change = (next: { beta?: number; tau?: number }): void => {
    if (isToy) setToy({ ...toy, ...next });
    else setOpen({ beta, tau, ...next });
  };
  const report = walk.value;
  const mostBits = Math.max(1, report?.clusters?.order.length ?? beta);
  const mostTau = isToy ? MOST_TAU : Math.max(MOST_TAU, settings.tau);
  return (
    <>
      <div className="walk-choices">
        {name !== null && (
          <Segments
            label="Which table"
            value={isToy ? 'toy' : 'open'}
            options={[
              { value: 'toy', label: 'Twelve readings' },
              { value: 'open', label: name },
            ]}
            onChange={setOf}
          />
        )}
        <div className="walk-sliders">
          {(isToy || report?.clusters !== null) && (
            <Slider
              label="Analytics bits β"
              value={Math.min(beta, mostBits)}
              min={1}
              max={mostBits}
              onChange={(next) => change({ beta: next })}
            />
          )}
          <Slider
            label="Plateau threshold τ"
            tone="base"
            value={Math.min(tau, mostTau)}
            min={1}
            max={mostTau}
            onChange={(next) => change({ tau: next })}
          />
        </div>
      </div>
      {walk.status === 'running' && walk.progress !== null && (
        <ProgressLine progress={walk.progress} label="Taking the table apart" />
      )}
      {walk.error !== null && <ErrorNotice error={walk.error} />}
      {report !== null && (
        <Steps report={report} isToy={isToy} isStale={walk.status === 'running' || walk.error !== null} />
      )}
      {isToy && <ToyEditor cells={cells} onChange={setCells} />}
    </>
  );
}

interface StepsProps {
  report: WalkReport;
  /** Whether it is of the small table, which Learn knows nothing of. */
  isToy: boolean;
  isStale: boolean;
}

function Steps({ report, isToy, isStale }: StepsProps) {
  const noteScene = useLab((lab) => lab.noteScene);
  const scenes = useMemo(() => scenesOf(report), [report]);
  const [wanted, setWanted] = useState<{ scene: TableScene; place: number }>({ scene: scenes[0], place: 0 });
  const at = placeOf(scenes, wanted.scene, wanted.place);
  const scene = scenes[at];
  useEffect(() => noteScene(scene.kind), [scene.kind, noteScene]);
  const words = useMemo(() => scenes.map((one) => wordsOf(one, report)), [scenes, report]);
  const told = useMemo(
    () =>
      words.map(({ title, text, spoken }): Scene => ({
        title,
        spoken,
        text: text.map((sentence) => <p key={sentence}>{sentence}</p>),
      })),
    [words],
  );
  const go = useCallback((to: number) => setWanted({ scene: scenes[to], place: to }), [scenes]);
  const drawn = drawnRows(report).length;
  const autoplay = useAutoplay();
  return (
    <div className={isStale ? 'walk-stale' : undefined}>
      <Stepper
        scenes={told}
        at={at}
        onAt={go}
        autoplay={autoplay}
        aside={
          <>
            <Meter report={report} scene={scene} />
            {scene.kind === 'means' && report.clusters !== null && (
              <SampleTable samples={report.clusters.samples} />
            )}
            {report.clusters === null && at === scenes.length - 1 && report.recordBits > 0 && (
              <Notice>
                {isToy
                  ? 'Nothing can be learned from this table: it needs a target that varies, and a feature. Taking it apart needs neither.'
                  : 'Nothing can be learned from this table as it is set; Learn says why. Taking it apart needs no target.'}
              </Notice>
            )}
            {drawn < report.rows.length && (
              <p className="field-hint">
                The first {formatCount(drawn)} of {formatCount(report.rows.length)} columns are drawn; all are
                counted.
              </p>
            )}
          </>
        }
      >
        <Stage report={report} scene={scene} summary={`${words[at].title}. ${words[at].spoken}`} />
      </Stepper>
    </div>
  );
}

/** The words have large ones to the bit; here they are compared at a glance. */
const inBits = (bits: number): string =>
  bits < 1e6 ? formatPlural(bits, 'bit') : `${formatLarge(bits)} bits`;

/** The size of the archive, in the scenes in which there is a base. */
function Meter({ report, scene }: { report: WalkReport; scene: TableScene }) {
  const { search, records, recordBits } = report;
  const isSearching = scene.kind === 'search';
  const isAfter = scene.kind === 'chosen' || scene.kind === 'merge' || scene.kind === 'stored';
  if (search === null || !(isSearching || isAfter)) return null;
  return (
    <SizeMeter
      search={search}
      added={isSearching ? scene.added : search.chosen}
      isSearching={isSearching}
      format={inBits}
      whole={{ bits: records * recordBits, name: 'the bits before' }}
    />
  );
}
