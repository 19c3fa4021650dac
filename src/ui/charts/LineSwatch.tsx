import { DASHES, type ChartSeries } from './figure.tsx';

/** How a line is drawn. */
export type LineLook = Required<Pick<ChartSeries, 'colour' | 'stroke'>>;

/** A piece of a line beside the name of what it stands for. */
export function LineSwatch({ look: { colour, stroke } }: { look: LineLook }) {
  return (
    <svg className="chart-swatch keeps-colour" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
      <path d="M0 5h26" stroke={colour} strokeWidth="2.4" strokeDasharray={DASHES[stroke]} />
    </svg>
  );
}
