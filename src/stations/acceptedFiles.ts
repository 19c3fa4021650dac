/** Files that the lab opens, as file inputs name them; what a file is shows in its content. */
export const ACCEPTED_FILES = '.csv,.tsv,.txt,.gz,.libsvm,.svm,.svmlight,.parquet,.dmla,text/csv';

/** The same in words. */
export const ACCEPTED_WORDS =
  'CSV, TSV or other delimited text, LIBSVM, Parquet, any of these texts as .gz, or an archive (.dmla)';
