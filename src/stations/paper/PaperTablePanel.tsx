import { memo, useMemo, useRef, useState, type ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Panel } from '../../ui/controls/index.ts';
import { fractionWords } from '../training/words.ts';
import { EntryDetails } from './EntryDetails.tsx';
import { SaveSheet } from './SaveSheet.tsx';
import {
  SOURCE_WORDS,
  SOURCES,
  type PaperSheet,
  type SheetEntry,
  type SheetRow,
  type Source,
} from './sheet.ts';
import { entryWords, labelOf, MEASURE_WORDS, rowWords, tableTitle } from './words.ts';

interface PaperTablePanelProps {
  sheet: PaperSheet;
  /** The last cell of a row, which trains it; left out where controls are hidden. */
  runCell?: (row: SheetRow) => ReactNode;
  /** Words below the table. */
  children?: ReactNode;
}

/** What is looked at in detail: an entry of a row, and the button that it was asked with. */
interface Looked {
  row: SheetRow;
  source: Source;
}

/** A table of the paper: in every measure the paper's number, ours and yours beside each other. */
export const PaperTablePanel = memo(function PaperTablePanel({
  sheet,
  runCell,
  children,
}: PaperTablePanelProps) {
  const { table, rows } = sheet;
  const [looked, setLooked] = useState<Looked | null>(null);
  const asked = useRef<HTMLElement | null>(null);
  const hasShares = new Set(rows.map(({ fraction }) => fraction)).size > 2;
  const look = useMemo(
    () => (row: SheetRow, source: Source, button: HTMLElement) => {
      asked.current = button;
      setLooked({ row, source });
    },
    [],
  );
  const title = tableTitle(table);
  return (
    <Panel
      name="paper-table"
      title={`Table ${table.number}`}
      caption={`${title}; mean ± standard deviation over the seeds`}
      actions={<SaveSheet sheet={sheet} />}
    >
      <div
        className="table-scroll paper-scroll"
        role="region"
        aria-label={`Table ${table.number}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the arrow keys, so it takes focus
        tabIndex={0}
      >
        <table className="data-table data-table-dense paper-table">
          <caption className="visually-hidden">
            Table {table.number}. {title}.
          </caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                Method
              </th>
              {table.measures.map((measure) => (
                <th
                  key={measure}
                  scope="colgroup"
                  colSpan={SOURCES.length}
                  title={MEASURE_WORDS[measure].about}
                >
                  {MEASURE_WORDS[measure].head}
                </th>
              ))}
              {runCell !== undefined && (
                <th scope="col" rowSpan={2}>
                  Train it here
                </th>
              )}
            </tr>
            <tr>
              {table.measures.flatMap((measure) =>
                SOURCES.map((source) => (
                  <th key={`${measure} ${source}`} scope="col" className={`numeric paper-of-${source}`}>
                    {SOURCE_WORDS[source]}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, k) => (
              <tr
                key={row.key}
                className={
                  k > 0 && rows[k - 1].fraction !== row.fraction ? 'paper-row paper-row-first' : 'paper-row'
                }
              >
                <th scope="row">
                  {labelOf(row.method)}
                  {hasShares && row.fraction < 1 && (
                    <span className="paper-share"> {fractionWords(row.fraction)}</span>
                  )}
                </th>
                {table.measures.flatMap((measure, column) =>
                  SOURCES.map((source) => (
                    <td key={`${measure} ${source}`} className={`numeric paper-of-${source}`}>
                      <Value
                        entry={row.entries[source]}
                        words={entryWords(measure, row.entries[source])}
                        isFirst={column === 0}
                        label={`${SOURCE_WORDS[source]}, ${rowWords(row)}`}
                        isOpen={looked?.row.key === row.key && looked.source === source}
                        onLook={(button) => look(row, source, button)}
                      />
                    </td>
                  )),
                )}
                {runCell !== undefined && <td>{runCell(row)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {children}
      <Popover
        className="popover paper-popover"
        triggerRef={asked}
        isOpen={looked !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setLooked(null);
        }}
        placement="bottom"
        offset={4}
      >
        {looked !== null && (
          <Dialog
            className="paper-dialog"
            aria-label={`${SOURCE_WORDS[looked.source]}: ${rowWords(looked.row)}`}
          >
            <EntryDetails {...looked} />
          </Dialog>
        )}
      </Popover>
    </Panel>
  );
});

interface ValueProps {
  entry: SheetEntry;
  words: string | null;
  /** In the first measure a dash has its reason, and what was measured is a button that shows how. */
  isFirst: boolean;
  label: string;
  isOpen: boolean;
  onLook: (button: HTMLElement) => void;
}

function Value({ entry, words, isFirst, label, isOpen, onLook }: ValueProps) {
  if (words === null) {
    return isFirst && entry.lack !== '' ? (
      <span className="paper-lack">
        <span aria-hidden="true">–</span> {entry.lack}
      </span>
    ) : (
      <span className="soft">–</span>
    );
  }
  if (!isFirst || entry.evidence.length === 0) return words;
  return (
    <button
      type="button"
      className="paper-value"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-label={`${words}, ${label}: how it was measured`}
      onClick={(event) => onLook(event.currentTarget)}
    >
      {words}
    </button>
  );
}
