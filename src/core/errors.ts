/**
 * Errors are part of the interface: a stable code, a sentence on what happened, a sentence on what to do.
 * Every code has a page in docs/errors (a test holds the two together).
 */

/** Every code with what to do about it. The sentence on what happened is made where it happens. */
export const ERROR_ADVICE = {
  CSV_EMPTY: 'Choose a file with at least two rows of values.',
  CSV_BINARY: 'Export the table as CSV (comma, tab or semicolon separated text) and drop that file.',
  CSV_NUL:
    'Take the zero byte out, or write the file again: a program that failed while writing leaves such bytes.',
  CSV_ONE_ROW: 'Add rows: a table needs at least two records to be split into training and test records.',
  CSV_ONE_COLUMN:
    'Separate the columns by commas, semicolons, tabs or vertical bars, or say which of them it is.',
  CSV_RAGGED: 'Mend the lines named above so that they have as many cells as the table has columns.',
  CSV_QUOTES: 'Close the quoted cell that starts on the line named above.',
  CSV_TYPE: 'Choose another type for the column, or say that the cell stands for a missing value.',
  CSV_TOO_WIDE: 'Keep the columns that matter and drop the rest before loading the file.',
  CSV_TOO_LARGE:
    'Take a sample of its records, and condense all of them where they lie by the SQL that Learn or dmla sql gives for it; or keep fewer rows or columns.',
  CSV_ENCODING: 'Choose another encoding, or save the file as UTF-8 and drop it again.',
  FILE_PACKED: 'Unpack it and drop what is inside.',
  FILES_SEVERAL: 'Drop the file that is meant by itself, or unpack it first.',
  GZIP_DAMAGED: 'Fetch or make the compressed file again, or unpack it yourself and drop what is inside.',
  GZIP_TOO_LARGE: 'Unpack the file yourself and look at what it holds before you load it.',
  JSON_MALFORMED:
    'Mend the line named above: a record is an object { … } on a line of its own, or in a list.',
  JSON_TOO_LARGE: 'Take a sample of its records, or keep fewer records or keys, or shorter ones.',
  LIBSVM_MALFORMED: 'Mend the line named above: a label, then index:value pairs with ascending indices.',
  LIBSVM_TOO_LARGE: 'Keep fewer rows, or fewer features.',
  PARQUET_DAMAGED: 'Fetch or write the file again; a copy that was cut short is the usual cause.',
  PARQUET_UNSUPPORTED: 'Write the table again as Parquet with snappy or zstd and plain columns, or as CSV.',
  SHARDS_DIFFER: 'Drop the files of one data set, in one version of it, together.',
  PARQUET_TOO_LARGE: 'Keep fewer rows or columns, and write smaller row groups.',
  WORKBOOK_DAMAGED: 'Open it in its program and save it again as XLSX, or save the sheet as CSV.',
  WORKBOOK_TOO_LARGE: 'Save the sheet as CSV and drop that file.',
  WORKBOOK_SHEET: 'Choose one of the sheets that the workbook has.',
  IMAGES_NONE:
    'Drop a zip or a folder with one folder of pictures per class, or Parquet, IDX, CIFAR or NumPy files.',
  IMAGES_LABELS_MISSING: 'Drop the file with the labels together with the pictures, or say which file it is.',
  IMAGES_LABELS_MISMATCH: 'Drop the label file that belongs to these pictures.',
  IMAGES_LABELS_AMBIGUOUS: 'Write the whole path of every picture into the file of labels.',
  IMAGES_ONE_CLASS:
    'Put the pictures of every class into a folder of their own; at least two classes are needed.',
  IMAGES_TOO_MANY_CLASSES: 'Keep fewer classes, or check that the labels are classes and not numbers.',
  IMAGES_TOO_LARGE: 'Keep fewer pictures, or choose a smaller size for them.',
  IMAGES_TOO_FEW: 'Add pictures: every split needs at least one training and one test picture.',
  IDX_DAMAGED: 'Fetch the file again; a copy that was cut short is the usual cause.',
  CIFAR_DAMAGED: 'Fetch the binary version of the CIFAR batches again and drop all of them together.',
  NPY_DAMAGED: 'Write the array again with numpy.save or numpy.savez.',
  NPY_UNSUPPORTED:
    'Save pictures as uint8 of shape (n, height, width) or (n, height, width, 3), and labels as integers.',
  ZIP_DAMAGED: 'Make or fetch the zip again; a copy that was cut short is the usual cause.',
  TAR_DAMAGED: 'Make or fetch the tar again; a copy that was cut short is the usual cause.',
  ZIP_ENCRYPTED: 'Unpack it with its password and drop the folder instead.',
  ZIP_TOO_LARGE: 'Unpack it yourself, look at what it holds, and drop the folder.',
  PICTURE_DAMAGED: 'Replace or remove the picture.',
  PICTURE_TOO_LARGE: 'Make the picture smaller before dropping it.',
  PICTURE_UNSUPPORTED: 'Save the picture as PNG, JPEG, WebP, GIF or BMP.',
  SHEET_DAMAGED: 'Check that the sheet holds whole pictures of the stated size and as many labels.',
  TRANSFORM_UNKNOWN: 'Choose one of the transforms that this version offers.',
  REPRESENTATION_UNKNOWN: 'Choose one of the representations that this version offers.',
  ARCHIVE_HOLDS_IMAGES: 'Open it as pictures: choose it in the list of archives.',
  ARCHIVE_HOLDS_TABLE: 'Open it as a table: choose it in the list of archives.',
  FILE_UNREADABLE: 'Check that the file still exists and is readable, then drop it again.',
  SAMPLE_UNAVAILABLE: 'Reload the page once while the server can be reached, or drop a file of your own.',
  TARGET_UNKNOWN: 'Choose as target one of the columns that are offered.',
  TARGET_CONSTANT: 'Choose another target: a column with one value has nothing to learn.',
  TARGET_NOT_NUMBER: 'Choose a numeric column as target, or a logistic model for classes.',
  TARGET_NOT_CLASSES:
    'Choose a column with 2 to 20 different values as target, or a linear model for a number.',
  FEATURES_NONE: 'Choose at least one feature column other than the target.',
  COLUMN_UNKNOWN: 'Choose among the columns that the table has.',
  ROWS_TOO_FEW: 'Choose a larger test share or a table with more complete records.',
  SETTING_OUT_OF_RANGE: 'Choose a value inside the range that is stated.',
  CODEC_UNKNOWN: 'Choose one of the codecs that this version offers.',
  WEIGHTS_INVALID:
    'Choose another column as weight on Data, or mend the cell in the file: a weight is a number from 0 on, and not all are 0.',
  PART_TAKEN: 'Rename that column in the file, and open that file; or save without the column of parts.',
  SQL_NAME: 'Rename the column in the file, and open that file.',
  SQL_BASES: 'Choose “Clusters on analytics bits” as condensed samples on Bits.',
  SQL_WEIGHTS:
    'Condense the records that these were made of, or give the column of weights another role on Data.',
  SQL_RESULT: 'Run the query that the page shows now, and drop the file that it saves.',
  MODEL_DIVERGED: 'Choose a smaller learning rate, or the automatic one.',
  MODEL_OVERFLOW: 'Leave out the column with the huge numbers, or give them in a larger unit.',
  ARCHIVE_NOT_FOUND: 'Choose another archive in the list, or load the dataset again.',
  ARCHIVE_CORRUPT: 'Delete it and compress its dataset again, or import a sound copy of its file.',
  ARCHIVE_NEWER: 'Open it with a newer version of the lab.',
  ARCHIVE_TOO_LARGE: 'Take it in only if you know where it comes from and the machine has the memory.',
  ARCHIVE_LOCKED: 'Wait until the other tab has finished, or close it.',
  RECORD_OUT_OF_RANGE: 'Choose a record number inside the range that is stated.',
  STORAGE_FULL: 'Delete archives that you no longer need, or free space on the disk.',
  STORAGE_UNAVAILABLE:
    'Leave private browsing or allow site data, or open a frame in a tab of its own; the lab still works, but keeps nothing.',
  STORAGE_BLOCKED: 'Close the other tabs of this page, then reload.',
  LINK_MALFORMED: 'Ask for the link again; the settings that could be read are kept.',
  LINK_OUT_OF_RANGE: 'Correct the value in the address, or change it on the page.',
  LINK_DATASET_MISSING: 'Drop the file that the link names; it is checked against the link.',
  LINK_DATASET_MISMATCH:
    'Drop the file that the link was made from, or start a new experiment with this one.',
  LESSON_MALFORMED: 'Mend the line named above: the file has to be JSON.',
  LESSON_INVALID: 'Mend the lines named above; docs/LECTURERS.md explains a lesson line by line.',
  LESSON_TOO_LARGE: 'Write fewer or shorter steps, or make two lessons of it.',
  LESSON_UNKNOWN: 'Choose a lesson from the list, or drop the file of the lesson.',
  FIGURE_FAILED: 'Save the figure as SVG instead.',
  NETWORK_UNKNOWN: 'Choose one of the networks that the page offers.',
  NETWORK_PICTURES_TOO_SMALL: 'Choose another network, or read the pictures in a larger size.',
  CONTENDER_UNKNOWN: 'Choose one of the contenders that the page offers.',
  METHOD_UNKNOWN: 'Choose one of the methods that the page offers.',
  TRAINING_SUBSET_EMPTY: 'Choose a larger share of the training pictures.',
  SELECTION_TOO_LARGE: 'Choose a smaller share, another method, or fewer pictures.',
  SELECTION_VALIDATION_CLASS: 'Pick from all classes together, or use more pictures of the class.',
  TRAINING_ONE_CLASS: 'Use pictures of at least two classes, or another split.',
  TRAINING_DIVERGED: 'Lower the learning rate and rewind the run; its last checkpoint is kept.',
  TRAINING_OUT_OF_MEMORY: 'Choose smaller batches, a narrower network, or another backend.',
  TRAINING_SAMPLES_LOST: 'Play the run again: it goes on from its last checkpoint.',
  TRAINING_NO_CHECKPOINT: 'Train the run for at least one epoch.',
  BACKEND_UNAVAILABLE: 'Choose another backend, or let the page choose one.',
  BACKEND_WRONG: 'Choose another backend: this one computes wrong gradients on this machine.',
  DEVICE_LOST: 'Play the run again: it goes on from its last checkpoint, on a new device.',
  MODEL_FILE_UNREADABLE: 'Choose the zip that was saved here, or model.json and its weight files together.',
  MODEL_FILE_MISFIT: 'Choose a model made for pictures of this size and this number of classes.',
  WORKER_CRASHED: 'Try again: the worker has been replaced. If it happens again, use a smaller table.',
  WORKER_HUNG: 'Try again: the worker has been replaced. If it happens again, use a smaller table.',
  CANCELLED: 'Start it again whenever you like.',
  EMBED_READ_ONLY: 'Open the lab in a tab of its own: there archives are kept, deleted and taken in.',
  CONTEXT_INSECURE: 'Open the page over https, or from localhost.',
  INTERNAL: 'Reload the page. If it happens again, please report it with the text above.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERROR_ADVICE;

/** An error as plain data, fit to cross a worker's boundary. */
export interface ErrorReport {
  code: ErrorCode;
  what: string;
  todo: string;
  stack?: string;
}

export class LabError extends Error {
  readonly code: ErrorCode;
  /** What to do, one sentence. */
  readonly todo: string;

  /**
   * @param code stable code, documented in docs/errors
   * @param what one sentence on what happened, with the numbers and names at hand
   */
  constructor(code: ErrorCode, what: string, options?: ErrorOptions) {
    super(what, options);
    this.name = 'LabError';
    this.code = code;
    this.todo = ERROR_ADVICE[code];
  }

  report(): ErrorReport {
    return { code: this.code, what: this.message, todo: this.todo, stack: this.stack };
  }

  static fromReport(report: ErrorReport): LabError {
    const error = new LabError(report.code, report.what);
    if (report.stack !== undefined) error.stack = report.stack;
    return error;
  }

  /** Any thrown value as a LabError; what is not one already becomes INTERNAL. */
  static from(thrown: unknown): LabError {
    if (thrown instanceof LabError) return thrown;
    const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return new LabError('INTERNAL', what, { cause: thrown });
  }
}
