import { memo } from 'react';
import type { ImageSweepCell } from '../../../contracts/images.ts';
import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatMeasured, formatPercent, formatValue } from '../../../ui/format.ts';
import { decibelWords } from '../../../ui/pictures/words.ts';
import { shortEncoding } from '../../pictures/encodingWords.ts';
import { cellFacts, seriesId } from './plan.ts';
import { tablesWords } from './words.ts';

function rate(value: number | null): string {
  return value === null ? '–' : formatValue(value, 3);
}

const COLUMNS: readonly TableColumn<ImageSweepCell>[] = [
  {
    id: 'encoding',
    header: 'Encoding',
    isRowHeader: true,
    cell: ({ settings }) => <span className="nowrap">{shortEncoding(settings)}</span>,
  },
  {
    id: 'tables',
    header: 'Tables',
    cell: ({ settings }) => <span className="nowrap">{tablesWords(settings.classWise)}</span>,
  },
  { id: 'tau', header: 'τ', isNumeric: true, cell: ({ settings }) => formatCount(settings.tau) },
  {
    id: 'storage',
    header: 'Storage, % of raw',
    isNumeric: true,
    cell: (cell) => formatPercent(cellFacts(cell).storage, 2),
  },
  {
    id: 'equation1',
    header: 'Equation 1',
    isNumeric: true,
    cell: (cell) => {
      const { equation1 } = cellFacts(cell);
      return equation1 === null ? '–' : formatPercent(equation1, 2);
    },
  },
  {
    id: 'fidelity',
    header: 'Round trip',
    cell: ({ fidelity }) =>
      fidelity.kind === 'exact' ? (
        'lossless'
      ) : (
        <span
          className="nowrap"
          title={`largest error ${formatCount(fidelity.maxError)} of 255, ${formatPercent(fidelity.exactShare)} of the values exact`}
        >
          near-lossless, {decibelWords(fidelity.psnr)}
        </span>
      ),
  },
  {
    id: 'error',
    header: 'Largest error',
    isNumeric: true,
    cell: ({ fidelity }) => formatCount(fidelity.kind === 'exact' ? 0 : fidelity.maxError),
  },
  {
    id: 'exact',
    header: 'Exact values',
    isNumeric: true,
    cell: ({ fidelity }) => formatPercent(fidelity.kind === 'exact' ? 1 : fidelity.exactShare),
  },
  {
    id: 'bases',
    header: 'Bases',
    isNumeric: true,
    cell: ({ baseCount }) => (baseCount === null ? '–' : formatCount(baseCount)),
  },
  {
    id: 'encode',
    header: 'Encoding',
    isNumeric: true,
    cell: ({ encodeSeconds }) => formatMeasured(encodeSeconds),
  },
  { id: 'encodeRate', header: 'MB/s', isNumeric: true, cell: (cell) => rate(cellFacts(cell).encodeRate) },
  {
    id: 'decode',
    header: 'Decoding',
    isNumeric: true,
    cell: ({ decodeSeconds }) => formatMeasured(decodeSeconds),
  },
  { id: 'decodeRate', header: 'MB/s', isNumeric: true, cell: (cell) => rate(cellFacts(cell).decodeRate) },
];

/** Every point of the sweep in numbers. */
export const ImageSweepTable = memo(function ImageSweepTable({
  cells,
}: {
  cells: readonly ImageSweepCell[];
}) {
  return (
    <DataTable
      caption="The sweep in numbers"
      columns={COLUMNS}
      rows={cells}
      rowKey={({ settings }) => `${seriesId(settings)} ${settings.tau}`}
      maxHeight={520}
      isDense
      empty="Rows appear as the sweep measures them."
    />
  );
});
