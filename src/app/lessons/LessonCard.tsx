import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { LabError, type ErrorReport } from '../../contracts/errors.ts';
import { readLink, type LinkedExperiment, type LinkedLesson } from '../../contracts/link.ts';
import { keepProgress } from '../../platform/lessonProgress.ts';
import type { Lab } from '../../stations/lab.ts';
import { openId, openName, openSample, useLab, useLabParts } from '../../stations/useLab.ts';
import {
  Button,
  CheckIcon,
  ChevronIcon,
  CloseIcon,
  ErrorNotice,
  IconButton,
  NextIcon,
  PreviousIcon,
} from '../../ui/controls/index.ts';
import { PAGE_TITLES } from '../headlines.ts';
import type { Lesson } from './lesson.ts';
import { lessonOf } from './shipped.ts';
import { spotWords } from './spots.ts';
import { useDone } from './useDone.ts';
import { useSpotlight } from './useSpotlight.ts';
import './lesson.css';

type Reading = { lesson: Lesson } | { error: ErrorReport };

function readingOf(id: string, packed: string | null): Reading {
  try {
    return { lesson: lessonOf(id, packed) };
  } catch (thrown) {
    return { error: LabError.from(thrown).report() };
  }
}

/** The lesson that is followed: its step beside what it is about. */
export function LessonCard() {
  const place = useLab((lab) => lab.view.lesson);
  return place !== null && <OfPlace key={place.id} place={place} />;
}

function OfPlace({ place }: { place: LinkedLesson }) {
  const packed = useLab((lab) => lab.view.lessonFile);
  const [reading, setReading] = useState({ packed, ...readingOf(place.id, packed) });
  // The same place may be taken by another file.
  if (reading.packed !== packed) setReading({ packed, ...readingOf(place.id, packed) });
  return 'error' in reading ? (
    <NoLesson error={reading.error} isBare={place.isBare === true} />
  ) : (
    <Steps key={packed} lesson={reading.lesson} place={place} />
  );
}

/** Where there is no such lesson: why, and the others. */
function NoLesson({ error, isBare }: { error: ErrorReport; isBare: boolean }) {
  const { leave, showLessons, visit } = useLeave();
  useEffect(() => {
    // Nothing was opened for the sake of the lesson.
    if (isBare) void visit('#data=diamonds');
  }, [isBare, visit]);
  return (
    <aside className="lesson" aria-label="Lesson">
      <ErrorNotice error={error} />
      <div className="lesson-buttons">
        <Button
          onPress={() => {
            leave();
            showLessons(true);
          }}
        >
          All lessons
        </Button>
        <Button onPress={leave}>Go on without</Button>
      </div>
    </aside>
  );
}

function useLeave() {
  const { look, showLessons, visit } = useLabParts((lab) => ({
    look: lab.look,
    showLessons: lab.showLessons,
    visit: lab.visit,
  }));
  const leave = useCallback(() => {
    look({ lesson: null, lessonFile: null });
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [look]);
  return { look, leave, showLessons, visit };
}

/** Whether something else is open than what a link names. */
function isOtherData(lab: Lab, named: LinkedExperiment['data']): boolean {
  if (named === null) return false;
  return named.kind === 'sample' ? openSample(lab) !== named.id : openId(lab) !== named.datasetId;
}

function Steps({ lesson, place }: { lesson: Lesson; place: LinkedLesson }) {
  const { look, leave, showLessons, visit } = useLeave();
  const count = lesson.steps.length;
  const number = Math.min(place.step, count);
  const step = lesson.steps[number - 1];
  const name = `${place.id}/${number}`;
  const { station: linked, data } = readLink(step.link).experiment;
  const page = linked ?? 'data';
  const { say, station, hasData, isOther } = useLabParts((lab) => ({
    say: lab.say,
    station: lab.station,
    hasData: openName(lab) !== null,
    isOther: isOtherData(lab, data),
  }));
  const [begun, setBegun] = useState<string | null>(place.isBare === true ? null : name);
  const hasBegun = hasData && begun === name;
  const isDone = useDone(step.check, name, hasBegun);
  const isMissing = useSpotlight(step.spotlight, name);
  const isTurned = station !== page && step.check?.is !== 'page';
  const elsewhere = !hasBegun
    ? null
    : isOther
      ? 'about another dataset'
      : isTurned
        ? `on the page ${PAGE_TITLES[page]}`
        : null;
  const [isFolded, setFolded] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const bodyId = useId();
  const isOpen = step.check === undefined || isDone;

  const follow = useCallback(
    async (to: number) => {
      look({ lesson: { id: place.id, step: to } });
      await visit(lesson.steps[to - 1].link);
      setBegun(`${place.id}/${to}`);
    },
    [lesson, place.id, look, visit],
  );
  const turn = useCallback(
    (to: number) => {
      setFolded(false);
      void follow(to);
      // The heading is the other step's by then; it takes the focus, and is read out.
      setTimeout(() => heading.current?.focus({ preventScroll: true }));
    },
    [follow],
  );

  const isBare = place.isBare === true;
  useEffect(() => {
    if (!isBare) return undefined;
    const timer = setTimeout(() => {
      void follow(number);
      heading.current?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [isBare, number, follow]);
  useEffect(() => keepProgress(lesson.id, { step: number, isDone: false }), [lesson.id, number]);

  function finish(): void {
    keepProgress(lesson.id, { step: count, isDone: true });
    leave();
    say({
      tone: 'info',
      code: null,
      what: `That was “${lesson.title}”.`,
      todo: null,
      action: { label: 'More lessons', run: () => showLessons(true) },
    });
  }

  const isLast = number === count;
  const next = isLast ? 'Finish' : isOpen ? 'Next' : 'Skip';
  return (
    <aside className={isFolded ? 'lesson lesson-folded' : 'lesson'} aria-label={`Lesson: ${lesson.title}`}>
      <header className="lesson-head">
        <p className="lesson-name">
          <span>{lesson.title}</span>
          <span className="lesson-count">
            {number} of {count}
          </span>
        </p>
        <span className="lesson-fold">
          <IconButton
            label={isFolded ? 'Unfold the lesson' : 'Fold the lesson'}
            icon={<ChevronIcon />}
            variant="quiet"
            aria-expanded={!isFolded}
            aria-controls={bodyId}
            onPress={() => setFolded(!isFolded)}
          />
        </span>
        <IconButton label="Leave the lesson" icon={<CloseIcon />} variant="quiet" onPress={leave} />
      </header>
      <div className="lesson-body" id={bodyId}>
        <h2 ref={heading} tabIndex={-1}>
          {step.title}
        </h2>
        <p>{step.sentence}</p>
        {step.do !== undefined && (
          <p className={isDone ? 'lesson-do lesson-done' : 'lesson-do'}>
            <span className="lesson-mark">{isDone && <CheckIcon />}</span>
            {step.do}
          </p>
        )}
        <p className="lesson-status" role="status">
          {isDone && 'Done.'}
        </p>
        {elsewhere !== null ? (
          <p className="lesson-missing">
            This step is {elsewhere}. <Button onPress={() => turn(number)}>Go there</Button>
          </p>
        ) : (
          isMissing &&
          !isDone &&
          step.spotlight !== undefined && (
            <p className="lesson-missing">
              {spotWords(step.spotlight)} is not on the screen: it may be folded away, or come with the
              result.
            </p>
          )
        )}
      </div>
      <footer className="lesson-buttons">
        <Button icon={<PreviousIcon />} isDisabled={number === 1} onPress={() => turn(number - 1)}>
          Back
        </Button>
        <Button
          variant={isOpen ? 'primary' : 'plain'}
          icon={isLast ? <CheckIcon /> : <NextIcon />}
          onPress={() => (isLast ? finish() : turn(number + 1))}
        >
          {next}
        </Button>
      </footer>
    </aside>
  );
}
