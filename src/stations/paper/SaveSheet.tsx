import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { download } from '../../platform/download.ts';
import { DownloadIcon } from '../../ui/controls/index.ts';
import '../figurePanel.css';
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

  return (
    <MenuTrigger>
      <AriaButton className="figure-save" aria-label={`Save as: Table ${number}`}>
        <DownloadIcon />
        Save as
      </AriaButton>
      <Popover className="popover figure-popover" placement="bottom end" offset={4}>
        <Menu
          className="list-box"
          aria-label={`Save as: Table ${number}`}
          onAction={(id) => {
            const format = FORMATS.find((one) => one.id === id);
            if (format !== undefined) save(format.id);
          }}
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
