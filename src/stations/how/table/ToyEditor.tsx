import { Button } from '../../../ui/controls/index.ts';
import { TOY, TOY_COLUMNS, type ToyCells } from './toy.ts';

interface ToyEditorProps {
  cells: ToyCells;
  onChange: (cells: ToyCells) => void;
}

/** Most characters of a cell. */
const MOST_LETTERS = 24;

/** The small table to be changed: whatever is typed is read as a file would be. */
export function ToyEditor({ cells, onChange }: ToyEditorProps) {
  const write = (row: number, column: number, text: string): void => {
    onChange(cells.map((line, k) => (k === row ? line.map((old, c) => (c === column ? text : old)) : line)));
  };
  return (
    <details className="walk-editor">
      <summary>Change the table</summary>
      <p className="field-hint">
        Type what you like: whole numbers, decimals, words. The steps are computed again from what stands
        here.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Record</span>
            </th>
            {TOY_COLUMNS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((line, row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              {line.map((text, column) => (
                <td key={column}>
                  <input
                    aria-label={`${TOY_COLUMNS[column]} of record ${row + 1}`}
                    value={text}
                    maxLength={MOST_LETTERS}
                    onChange={(event) => write(row, column, event.currentTarget.value)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="walk-editor-actions">
        <Button isDisabled={cells.length <= 1} onPress={() => onChange(cells.slice(0, -1))}>
          One record fewer
        </Button>
        <Button
          isDisabled={cells.length >= TOY.length}
          onPress={() => onChange([...cells, TOY[cells.length]])}
        >
          One record more
        </Button>
        <Button isDisabled={cells === TOY} onPress={() => onChange(TOY)}>
          As it was
        </Button>
      </p>
    </details>
  );
}
