import { CONTENDER_METAS } from '../../contracts/plugins.ts';
import type { Answer, Point } from '../../contracts/answer.ts';
import { DataTable, type TableColumn } from '../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../ui/format.ts';
import { answerRows } from './files.ts';
import { isKept, ratioWords } from './words.ts';

interface Row {
  contender: string;
  points: (Point | null)[];
}

/** The smallest sufficient size of every contender at every tolerance, with what the test records say of it. */
export function AnswerTable({ answer }: { answer: Answer }) {
  const { tolerances, found, most } = answer;
  const rows: Row[] = found.map(({ contender }) => ({
    contender,
    points: answerRows(answer).flatMap((row) => (row.contender === contender ? [row.point] : [])),
  }));
  const columns: TableColumn<Row>[] = [
    {
      id: 'contender',
      header: 'Smallest m within',
      isRowHeader: true,
      cell: ({ contender }) => CONTENDER_METAS.find(contender)?.label ?? contender,
    },
    ...tolerances.map((tolerance, k): TableColumn<Row> => ({
      id: String(tolerance),
      header: formatPercent(tolerance, 0),
      isNumeric: true,
      cell: ({ points }) => <Size point={points[k]} tolerance={tolerance} most={most} />,
    })),
  ];
  return (
    <DataTable
      caption="The smallest sufficient size of every contender"
      columns={columns}
      rows={rows}
      rowKey={({ contender }) => contender}
    />
  );
}

function Size({ point, tolerance, most }: { point: Point | null; tolerance: number; most: number }) {
  if (point === null)
    return (
      <span title={`not reached up to m = ${formatCount(most)}`}>
        –<span className="visually-hidden"> not reached up to m = {formatCount(most)}</span>
      </span>
    );
  const { samples, ratio, quartiles, count } = point;
  const spread = `${ratioWords(quartiles[0])} to ${ratioWords(quartiles[1])}: the middle half of ${formatCount(count)} ratios on the test records`;
  return (
    <span title={spread}>
      {formatCount(Math.round(samples))}
      <small className={isKept(ratio, tolerance) ? 'answer-ratio' : 'answer-ratio answer-off'}>
        {ratioWords(ratio)}
      </small>
    </span>
  );
}
