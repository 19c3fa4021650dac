/** Files that the lab opens, as file inputs name them; what a file is shows in its content. */
export const ACCEPTED_FILES =
  '.csv,.tsv,.json,.jsonl,.ndjson,.xlsx,.xlsm,.txt,.data,.dat,.gz,.libsvm,.svm,.svmlight,.parquet,.dmla,.zip,.tar,.tgz,.bin,.idx,.ubyte,.npy,.npz,.png,.jpg,.jpeg,.webp,.gif,.bmp,text/csv,image/*';

/** The same in words. */
export const ACCEPTED_WORDS =
  'CSV, TSV or other delimited text, JSON Lines, XLSX, LIBSVM, Parquet; in .gz, .zip or .tar, too';
export const ACCEPTED_PICTURES =
  'a zip, tar or folder with one folder per class, Parquet or WebDataset shards, IDX, CIFAR .bin, .npy or .npz, a sheet with its labels';
