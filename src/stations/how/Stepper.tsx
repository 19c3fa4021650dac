/**
 * A step-through: a stage, what happens in words beside it, and the way through its scenes by buttons, a scrubber and
 * keys. It plays by itself when asked to, and waits at the end.
 */
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import {
  IconButton,
  NextIcon,
  PauseIcon,
  PlayIcon,
  PreviousIcon,
  RewindIcon,
  Slider,
} from '../../ui/controls/index.ts';
import { named } from '../namedButtons.ts';

/** One scene of a step-through. */
export interface Scene {
  /** A few words: "Entropy of every bit". */
  title: string;
  /** Two or three sentences on what happens and why. */
  text: ReactNode;
  /** What the stage shows, in words, for who does not see it; said behind the text. */
  spoken: string;
}

interface StepperProps {
  scenes: readonly Scene[];
  /** The scene that is shown, from 0. */
  at: number;
  onAt: (at: number) => void;
  /** Whether it begins to play by itself. */
  autoplay?: boolean;
  /** The stage, as it looks in this scene. */
  children: ReactNode;
  /** What stands under the words: meters and counters. */
  aside?: ReactNode;
}

/** Milliseconds from scene to scene. */
const PACE = 1800;

/** What takes every key itself: a field, a list, a dialog. */
const FIELDS =
  'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=radiogroup], [role=tablist]';

/** Whether a key belongs to what is focused. A button takes the space, and leaves the arrows to the steps. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(FIELDS) !== null || (key === ' ' && target.closest('button, summary') !== null);
}

export function Stepper({ scenes, at, onAt, autoplay = false, children, aside }: StepperProps) {
  const last = scenes.length - 1;
  const shown = Math.min(at, last);
  const { title, text, spoken } = scenes[shown];
  const [isPlaying, setPlaying] = useState(autoplay);
  const isAtEnd = shown >= last;

  const go = useCallback(
    (to: number) => {
      setPlaying(false);
      onAt(Math.max(0, Math.min(last, to)));
    },
    [last, onAt],
  );
  const play = useCallback(() => {
    if (isAtEnd) onAt(0);
    setPlaying((was) => isAtEnd || !was);
  }, [isAtEnd, onAt]);

  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => {
      if (isAtEnd) setPlaying(false);
      else onAt(shown + 1);
    }, PACE);
    return () => clearTimeout(timer);
  }, [isPlaying, isAtEnd, shown, onAt]);

  const keys = useRef({ go, play, shown, last });
  useEffect(() => {
    keys.current = { go, play, shown, last };
  });
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTaken(event.target, event.key)) return;
      const now = keys.current;
      if (event.key === 'ArrowRight') now.go(now.shown + 1);
      else if (event.key === 'ArrowLeft') now.go(now.shown - 1);
      else if (event.key === 'Home') now.go(0);
      else if (event.key === 'End') now.go(now.last);
      else if (event.key === ' ') now.play();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="stepper">
      <div className="stepper-stage">{children}</div>
      <div className="stepper-words">
        <p className="stepper-count">
          Step {shown + 1} of {scenes.length}
        </p>
        <div aria-live={isPlaying ? 'off' : 'polite'}>
          <h3>{title}</h3>
          <div className="stepper-text">{text}</div>
          <p className="visually-hidden">{spoken}</p>
        </div>
        {aside}
      </div>
      <div className="stepper-transport" role="group" aria-label="Steps">
        <IconButton
          label="To the beginning (Home)"
          icon={<RewindIcon />}
          isDisabled={shown === 0}
          onPress={() => go(0)}
        />
        <IconButton
          label="One step back (←)"
          icon={<PreviousIcon />}
          isDisabled={shown === 0}
          onPress={() => go(shown - 1)}
        />
        <IconButton
          label={isPlaying ? 'Pause (space)' : isAtEnd ? 'Play from the beginning (space)' : 'Play (space)'}
          icon={isPlaying ? <PauseIcon /> : <PlayIcon />}
          variant="primary"
          onPress={play}
        />
        <IconButton
          {...named('step')}
          label="One step forward (→)"
          icon={<NextIcon />}
          isDisabled={isAtEnd}
          onPress={() => go(shown + 1)}
        />
        <div className="stepper-scrubber">
          <Slider
            label="Step"
            value={shown}
            min={0}
            max={last}
            format={(step) => `${step + 1} of ${scenes.length}: ${scenes[step]?.title ?? ''}`}
            onChange={go}
          />
        </div>
      </div>
    </div>
  );
}
