import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { figuresOf } from '../../contracts/figures.ts';
import { isStation, type PageName, type StationName } from '../../contracts/link.ts';
import { openName, useLabParts } from '../../stations/useLab.ts';
import { CloseIcon, IconButton, NextIcon, PreviousIcon } from '../../ui/controls/index.ts';
import { HEADLINES, PAGE_TITLES } from '../headlines.ts';
import { nextFigure, shownFigures } from './figures.ts';
import { FitStage } from './FitStage.tsx';
import './present.css';

/** Whether arrow keys belong to what is focused: a field, a handle, a list, or the steps of the step-through. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable], [role=slider], [role=grid], [role=dialog], [role=menu], [role=listbox], [role=radiogroup], [role=toolbar]',
    ) !== null
  );
}

/** One figure, its headline and a sentence, as large as the screen; the keys go on to the next. */
export function Present({ sentence, children }: { sentence: ReactNode; children: ReactNode }) {
  const { station, figure, kind, name, look, goTo } = useLabParts((lab) => ({
    station: lab.station,
    figure: lab.view.figure,
    kind: lab.kind,
    name: openName(lab),
    look: lab.look,
    goTo: lab.goTo,
  }));
  const place = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<readonly string[]>([]);
  /** At which end a page begins that is come to. */
  const end = useRef<'first' | 'last'>('first');

  // Panels come one by one, and some only with their results.
  useEffect(() => {
    const stage = place.current;
    if (stage === null) return;
    const read = () => {
      const names = shownFigures(stage);
      setShown((before) => (before.join() === names.join() ? before : names));
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(stage, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [station, kind]);

  // Whoever goes to another page by its key comes to its first figure.
  useEffect(() => {
    const names: readonly string[] = figuresOf(station, kind);
    if (figure !== null && !names.includes(figure)) look({ figure: null });
  }, [station, kind, figure, look]);

  useEffect(() => {
    const first = end.current === 'first' ? shown.at(0) : shown.at(-1);
    if (figure === null && first !== undefined && isStation(station)) look({ figure: first });
  }, [figure, shown, station, look]);

  const go = useCallback(
    (by: 1 | -1) => {
      const to = nextFigure({ page: station, shown, figure }, by);
      if (to === null) return;
      if ('figure' in to) look({ figure: to.figure });
      else {
        end.current = to.end;
        look({ figure: null });
        goTo(to.page);
      }
    },
    [station, shown, figure, look, goTo],
  );
  const leave = useCallback(() => {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    look({ present: false, figure: null });
  }, [look]);
  useKeys({ station, shown, go, look, leave });

  useEffect(() => {
    document.documentElement.dataset.present = '';
    return () => {
      delete document.documentElement.dataset.present;
    };
  }, []);

  const isEmpty = useEmpty(isStation(station) && shown.length === 0, station);
  const at = figure === null ? -1 : shown.indexOf(figure);
  return (
    <div className="present">
      <header className="present-head">
        <p className="present-title">
          {name === null ? PAGE_TITLES[station] : `${name} · ${PAGE_TITLES[station]}`}
        </p>
        {isStation(station) && <PresentHeadline station={station} />}
      </header>
      <div ref={place} className="present-stage" data-empty={isEmpty || undefined}>
        <FitStage>{children}</FitStage>
        {isEmpty && (
          <p className="present-empty" role="status">
            {EMPTY[station]}
          </p>
        )}
      </div>
      {sentence}
      <nav className="present-pager" aria-label="Figures">
        <IconButton label="Previous figure" icon={<PreviousIcon />} onPress={() => go(-1)} />
        <span>{at < 0 ? PAGE_TITLES[station] : `${at + 1} of ${shown.length}`}</span>
        <IconButton label="Next figure" icon={<NextIcon />} onPress={() => go(1)} />
        <IconButton label="Stop presenting" icon={<CloseIcon />} onPress={leave} />
      </nav>
    </div>
  );
}

/** Milliseconds in which a station's first figure may come. */
const EMPTY_AFTER = 2_000;
const EMPTY: Partial<Record<PageName, string>> = {
  sweep: 'Nothing has been swept yet. Stop presenting, run the sweep, and its figures stand here.',
  learn: 'Nothing has been trained yet. Its figures stand here once there are results.',
};

/** Whether a station has had no figure for a while, and says why. */
function useEmpty(hasNone: boolean, station: PageName): boolean {
  const [emptyAt, setEmptyAt] = useState<PageName | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setEmptyAt(hasNone ? station : null), hasNone ? EMPTY_AFTER : 0);
    return () => clearTimeout(timer);
  }, [hasNone, station]);
  return hasNone && emptyAt === station && EMPTY[station] !== undefined;
}

/** What the station came to, as on the rail. */
function PresentHeadline({ station }: { station: StationName }) {
  const { value, note } = useLabParts((lab) => {
    const { value: said, note: more } = HEADLINES[station](lab);
    return { value: said, note: more };
  });
  return (
    <p className="present-headline">
      <strong>{value}</strong> {note}
    </p>
  );
}

interface Keys {
  station: PageName;
  shown: readonly string[];
  go: (by: 1 | -1) => void;
  look: (changed: { figure: string | null }) => void;
  leave: () => void;
}

/** Arrows and the keys of a presenter go through the figures; the step-through keeps its arrows. */
function useKeys({ station, shown, go, look, leave }: Keys): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { key } = event;
      const isArrow =
        (key === 'ArrowRight' || key === 'ArrowLeft') && station !== 'how' && !isTaken(event.target);
      if (key === 'PageDown' || (isArrow && key === 'ArrowRight')) go(1);
      else if (key === 'PageUp' || (isArrow && key === 'ArrowLeft')) go(-1);
      else if (isTaken(event.target)) return;
      else if (key === 'Escape') leave();
      else if (key === 'Home' && shown.length > 0) look({ figure: shown[0] });
      else if (key === 'End' && shown.length > 0) look({ figure: shown[shown.length - 1] });
      else if (key === 'f' || key === 'F') toggleFullScreen();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [station, shown, go, look, leave]);
}

function toggleFullScreen(): void {
  // A browser may refuse: the figure fills the window all the same.
  if (document.fullscreenElement === null)
    void document.documentElement.requestFullscreen().catch(() => undefined);
  else void document.exitFullscreen();
}
