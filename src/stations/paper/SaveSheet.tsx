import { download } from '../../platform/download.ts';
import { SaveMenu } from '../SaveMenu.tsx';
import { sheetCsv, sheetJson, sheetLatex } from './files.ts';
import type { PaperSheet } from './sheet.ts';

const FORMATS = [
  { id: 'csv', label: 'CSV', description: 'Every number, shares from 0 to 1.' },
  { id: 'json', label: 'JSON', description: 'With the trainings behind them: machine, date, command.' },
  { id: 'tex', label: 'LaTeX', description: 'The table as it is shown, with booktabs.' },
] as const;

/** "Save as": the table that is shown, as a file. */
export function SaveSheet({ sheet }: { sheet: PaperSheet }) {
  const { set, number } = sheet.table;

  function save(format: (typeof FORMATS)[number]['id']): void {
    const name = `paper-table-${number}-${set}.${format}`;
    if (format === 'csv') download(name, sheetCsv(sheet), 'text/csv');
    else if (format === 'json') download(name, sheetJson(sheet, __APP_VERSION__), 'application/json');
    else download(name, sheetLatex(sheet), 'application/x-tex');
  }

  return <SaveMenu of={`Table ${number}`} formats={FORMATS} onSave={save} />;
}
