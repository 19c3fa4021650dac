import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { PaperIcon, PlayIcon, UploadIcon } from '../../ui/controls/index.ts';
import { ACCEPTED_FILES } from '../acceptedFiles.ts';
import type { PageName } from '../../contracts/link.ts';
import { openName, useLab } from '../useLab.ts';
import { useChosenFiles } from '../useChosenFiles.ts';
import { usePageLink } from '../usePageLink.ts';
import { isOfGallery } from './picture.ts';
import { StartPicture } from './StartPicture.tsx';
import './start.css';

/** What is shown first on a first visit: what this is, what it makes of a sample, and three ways in. */
export function StartPage() {
  useEffect(() => goOn, []);
  return (
    <div className="start">
      <header>
        <h2 className="start-name">
          drea<span>ML</span>earning Lab
        </h2>
        <p className="start-lead">
          Compress a dataset, train a model on the few samples that stand for it, and see what that costs: on
          a sample, on your own data, or beside the paper’s results.
        </p>
      </header>
      <StartPicture />
      <Doors />
    </div>
  );
}

/** The door that was taken is gone, and the focus with it: it goes on at the top of what came. */
function goOn(): void {
  scrollTo(0, 0);
  if (document.activeElement === document.body) document.getElementById('main')?.focus();
}

function Doors() {
  return (
    <nav className="start-doors off-paper" aria-label="Where to begin">
      <PageDoor
        page="how"
        icon={<PlayIcon />}
        title="See how it works"
        about="The algorithm, one step at a time, on a table small enough to see whole."
        isFirst
      />
      <DataDoor />
      <PageDoor
        page="paper"
        icon={<PaperIcon />}
        title="The paper"
        about="Its tables and figures, each number beside what was measured here."
      />
      <LookAround />
      <LessonsDoor />
    </nav>
  );
}

interface DoorWords {
  icon: ReactNode;
  title: string;
  /** One sentence on what is behind it. */
  about: string;
}

/** A door is called by its title alone; the sentence describes it. */
function useDoor({ icon, title, about }: DoorWords) {
  const id = useId();
  const names = { 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-about` };
  const content = (
    <>
      {icon}
      <span className="door-title" id={names['aria-labelledby']}>
        {title}
      </span>
      <span className="door-about" id={names['aria-describedby']}>
        {about}
      </span>
    </>
  );
  return { names, content };
}

function PageDoor({ page, isFirst = false, ...words }: DoorWords & { page: PageName; isFirst?: boolean }) {
  const { names, content } = useDoor(words);
  return (
    <a className={isFirst ? 'door door-first' : 'door'} {...names} {...usePageLink(page)}>
      {content}
    </a>
  );
}

const DATA_DOOR = 'Try my data';

function DataDoor() {
  const input = useRef<HTMLInputElement>(null);
  const take = useChosenFiles();
  const { names, content } = useDoor({
    icon: <UploadIcon />,
    title: DATA_DOOR,
    about: 'A table or pictures: choose a file, or drop it anywhere. It stays on this machine.',
  });
  return (
    <>
      <AriaButton className="door" {...names} onPress={() => input.current?.click()}>
        {content}
      </AriaButton>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={DATA_DOOR}
        accept={ACCEPTED_FILES}
        onChange={(event) => take(event.currentTarget)}
      />
    </>
  );
}

/** The other small door: the list of lessons. */
function LessonsDoor() {
  const showLessons = useLab((lab) => lab.showLessons);
  return (
    <AriaButton className="start-more start-lessons" onPress={() => showLessons(true)}>
      Lessons: one question each, step by step
    </AriaButton>
  );
}

/** The small door: the stations with what is open, or the gallery where nothing could be opened. */
function LookAround() {
  const name = useLab(openName);
  const isSample = useLab(({ kind, images, dataset }) => {
    const open = kind === 'images' ? images.dataset.value : dataset.value;
    return open === null || isOfGallery(open);
  });
  const isLost = useLab(
    ({ dataset: { status, value } }) => value === null && (status === 'failed' || status === 'cancelled'),
  );
  const link = usePageLink(name === null && isLost ? 'data' : 'bits');
  return (
    <a className="start-more" {...link}>
      {name === null && isLost
        ? 'Choose another dataset'
        : `Look around with ${isSample ? 'the sample' : name}`}
    </a>
  );
}
