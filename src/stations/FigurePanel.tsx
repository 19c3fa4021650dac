import { useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { LabError } from '../contracts/errors.ts';
import { download } from '../platform/download.ts';
import type { LineFigureProps } from '../ui/charts/figure.tsx';
import { LineFigure } from '../ui/charts/LineFigure.tsx';
import { saveFigure, type FigureFormat } from '../ui/charts/saveFigure.ts';
import { DownloadIcon, Panel } from '../ui/controls/index.ts';
import './figurePanel.css';
import { fileStem } from './fileStem.ts';
import { openName, useLabParts } from './useLab.ts';

interface FigurePanelProps {
  title: string;
  /** What the numbers are: units, denominators, how many runs. */
  caption: string;
  /** Choices of what is drawn, before the menu that saves it. */
  actions?: ReactNode;
  stale?: boolean;
  figure: LineFigureProps;
  /** Words below the figure. */
  children?: ReactNode;
}

/** A panel with one line chart, which can be saved as a picture. */
export function FigurePanel({ title, caption, actions, stale = false, figure, children }: FigurePanelProps) {
  const place = useRef<HTMLDivElement>(null);
  const isEmpty = figure.series.every(({ points }) => points.length === 0);
  const save = useMemo(
    () => <SaveFigureMenu title={title} caption={caption} place={place} isEmpty={isEmpty} />,
    [title, caption, isEmpty],
  );
  return (
    <Panel
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
      <div ref={place}>
        <LineFigure {...figure} />
      </div>
      {children}
    </Panel>
  );
}

const FORMATS = [
  { id: 'svg', label: 'SVG', description: 'Lines and words, sharp at any size.' },
  { id: 'png', label: 'PNG', description: 'A picture at twice the size of the screen.' },
] as const;

interface SaveFigureMenuProps {
  title: string;
  caption: string;
  /** Where the figure stands. */
  place: RefObject<Element | null>;
  isEmpty: boolean;
}

/** "Save as" for one line chart: a picture with its title, axes and legend in the colours of the page. */
function SaveFigureMenu({ title, caption, place, isEmpty }: SaveFigureMenuProps) {
  const { name, say } = useLabParts((lab) => ({ name: openName(lab) ?? '', say: lab.say }));

  async function save(format: FigureFormat): Promise<void> {
    const figure = place.current;
    if (figure === null) return;
    try {
      const heading = name === '' ? title : `${title}: ${name}`;
      const file = await saveFigure(figure, { title: heading, caption }, format);
      download(`${fileStem(name)}-${fileStem(title)}.${format}`, file, file.type);
    } catch (thrown) {
      const { code, message: what, todo } = LabError.from(thrown);
      say({ tone: 'error', code, what, todo });
    }
  }

  return (
    <MenuTrigger>
      <AriaButton className="figure-save" isDisabled={isEmpty} aria-label={`Save as: ${title}`}>
        <DownloadIcon />
        Save as
      </AriaButton>
      <Popover className="popover figure-popover" placement="bottom end" offset={4}>
        <Menu
          className="list-box"
          aria-label={`Save as: ${title}`}
          onAction={(format) => void save(format === 'png' ? 'png' : 'svg')}
        >
          {FORMATS.map(({ id, label, description }) => (
            <MenuItem key={id} id={id} textValue={label} className="list-item figure-format">
              <Text slot="label">{label}</Text>
              <Text slot="description" className="list-description">
                {description}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
