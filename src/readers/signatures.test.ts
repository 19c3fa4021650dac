import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { readTable } from './readTable.ts';
import { foreignFile } from './signatures.ts';
import { fileOf } from './testing/files.ts';
import { joined } from './testing/imageFiles.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

async function refused(content: Uint8Array, name: string): Promise<[string, string]> {
  try {
    await readTable(fileOf(content, name, 65_536, true));
  } catch (thrown) {
    const { code, message } = LabError.from(thrown);
    return [code, message];
  }
  return ['taken', ''];
}

/** The rest of a file: text, so that nothing but its start tells. */
const REST = bytes(',b\n1,2\n3,4\n'.repeat(100));

describe('a file of another program', () => {
  it('is told by its first bytes, whatever its name', async () => {
    const cases: [string, string, string][] = [
      ['BZh91AY&SY', 'FILE_PACKED', 'is packed by bzip2. The lab opens zip, tar and gzip by itself.'],
      ['\xfd7zXZ\0', 'FILE_PACKED', 'is packed by xz. The lab opens zip, tar and gzip by itself.'],
      ['(\xb5/\xfd', 'FILE_PACKED', 'is packed by zstd. The lab opens zip, tar and gzip by itself.'],
      ["7z\xbc\xaf'\x1c", 'FILE_PACKED', 'is a 7z archive. The lab opens zip, tar and gzip by itself.'],
      ['Rar!\x1a\x07\x01', 'FILE_PACKED', 'is a rar archive. The lab opens zip, tar and gzip by itself.'],
      [
        '%PDF-1.7\n',
        'CSV_BINARY',
        'is a PDF. The lab reads tables as CSV, JSON Lines, XLSX, LIBSVM or Parquet.',
      ],
      [
        '\xef\xbb\xbf%PDF-1.4',
        'CSV_BINARY',
        'is a PDF. The lab reads tables as CSV, JSON Lines, XLSX, LIBSVM or Parquet.',
      ],
      [
        '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
        'CSV_BINARY',
        'is a workbook or document of an older Excel or Office (XLS), or one with a password. Open it there and save it as XLSX without a password, or the sheet as CSV.',
      ],
      [
        '\n<!DOCTYPE html><html>',
        'CSV_BINARY',
        'is a web page (HTML). The download itself was perhaps not reached: fetch the file once more.',
      ],
      [
        '\x89PNG\r\n\x1a\n',
        'CSV_BINARY',
        'is a PNG picture. Pictures are opened together, with a class for each.',
      ],
      [
        '\xff\xd8\xff\xe0',
        'CSV_BINARY',
        'is a JPEG picture. Pictures are opened together, with a class for each.',
      ],
      ['II*\0', 'CSV_BINARY', 'is a TIFF picture. The lab reads pictures as PNG, JPEG, WebP, GIF or BMP.'],
      ['SQLite format 3\0', 'CSV_BINARY', 'is a database of SQLite. Export its table as CSV or Parquet.'],
      [
        '\x89HDF\r\n\x1a\n',
        'CSV_BINARY',
        'is an HDF5 file. Write its table as CSV or Parquet, or its pictures as NumPy arrays.',
      ],
      [
        'MATLAB 5.0 MAT-file, Platform: GLNXA64',
        'CSV_BINARY',
        'is a MATLAB file. Write its table from MATLAB as CSV (writetable), or its pictures as PNG.',
      ],
      [
        '\x80\x04\x95',
        'CSV_BINARY',
        'is pickled by Python. A pickle can run programs when it is opened: write what it holds as CSV, Parquet or NumPy arrays.',
      ],
      ['ARROW1\0\0', 'CSV_BINARY', 'is an Arrow or Feather file. Export its table as CSV or Parquet.'],
      [
        '\x93NUMPY\x01',
        'CSV_BINARY',
        'is a NumPy array. The lab reads arrays of pictures as NumPy files, IDX or CIFAR.',
      ],
      ['RDX3\nX\n', 'CSV_BINARY', 'is a file of R. Export its table as CSV or Parquet.'],
    ];
    for (const [start, code, what] of cases)
      expect(await refused(joined(bytes(start), REST), 'data.csv')).toEqual([code, `data.csv ${what}`]);
  });

  it('is told in a zip by what that holds', async () => {
    const some = strToU8('<x/>');
    const cases: [Zippable, string][] = [
      [
        { '[Content_Types].xml': some, 'xl/workbook.bin': some },
        'is a workbook of Excel in its binary form (XLSB). Save it as XLSX, or the sheet as CSV.',
      ],
      [
        { '[Content_Types].xml': some, 'word/document.xml': some },
        'is a document of Word. The lab reads tables as CSV, JSON Lines, XLSX, LIBSVM or Parquet.',
      ],
      [
        {
          mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
          'content.xml': some,
        },
        'is a workbook of LibreOffice. Save it as XLSX, or the sheet as CSV.',
      ],
      [
        { 'model/data.pkl': some, 'model/data/0': some },
        'is a model or tensors of PyTorch. They are pickled by Python: write what they hold as CSV or NumPy arrays.',
      ],
    ];
    for (const [entries, what] of cases)
      expect(await refused(zipSync(entries), 'data.zip')).toEqual(['CSV_BINARY', `data.zip ${what}`]);
    expect(await refused(bytes('PK\x03\x04\x14\0'), 'book.xlsx')).toEqual([
      'CSV_BINARY',
      'book.xlsx is a workbook, and damaged. Save it as XLSX, or the sheet as CSV.',
    ]);
    expect((await refused(bytes('PK\x03\x04\x14\0'), 'data.zip'))[0]).toBe('ZIP_DAMAGED');
  });

  it('is not seen in texts that begin like one', () => {
    for (const text of [
      'PARENT_ID,b\n',
      'BM,b\n1,2\n',
      'MZ,rt\n100,2\n',
      'II,III\n',
      'MM,DD\n',
      'ORC,elf\n',
      'CDF,pdf\n',
      'GGUF,b\n',
      'PDF,%PDF-1\n',
      'RIFF,b\n',
      'BZh,b\n',
      'ID3,b\n',
      '<a>,<b>\n1,2\n',
      'version,https\n',
      'X\n1\n2\n',
      '',
    ])
      expect([text, foreignFile(bytes(text), 'a.csv')]).toEqual([text, null]);
  });
});
