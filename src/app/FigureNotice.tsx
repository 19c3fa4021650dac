import { figuresOf } from '../contracts/figures.ts';
import { useLabParts } from '../stations/useLab.ts';
import { Button, Notice } from '../ui/controls/index.ts';

/** Said where a link names a figure that the page does not have. */
export function FigureNotice() {
  const { station, kind, figure, look } = useLabParts((lab) => ({
    station: lab.station,
    kind: lab.kind,
    figure: lab.view.figure,
    look: lab.look,
  }));
  const names: readonly string[] = figuresOf(station, kind);
  if (figure === null || names.includes(figure)) return null;
  return (
    <div className="figure-notice">
      <Notice tone="warning">
        <p>
          This page has no figure “{figure}”.{' '}
          {names.length === 0 ? 'It is shown whole.' : `It has ${names.join(', ')}.`}
        </p>
        <p>
          <Button onPress={() => look({ figure: null })}>Show the whole page</Button>
        </p>
      </Notice>
    </div>
  );
}
