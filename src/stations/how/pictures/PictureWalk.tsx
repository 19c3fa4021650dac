import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { TRANSFORM_METAS } from '../../../contracts/plugins.ts';
import type { PictureWalk as Walk, PictureWalkRequest } from '../../../contracts/pictureWalk.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import {
  Button,
  CompactSelect,
  Disclosure,
  ErrorNotice,
  IconButton,
  NextIcon,
  Notice,
  PreviousIcon,
  ProgressLine,
  Slider,
  usePhone,
} from '../../../ui/controls/index.ts';
import { formatBytes, formatCount } from '../../../ui/format.ts';
import { offeredSamples, sampleBytes, sampleShape } from '../../gallerySamples.ts';
import { openName, useLabParts } from '../../useLab.ts';
import { SizeMeter } from '../SizeMeter.tsx';
import { Stepper } from '../Stepper.tsx';
import { useAutoplay } from '../useAutoplay.ts';
import {
  FIRST_CHOICE,
  isOf,
  requestOf,
  TINY_SUBJECTS,
  type OpenPictures,
  type Subject,
  type WalkChange,
  type WalkChoice,
} from './choice.ts';
import { scenesOf } from './scenes.tsx';
import { Stage } from './Stage.tsx';
import './pictureWalk.css';

/** The sample of pictures that is offered where none are open. */
const SAMPLE = offeredSamples([]).find(({ kind }) => kind === 'images');

/** Largest τ that the slider reaches by itself. */
const MOST_TAU = 256;

/** The same steps on a class of pictures. */
export function PictureWalk() {
  const { task, walkPictures, cancelPictureWalk } = useLabParts((lab) => ({
    task: lab.pictureWalk,
    walkPictures: lab.walkPictures,
    cancelPictureWalk: lab.cancelPictureWalk,
  }));
  const open = useOpenPictures();
  const [choice, setChoice] = useState<WalkChoice>(FIRST_CHOICE);
  const [at, setAt] = useState(0);
  const wanted = choice.subject === 'open' ? open : null;
  const request = useMemo(() => requestOf(choice, wanted), [choice, wanted]);

  useEffect(() => {
    if (request !== null) void walkPictures(request);
  }, [request, walkPictures]);
  useEffect(() => cancelPictureWalk, [cancelPictureWalk]);

  const walk = task.value !== null && request !== null && isOf(task.value, request, open) ? task.value : null;
  /** Another class, or the same one seen otherwise: from the beginning. */
  const begin = (next: Partial<WalkChoice>): void => {
    setChoice((last) => ({ ...last, picture: null, ...next }));
    setAt(0);
  };
  const change = (more: WalkChange): void =>
    setChoice((last) => ({ ...last, change: { ...last.change, ...more } }));

  return (
    <div className="picture-walk">
      <div className="shots-controls">
        <Labelled label="Pictures">
          <Segments
            label="Pictures"
            value={choice.subject}
            options={subjects(open)}
            onChange={(subject) => begin({ subject, label: 0, change: {} })}
          />
        </Labelled>
        {request !== null && (
          <Controls
            request={request}
            classNames={classNamesOf(choice.subject, open, task.value)}
            onLabel={(label) => begin({ label })}
            onTransform={(transform) => begin({ change: { ...choice.change, transform } })}
            onChange={change}
          />
        )}
      </div>
      {request === null && <SampleOffer />}
      {request !== null && task.status === 'running' && (walk === null || task.progress !== null) && (
        <ProgressLine progress={task.progress} label="Taking pictures apart" onCancel={cancelPictureWalk} />
      )}
      {request !== null && task.error !== null && (
        <ErrorNotice error={task.error} onRetry={() => void walkPictures(request)} />
      )}
      {request !== null && task.status === 'cancelled' && (
        <Notice>
          <p>This was stopped before it was ready.</p>
          <p>
            <Button onPress={() => void walkPictures(request)}>Take the pictures apart</Button>
          </p>
        </Notice>
      )}
      {walk !== null && task.error === null && (
        <Scenes
          walk={walk}
          at={at}
          onAt={setAt}
          onPicture={(picture) => setChoice((last) => ({ ...last, picture }))}
        />
      )}
    </div>
  );
}

/** The pictures that are open in the lab, or null. */
function useOpenPictures(): OpenPictures | null {
  const { source, settings, summary } = useLabParts(({ kind, images }) => ({
    source: kind === 'images' ? images.source : null,
    settings: images.settings,
    summary: images.dataset.value,
  }));
  return useMemo(
    () => (source === null || summary === null ? null : { source, settings, summary }),
    [source, settings, summary],
  );
}

function subjects(open: OpenPictures | null): readonly { value: Subject; label: string }[] {
  const own = { value: 'open' as const, label: open?.summary.name ?? SAMPLE?.title ?? 'Open pictures' };
  return [...TINY_SUBJECTS, own];
}

/** Names of the classes, as far as they are known yet. */
function classNamesOf(subject: Subject, open: OpenPictures | null, walk: Walk | null): readonly string[] {
  if (subject === 'open') return open?.summary.classes.map(({ name }) => name) ?? [];
  return walk?.tiny === subject ? walk.classNames : [];
}

interface ControlsProps {
  request: PictureWalkRequest;
  classNames: readonly string[];
  onLabel: (label: number) => void;
  onTransform: (transform: string) => void;
  onChange: (change: WalkChange) => void;
}

const OBJECTIVES = [
  { value: 'true' as const, label: 'True size' },
  { value: 'equation1' as const, label: 'Equation 1' },
];

function Controls({ request, classNames, onLabel, onTransform, onChange }: ControlsProps) {
  const { settings, label } = request;
  const isPhone = usePhone();
  const settled = (
    <>
      <Labelled label="Encoded as">
        <Segments
          label="What is encoded"
          value={settings.transform}
          options={TRANSFORM_METAS.all.map(({ name, short }) => ({ value: name, label: short }))}
          onChange={onTransform}
        />
      </Labelled>
      <Labelled label="Minimise">
        <Segments
          label="What the search minimises"
          value={settings.objective}
          options={OBJECTIVES}
          onChange={(objective) => onChange({ objective })}
        />
      </Labelled>
      <TauSlider key={settings.tau} tau={settings.tau} onChange={(tau) => onChange({ tau })} />
    </>
  );
  return (
    <>
      {classNames.length > 1 && (
        <Labelled label="Class">
          <IconButton
            label="Previous class"
            icon={<PreviousIcon />}
            variant="quiet"
            isDisabled={label === 0}
            onPress={() => onLabel(label - 1)}
          />
          <CompactSelect
            label="Class"
            value={String(label)}
            options={classNames.map((name, k) => ({ value: String(k), label: name }))}
            onChange={(next) => onLabel(Number(next))}
          />
          <IconButton
            label="Next class"
            icon={<NextIcon />}
            variant="quiet"
            isDisabled={label === classNames.length - 1}
            onPress={() => onLabel(label + 1)}
          />
        </Labelled>
      )}
      {isPhone ? <Disclosure title="Settings">{settled}</Disclosure> : settled}
    </>
  );
}

/** A control with its name in front, for the eye; it says its own to screen readers. */
function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="shots-control">
      <span className="shots-label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}

/** Counts as it is dragged, and searches once it is let go. */
function TauSlider({ tau, onChange }: { tau: number; onChange: (tau: number) => void }) {
  const [shown, setShown] = useState(tau);
  return (
    <div className="shots-tau">
      <Slider
        label="Plateau threshold τ"
        tone="base"
        value={shown}
        min={1}
        max={Math.max(MOST_TAU, tau)}
        format={formatCount}
        onChange={setShown}
        onChangeEnd={onChange}
      />
    </div>
  );
}

/** Where no pictures are open: the sample, with what opening it takes. */
function SampleOffer() {
  const { name, task, load, cancelLoad } = useLabParts((lab) => ({
    name: openName(lab),
    task: lab.images.dataset,
    load: lab.load,
    cancelLoad: lab.cancelLoad,
  }));
  if (task.status === 'running')
    return <ProgressLine progress={task.progress} label="Opening the pictures" onCancel={cancelLoad} />;
  if (SAMPLE === undefined) return null;
  if (task.error !== null)
    return (
      <ErrorNotice error={task.error} isQuiet onRetry={() => void load({ kind: 'sample', id: SAMPLE.id })} />
    );
  return (
    <Notice>
      <p>
        No pictures are open. {SAMPLE.title} is {sampleShape(SAMPLE)}, {sampleBytes(SAMPLE)} of pixels
        {name === null ? '.' : `; it takes the place of ${name} in the lab.`}
      </p>
      <p>
        <Button onPress={() => void load({ kind: 'sample', id: SAMPLE.id })}>Open {SAMPLE.title}</Button>
      </p>
      <p className="soft">Or drop a zip or a folder of your own: its classes are shown here.</p>
    </Notice>
  );
}

const inBytes = (bits: number): string => formatBytes(bits / 8);

interface ScenesProps {
  walk: Walk;
  at: number;
  onAt: (at: number) => void;
  onPicture: (picture: number) => void;
}

function Scenes({ walk, at, onAt, onPicture }: ScenesProps) {
  const scenes = useMemo(() => scenesOf(walk), [walk]);
  const { shot } = scenes[Math.min(at, scenes.length - 1)];
  const added = shot.kind === 'base' ? shot.added : walk.search.chosen;
  const autoplay = useAutoplay();
  const hasMeter = shot.kind === 'base' || shot.kind === 'apart' || shot.kind === 'shared';
  return (
    <Stepper
      scenes={scenes}
      at={at}
      onAt={onAt}
      autoplay={autoplay}
      aside={
        hasMeter ? (
          <SizeMeter
            search={walk.search}
            added={added}
            isSearching={shot.kind === 'base'}
            format={inBytes}
            whole={{ bits: 8 * walk.rawBytes, name: 'the pixels' }}
          />
        ) : undefined
      }
    >
      <div className="shots-stage">
        <Stage walk={walk} shot={shot} onPicture={onPicture} />
      </div>
    </Stepper>
  );
}
