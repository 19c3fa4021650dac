import { useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { LabError } from '../contracts/errors.ts';
import type { FigureName } from '../contracts/figures.ts';
import { csvText, type Cell } from '../platform/csvText.ts';
import { download } from '../platform/download.ts';
import { saveFigure } from '../ui/charts/saveFigure.ts';
import { Panel } from '../ui/controls/index.ts';
import { fileStem } from './fileStem.ts';
import { SaveMenu } from './SaveMenu.tsx';
import { openName, useLabParts } from './useLab.ts';

const FORMATS = [
  { id: 'svg', label: 'SVG', description: 'Lines and words, sharp at any size.' },
  { id: 'png', label: 'PNG', description: 'A picture at twice the size of the screen.' },
  { id: 'csv', label: 'CSV', description: 'The numbers that it shows.' },
] as const;

type Format = (typeof FORMATS)[number]['id'];

interface SaveFigureProps {
  title: string;
  caption: string;
  /** Where the figure stands; null for a table, of which there is no picture. */
  place: RefObject<Element | null> | null;
  /** What it shows as lines of cells, the header first. */
  rows: () => readonly (readonly Cell[])[];
  isEmpty: boolean;
}

/** "Save as": a picture with its title, axes and legend in the colours of the page, or its numbers. */
export function SaveFigure({ title, caption, place, rows, isEmpty }: SaveFigureProps) {
  const { name, say } = useLabParts((lab) => ({ name: openName(lab) ?? '', say: lab.say }));

  async function save(format: Format): Promise<void> {
    const figure = place?.current ?? null;
    const fileName = `${fileStem(name)}-${fileStem(title)}.${format}`;
    try {
      if (format === 'csv') download(fileName, csvText(rows()), 'text/csv');
      else if (figure !== null) {
        const heading = name === '' ? title : `${title}: ${name}`;
        const file = await saveFigure(figure, { title: heading, caption }, format);
        download(fileName, file, file.type);
      }
    } catch (thrown) {
      const { code, message: what, todo } = LabError.from(thrown);
      say({ tone: 'error', code, what, todo });
    }
  }

  return (
    <SaveMenu
      of={title}
      formats={FORMATS.filter(({ id }) => place !== null || id === 'csv')}
      isDisabled={isEmpty}
      onSave={(format) => void save(format)}
    />
  );
}

interface SavedPanelProps extends Pick<SaveFigureProps, 'title' | 'rows' | 'isEmpty'> {
  /** By which links show it alone. */
  name?: FigureName;
  /** What the numbers are: units, denominators, how many runs. */
  caption: string;
  /** Choices of what is drawn, before the menu that saves it. */
  actions?: ReactNode;
  stale?: boolean;
  /** What is saved as a picture. */
  figure: ReactNode;
  /** Words below the figure. */
  children?: ReactNode;
}

/** A panel with one figure, which can be saved. */
export function SavedPanel({
  name,
  title,
  caption,
  actions,
  stale = false,
  figure,
  rows,
  isEmpty,
  children,
}: SavedPanelProps) {
  const place = useRef<HTMLDivElement>(null);
  const save = useMemo(
    () => <SaveFigure {...{ title, caption, place, rows, isEmpty }} />,
    [title, caption, rows, isEmpty],
  );
  return (
    <Panel
      name={name}
      title={title}
      caption={caption}
      stale={stale}
      actions={
        <>
          {actions}
          {save}
        </>
      }
    >
      <div ref={place}>{figure}</div>
      {children}
    </Panel>
  );
}

interface SavedFigureProps extends Pick<SaveFigureProps, 'title' | 'caption' | 'rows' | 'isEmpty'> {
  /** Its heading, which stands beside the menu. */
  head: ReactNode;
  children: ReactNode;
}

/** One of several figures of a panel, with its own menu. */
export function SavedFigure({ head, children, ...saved }: SavedFigureProps) {
  const place = useRef<HTMLDivElement>(null);
  return (
    <>
      <header className="figure-head">
        {head}
        <SaveFigure {...saved} place={place} />
      </header>
      <div ref={place}>{children}</div>
    </>
  );
}
