import { useEffect, useState } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useLab, useLabSlowly } from '../stations/useLab.ts';
import { usePageLink } from '../stations/usePageLink.ts';
import { formatPlural } from '../ui/format.ts';
import { progressWords } from '../ui/progress.ts';
import { PAGE_TITLES } from './headlines.ts';
import { workNow, type WorkNow } from './running.ts';
import { WorkButtons } from './WorkButtons.tsx';
import './workBar.css';

/** What is over sooner is not worth a bar that comes and goes, in milliseconds. */
const SOON = 700;

/**
 * At the foot of a phone, whose tabs have no room for it: what runs, how long still, and how it is paused and ended.
 */
export function WorkBar() {
  const isWorking = useLab((lab) => workNow(lab) !== null);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isWorking) return;
    const timer = setTimeout(() => setShown(true), SOON);
    return () => {
      clearTimeout(timer);
      setShown(false);
    };
  }, [isWorking]);
  return isWorking && isShown && <Bar />;
}

function Bar() {
  const work = useLabSlowly(workNow, 250);
  return work !== null && <WorkView {...work} />;
}

function WorkView({ station, progress, canPause, others }: WorkNow) {
  const link = usePageLink(station);
  const title = PAGE_TITLES[station];
  const words = progress === null ? null : progressWords(progress);
  const phase = progress?.phase ?? 'Starting';
  const share = words?.share ?? null;
  return (
    <section className="work-bar" aria-label="What runs">
      <ProgressBar
        className="work-bar-progress"
        aria-label={`${title}: ${phase}`}
        isIndeterminate={share === null}
        value={share ?? 0}
        minValue={0}
        maxValue={1}
        formatOptions={{ style: 'percent' }}
      >
        <span className={share === null ? 'progress-track progress-unknown' : 'progress-track'}>
          <span className="progress-fill" style={{ transform: `scaleX(${share ?? 1})` }} />
        </span>
      </ProgressBar>
      <a className="work-bar-words" {...link}>
        <span className="work-bar-first">
          <b>{title}</b>
          <span>{words?.left === '' ? words.amount : words?.left}</span>
          {others > 0 && <span className="work-bar-others">and {formatPlural(others, 'other')}</span>}
        </span>
        <span className="work-bar-phase">{phase}</span>
      </a>
      <WorkButtons station={station} canPause={canPause} />
    </section>
  );
}
