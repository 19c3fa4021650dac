import type { DatasetSummary } from '../../../contracts/codec.ts';
import { Button, DataTable, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { useLab } from '../../useLab.ts';
import { headerReadings, withChoice, type HeaderReading } from './readingChoices.ts';
import type { ReadingDraft } from './useReadingDraft.ts';

/** Columns that are shown of either reading. */
const MOST_COLUMNS = 8;

interface HeaderQuestionProps {
  dataset: DatasetSummary;
  draft: ReadingDraft;
}

/** A first row that may be names or a record: both readings beside each other, to choose one. */
export function HeaderQuestion({ dataset, draft }: HeaderQuestionProps) {
  const readAs = useLab((lab) => lab.readAs);
  const readings = draft.hasFile ? headerReadings(dataset) : null;
  if (readings === null) return null;
  return (
    <Panel title="Does the first row name the columns?" caption="it can be read in two ways">
      <div className="header-readings">
        {readings.map((reading) => (
          <div key={String(reading.header)}>
            <ReadingTable reading={reading} />
            <Button
              variant={reading.isTaken ? 'primary' : undefined}
              onPress={() => void readAs(withChoice(draft.current, 'header', reading.header))}
            >
              {reading.header ? 'It names the columns' : 'It is a record'}
            </Button>
          </div>
        ))}
      </div>
    </Panel>
  );
}

function ReadingTable({ reading: { header, isTaken, names, rows } }: { reading: HeaderReading }) {
  const columns = names
    .slice(0, MOST_COLUMNS)
    .map((name, at): TableColumn<HeaderReading['rows'][number]> => ({
      id: `column-${at}`,
      header: name,
      cell: (row) => row[at] ?? <span className="cell-missing">missing</span>,
    }));
  return (
    <DataTable
      caption={`${header ? 'With names in the first row' : 'With a record in the first row'}${isTaken ? ', as it was read' : ''}`}
      showCaption
      columns={columns}
      rows={rows}
      rowKey={(_row, index) => index}
      isDense
    />
  );
}
