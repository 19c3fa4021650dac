import { lazy, Suspense, useCallback, useEffect, useState, type ComponentType } from 'react';
import { isStation, type PageName } from '../contracts/link.ts';
import { figuresOf } from '../contracts/figures.ts';
import { openName, useLab, useLabParts } from '../stations/useLab.ts';
import { DataStation } from '../stations/data/index.ts';
import { ControlsShown, FigureAlone, usePhone } from '../ui/controls/index.ts';
import { DropOverlay } from './DropOverlay.tsx';
import { FigureNotice } from './FigureNotice.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Header } from './Header.tsx';
import { PAGE_TITLES } from './headlines.ts';
import { HeldWork } from './HeldWork.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { ControlsFoot, EmbedFoot } from './LinkFoot.tsx';
import { LessonBeside, LessonList, LessonSaid } from './Lessons.tsx';
import { Announcer, MessageList, OpeningMessages } from './MessageList.tsx';
import { PrintHead } from './PrintHead.tsx';
import { OfflineMark } from './OfflineMark.tsx';
import { Rail } from './Rail.tsx';
import { TransferCard } from './TransferCard.tsx';
import { useShortcuts } from './useShortcuts.ts';
import { WorkBar } from './WorkBar.tsx';
import './app.css';
import './figureAlone.css';
import './print.css';

const loadBits = () => import('../stations/bits/index.ts').then((m) => ({ default: m.BitsStation }));
const loadArchive = () => import('../stations/archive/index.ts').then((m) => ({ default: m.ArchiveStation }));
const loadLearn = () => import('../stations/learn/index.ts').then((m) => ({ default: m.LearnStation }));
const loadHow = () => import('../stations/how/index.ts').then((m) => ({ default: m.HowPage }));
const loadSweep = () => import('../stations/sweep/index.ts').then((m) => ({ default: m.SweepStation }));

const Present = lazy(() => import('./present/Present.tsx').then((m) => ({ default: m.Present })));

const PAGES: Record<PageName, ComponentType> = {
  data: DataStation,
  bits: lazy(loadBits),
  archive: lazy(loadArchive),
  learn: lazy(loadLearn),
  sweep: lazy(loadSweep),
  how: lazy(loadHow),
  paper: lazy(() => import('../stations/paper/index.ts').then((m) => ({ default: m.PaperPage }))),
  start: lazy(() => import('../stations/start/index.ts').then((m) => ({ default: m.StartPage }))),
};

export function App() {
  const { station, view, kind, look, goTo, undo, redo, showLessons, name } = useLabParts((lab) => ({
    station: lab.station,
    view: lab.view,
    kind: lab.kind,
    look: lab.look,
    goTo: lab.goTo,
    undo: lab.undo,
    redo: lab.redo,
    showLessons: lab.showLessons,
    name: openName(lab),
  }));
  const hasData = useLab((lab) => openName(lab) !== null);
  const isPhone = usePhone();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const help = useCallback(() => setHelpOpen(true), []);
  const openFile = useCallback(
    () => document.querySelector<HTMLInputElement>('input[type=file]')?.click(),
    [],
  );
  const present = useCallback(() => look({ present: true, figure: null }), [look]);
  const lessons = useCallback(() => showLessons(true), [showLessons]);
  useShortcuts({ goTo, openFile, lessons, help, undo, redo, present: view.present ? null : present });

  useEffect(() => {
    document.title =
      name === null || station === 'start'
        ? 'dreaMLearning Lab'
        : `${name} · ${PAGE_TITLES[station]} · dreaMLearning Lab`;
  }, [name, station]);

  useEffect(() => {
    // The others are fetched once the first one has something to show.
    if (hasData) void Promise.allSettled([loadHow(), loadBits(), loadArchive(), loadLearn(), loadSweep()]);
  }, [hasData]);

  const Page = PAGES[station];
  const hasChrome = !view.embed && !view.present;
  const hasRail = hasChrome && station !== 'start';
  // A figure that the page does not have hides nothing.
  const alone = figuresOf(station, kind).find((figure) => figure === view.figure) ?? null;
  return (
    <>
      <PrintHead />
      {hasChrome && (
        <>
          <a className="skip-link" href="#main" onClick={focusMain}>
            Skip to the station
          </a>
          <div className="chrome">
            <Header onHelp={help} />
            {hasRail && <Rail />}
          </div>
        </>
      )}
      <OpeningMessages />
      {/* A station's controls stand beside its figures, and what is said has room over them. */}
      <div className={isStation(station) ? 'notices notices-beside' : 'notices'}>
        <TransferCard />
        <MessageList />
      </div>
      <div className="content">
        <LessonBeside />
        <main
          id="main"
          tabIndex={-1}
          className={`main${view.embed ? ' main-embed' : ''}${alone === null ? '' : ' main-alone'}`}
        >
          <FigureNotice />
          <HeldWork />
          <ErrorBoundary resetKey={station}>
            <ControlsShown value={!view.hide.includes(station)}>
              <FigureAlone value={alone}>
                <Suspense fallback={<p className="station-waiting">Opening {PAGE_TITLES[station]}…</p>}>
                  {view.present ? (
                    <Present sentence={<LessonSaid />}>
                      <Page />
                    </Present>
                  ) : (
                    <Page />
                  )}
                </Suspense>
              </FigureAlone>
            </ControlsShown>
          </ErrorBoundary>
        </main>
      </div>
      {view.embed ? (
        <EmbedFoot />
      ) : (
        hasChrome && (
          <>
            <ControlsFoot />
            <OfflineMark />
          </>
        )
      )}
      {isPhone && hasRail && <WorkBar />}
      <Announcer />
      <DropOverlay />
      <LessonList />
      <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
}

/** The hash belongs to the experiment: the skip link moves the focus without it. */
function focusMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
