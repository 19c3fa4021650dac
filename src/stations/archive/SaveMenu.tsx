import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { PictureFormat } from '../../contracts/images.ts';
import { useLabParts } from '../useLab.ts';

interface SaveFormat {
  id: 'dmla' | 'csv' | 'parquet' | 'csv-part' | 'parquet-part' | PictureFormat;
  label: string;
  description: string;
}

const ARCHIVE: SaveFormat = {
  id: 'dmla',
  label: 'Archive',
  description: 'As it is stored, in one file: drop it on this page in any browser.',
};

const FORMATS: Record<'table' | 'images', readonly SaveFormat[]> = {
  table: [
    ARCHIVE,
    {
      id: 'csv',
      label: 'Table as CSV',
      description: 'Every record decoded, numbers with all their digits.',
    },
    { id: 'parquet', label: 'Table as Parquet', description: 'Typed columns, for DuckDB, Spark or pandas.' },
    {
      id: 'csv-part',
      label: 'Table and split as CSV',
      description: 'With a column “part” that says train or test of every record.',
    },
    {
      id: 'parquet-part',
      label: 'Table and split as Parquet',
      description: 'The same, for the SQL of Learn.',
    },
  ],
  images: [
    ARCHIVE,
    {
      id: 'png',
      label: 'Pictures as PNG',
      description: 'Every picture decoded, in a zip with one folder per class under train and test.',
    },
    {
      id: 'parquet',
      label: 'Pictures as Parquet',
      description: 'PNGs with their classes in one table, as Hugging Face and others read it.',
    },
    { id: 'npz', label: 'Pictures as .npz', description: 'Arrays of pixels and labels, for NumPy.' },
  ],
};

interface SaveMenuProps {
  id: string;
  /** What the archive holds. */
  holds: 'table' | 'images';
  children: ReactElement;
}

/** "Save as…" for one archive. */
export function SaveMenu({ id, holds, children }: SaveMenuProps) {
  const { exportArchive, exportTable, exportImages } = useLabParts((lab) => ({
    exportArchive: lab.exportArchive,
    exportTable: lab.exportTable,
    exportImages: lab.exportImages,
  }));
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover save-popover" placement="bottom end" offset={4}>
        <Menu
          className="list-box"
          aria-label="Save as"
          onAction={(format) => {
            if (format === 'dmla') void exportArchive(id);
            else if (holds === 'images') void exportImages(id, format as PictureFormat);
            else {
              const [kind, part] = String(format).split('-');
              void exportTable(id, kind === 'csv' ? 'csv' : 'parquet', part !== undefined);
            }
          }}
        >
          {FORMATS[holds].map((format) => (
            <MenuItem key={format.id} id={format.id} textValue={format.label} className="list-item save-item">
              <Text slot="label">{format.label}</Text>
              <Text slot="description" className="list-description">
                {format.description}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
