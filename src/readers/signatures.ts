/**
 * Files of other programs, by their first bytes: what each is, and what to do about it. One table, for tables and
 * pictures alike.
 */
/* oxlint-disable no-control-regex -- the first bytes of files are such characters */
import { LabError } from '../core/errors.ts';

interface Signature {
  /** "a PDF" */
  is: string;
  /** What to do about it, where its kind says too little. */
  hint?: string;
  kind: keyof typeof HINTS;
  /** Bytes at the start, or at a place of their own: text, each character a byte. */
  at?: number;
  bytes: string | RegExp;
}

const HINTS = {
  packed: 'The lab opens zip, tar and gzip by itself.',
  workbook: 'Save the sheet as CSV.',
  document: 'The lab reads tables as CSV, LIBSVM or Parquet.',
  picture: 'Pictures are opened together, with a class for each.',
  otherPicture: 'The lab reads pictures as PNG, JPEG, WebP, GIF or BMP.',
  arrays: 'The lab reads arrays of pictures as NumPy files, IDX or CIFAR.',
  database: 'Export its table as CSV or Parquet.',
  statistics: 'Export its table as CSV or Parquet.',
  program: 'The lab reads tables as CSV, LIBSVM or Parquet.',
  page: 'The download itself was perhaps not reached: fetch the file once more.',
} as const;

/** White space and a byte order mark, in front of what is text. */
const START = '^(?:\\xef\\xbb\\xbf)?\\s*';

const SIGNATURES: readonly Signature[] = [
  { is: 'packed by bzip2', kind: 'packed', bytes: /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/ },
  { is: 'packed by xz', kind: 'packed', bytes: '\xfd7zXZ\0' },
  { is: 'packed by zstd', kind: 'packed', bytes: '\x28\xb5\x2f\xfd' },
  { is: 'packed by LZ4', kind: 'packed', bytes: '\x04\x22\x4d\x18' },
  { is: 'packed by lzma', kind: 'packed', bytes: /^\x5d\0\0[^]{2}(?:\xff{8}|[^]{5}\0{3})/ },
  { is: 'packed by compress (.Z)', kind: 'packed', bytes: /^\x1f\x9d[\x89-\x90]/ },
  { is: 'packed by Snappy', kind: 'packed', bytes: '\xff\x06\0\0sNaPpY' },
  { is: 'a 7z archive', kind: 'packed', bytes: "7z\xbc\xaf'\x1c" },
  { is: 'a rar archive', kind: 'packed', bytes: 'Rar!\x1a\x07' },
  { is: 'a cabinet of Windows', kind: 'packed', bytes: 'MSCF\0\0\0\0' },
  { is: 'a package of ar', kind: 'packed', bytes: '!<arch>\n' },

  { is: 'a PDF', kind: 'document', bytes: new RegExp(`${START}%PDF-\\d`) },
  { is: 'a PostScript document', kind: 'document', bytes: /^%!PS-Adobe/ },
  { is: 'an RTF document', kind: 'document', bytes: '{\\rtf' },
  {
    is: 'a workbook or document of an older Excel or Office',
    kind: 'workbook',
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  },
  { is: 'a web page (HTML)', kind: 'page', bytes: new RegExp(`${START}<(?:!doctype html|html)\\b`, 'i') },
  { is: 'XML', kind: 'document', bytes: new RegExp(`${START}<\\?xml\\s`) },
  { is: 'a pointer of Git LFS, not the file itself', kind: 'page', bytes: 'version https://git-lfs' },

  { is: 'a PNG picture', kind: 'picture', bytes: '\x89PNG\r\n\x1a\n' },
  { is: 'a JPEG picture', kind: 'picture', bytes: '\xff\xd8\xff' },
  { is: 'a GIF picture', kind: 'picture', bytes: /^GIF8[79]a/ },
  { is: 'a WebP picture', kind: 'picture', bytes: /^RIFF[^]{4}WEBP/ },
  {
    is: 'a BMP picture',
    kind: 'picture',
    bytes: /^BM[^]{4}\0{4}[^]{2}\0\0[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/,
  },
  { is: 'a TIFF picture', kind: 'otherPicture', bytes: /^(?:II[*+]\0|MM\0[*+])/ },
  {
    is: 'a picture in HEIF or AVIF',
    kind: 'otherPicture',
    bytes: /^[^]{4}ftyp(?:hei|hev|mif1|msf1|avi[fs])/,
  },
  { is: 'a JPEG 2000 picture', kind: 'otherPicture', bytes: /^(?:\0\0\0\x0cjP {2}\r\n|\xff\x4f\xff\x51)/ },
  { is: 'a JPEG XL picture', kind: 'otherPicture', bytes: /^(?:\xff\x0a|\0\0\0\x0cJXL )/ },
  { is: 'an icon of Windows', kind: 'otherPicture', bytes: /^\0\0[\x01\x02]\0[\x01-\xff]\0[^]{3}\0/ },
  { is: 'a Photoshop picture', kind: 'otherPicture', bytes: '8BPS\0' },
  { is: 'a DICOM picture', kind: 'otherPicture', at: 128, bytes: 'DICM' },
  { is: 'an SVG drawing', kind: 'otherPicture', bytes: new RegExp(`${START}<svg\\b`) },

  { is: 'a NumPy array', kind: 'arrays', bytes: '\x93NUMPY' },
  {
    is: 'a MATLAB file (HDF5 inside)',
    kind: 'database',
    hint: 'Write its table from MATLAB as CSV (writetable), or its pictures as PNG.',
    bytes: 'MATLAB 7.3 MAT-file',
  },
  {
    is: 'a MATLAB file',
    kind: 'database',
    hint: 'Write its table from MATLAB as CSV (writetable), or its pictures as PNG.',
    bytes: /^MATLAB \d\.\d MAT-file/,
  },
  {
    is: 'an HDF5 file',
    kind: 'arrays',
    hint: 'Write its table as CSV or Parquet, or its pictures as NumPy arrays.',
    bytes: '\x89HDF\r\n\x1a\n',
  },
  {
    is: 'a NetCDF file',
    kind: 'arrays',
    hint: 'Write its table as CSV or Parquet.',
    bytes: /^CDF[\x01\x02\x05]/,
  },
  {
    is: 'pickled by Python',
    kind: 'program',
    hint: 'A pickle can run programs when it is opened: write what it holds as CSV, Parquet or NumPy arrays.',
    bytes: /^\x80[\x02-\x05][^]/,
  },
  { is: 'a database of SQLite', kind: 'database', bytes: 'SQLite format 3\0' },
  { is: 'a database of Access', kind: 'database', bytes: /^\0\x01\0\0Standard (?:Jet|ACE) DB/ },
  { is: 'an Arrow or Feather file', kind: 'database', bytes: 'ARROW1\0\0' },
  { is: 'a stream of Arrow', kind: 'database', bytes: /^\xff{4}[^]{2}\0\0\x10\0\0\0/ },
  { is: 'an old Feather file', kind: 'database', bytes: /^FEA1[\0-\x1f]/ },
  { is: 'an encrypted Parquet file', kind: 'database', bytes: /^PARE[\0-\x1f]/ },
  { is: 'an ORC file', kind: 'database', bytes: /^ORC[\0-\x1f\x80-\xff]/ },
  { is: 'an Avro file', kind: 'database', bytes: 'Obj\x01' },
  { is: 'a DuckDB database', kind: 'database', at: 8, bytes: 'DUCK' },
  { is: 'a file of R', kind: 'statistics', bytes: /^(?:RD[AX][23]\n|[XAB]\n\0\0\0[\x02\x03])/ },
  { is: 'a file of SPSS', kind: 'statistics', bytes: /^\$FL[23]@\(#\)/ },
  { is: 'a file of Stata', kind: 'statistics', bytes: /^(?:<stata_dta>|[\x6c-\x73][\x01\x02]\x01\0)/ },
  {
    is: 'a file of SAS',
    kind: 'statistics',
    bytes: /^(?:\0{12}\xc2\xea\x81\x60|HEADER RECORD\*{7}LIBRARY)/,
  },

  { is: 'a program', kind: 'program', bytes: /^(?:\x7fELF|MZ[^]{2}[\0-\x1f]\0|\xca\xfe\xba\xbe|\0asm)/ },
  { is: 'a model in GGUF', kind: 'program', bytes: /^GGUF[\x01-\x1f]\0/ },
  { is: 'a film', kind: 'program', bytes: /^(?:[^]{4}ftyp|\x1a\x45\xdf\xa3|RIFF[^]{4}AVI )/ },
  { is: 'a recording', kind: 'program', bytes: /^(?:RIFF[^]{4}WAVE|OggS\0|fLaC\0|ID3[\x02-\x04]\0)/ },
];

/** Longest start that any signature looks at. */
const SIGNATURE_BYTES = 1024;

const isAt = (text: string, { at = 0, bytes }: Signature): boolean =>
  typeof bytes === 'string' ? text.startsWith(bytes, at) : bytes.test(text);

function signatureOf(head: Uint8Array): Signature | null {
  const text = String.fromCharCode(...head.subarray(0, SIGNATURE_BYTES));
  return SIGNATURES.find((signature) => isAt(text, signature)) ?? null;
}

/** What the zips of programs hold, the most telling name first. */
const ZIPPED: readonly { is: string; kind: keyof typeof HINTS; hint?: string; entry: RegExp }[] = [
  { is: 'a workbook of Excel', kind: 'workbook', entry: /^xl\/workbook\.(?:xml|bin)$/ },
  { is: 'a document of Word', kind: 'document', entry: /^word\/document\.xml$/ },
  { is: 'a presentation of PowerPoint', kind: 'document', entry: /^ppt\/presentation\.xml$/ },
  {
    is: 'a workbook or document of Numbers, Pages or Keynote',
    kind: 'workbook',
    entry: /^Index\/Document\.iwa$/,
  },
  {
    is: 'a model or tensors of PyTorch',
    kind: 'program',
    hint: 'They are pickled by Python: write what they hold as CSV or NumPy arrays.',
    entry: /^[^/]+\/data\.pkl$/,
  },
  { is: 'a model of Keras', kind: 'program', entry: /^model\.weights\.h5$/ },
  {
    is: 'a program of Java or Android',
    kind: 'program',
    entry: /^(?:META-INF\/MANIFEST\.MF|AndroidManifest\.xml)$/,
  },
];
/** What a zip that cannot be opened was meant to be, by its name. */
const NAMED: readonly [RegExp, string, keyof typeof HINTS][] = [
  [/\.(?:xlsx|xlsm|xlsb|ods|numbers)$/i, 'a workbook, and damaged', 'workbook'],
  [/\.(?:docx|odt|pptx|odp|epub|pages|key)$/i, 'a document, and damaged', 'document'],
];
/** What the first entry of an OpenDocument file or book says, which is not compressed. */
const MIME_TYPES: readonly [string, string, keyof typeof HINTS][] = [
  ['opendocument.spreadsheet', 'a workbook of LibreOffice', 'workbook'],
  ['opendocument', 'a document of LibreOffice', 'document'],
  ['epub+zip', 'a book (EPUB)', 'document'],
];

function refusal(name: string, is: string, kind: keyof typeof HINTS, hint: string = HINTS[kind]): LabError {
  return new LabError(kind === 'packed' ? 'FILE_PACKED' : 'CSV_BINARY', `${name} is ${is}. ${hint}`);
}

/**
 * What is wrong with a file that is no table by its first bytes; null where they say nothing, as those of text do.
 *
 * @param head some hundred bytes suffice
 */
export function foreignFile(head: Uint8Array, name: string): LabError | null {
  const signature = signatureOf(head);
  return signature === null ? null : refusal(name, signature.is, signature.kind, signature.hint);
}

/**
 * What is wrong with a zip that a program made for itself; null for one of files.
 *
 * @param head the first bytes of the zip
 * @param paths of its entries; null where they cannot be read
 */
export function foreignZip(head: Uint8Array, paths: readonly string[] | null, name: string): LabError | null {
  const start = String.fromCharCode(...head.subarray(0, 256));
  const typed = start.startsWith('mimetype', 30)
    ? MIME_TYPES.find(([type]) => start.includes(type))
    : undefined;
  if (typed !== undefined) return refusal(name, typed[1], typed[2]);
  if (paths === null) {
    const named = NAMED.find(([ending]) => ending.test(name));
    return named === undefined ? null : refusal(name, named[1], named[2]);
  }
  const known = ZIPPED.find(({ entry }) => paths.some((path) => entry.test(path)));
  return known === undefined ? null : refusal(name, known.is, known.kind, known.hint);
}
