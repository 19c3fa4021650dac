import { useEffect, useRef, useState } from 'react';
import {
  SQL_ENGINES,
  engineFile,
  sourceOf,
  type Gathered,
  type SqlChoice,
  type SqlReport,
  type SqlScripts,
} from '../../../contracts/sql.ts';
import { copyText } from '../../../platform/clipboard.ts';
import { download } from '../../../platform/download.ts';
import {
  Button,
  Checkbox,
  DownloadIcon,
  ErrorNotice,
  Panel,
  Select,
  TextField,
  type Option,
} from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { useNear } from '../../../ui/useNear.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { CodeText } from './CodeText.tsx';
import { GatheredResults } from './GatheredResults.tsx';
import { ResultDrop } from './ResultDrop.tsx';
import { ABOUT_QUERY, QUERIES, SOURCES } from './sqlWords.ts';
import './takeAway.css';
import './sqlPanel.css';

/** The SQL by which an engine makes the same condensed samples of a table of any size. */
export function SqlPanel() {
  const dataset = useLab((lab) => lab.dataset.value);
  const place = useRef<HTMLDivElement>(null);
  const isNear = useNear(place);
  if (dataset === null) return null;
  return (
    <Panel
      title="Condense where the data is"
      caption="SQL that makes the same condensed samples of any table with these columns, however long it is"
    >
      <div ref={place}>
        {isNear && <SqlWriter key={dataset.id} fileName={dataset.fileName} name={dataset.name} />}
      </div>
    </Panel>
  );
}

/** The first choice: the file that was opened. */
function firstChoice(fileName: string, name: string): SqlChoice {
  return {
    dialect: 'duckdb',
    // Other names of files are those of text.
    from: sourceOf(fileName === '' ? `${name}.parquet` : engineFile(fileName), 'csv'),
    hasPart: false,
    gathered: { ranges: null, ones: null },
  };
}

function SqlWriter({ fileName, name }: { fileName: string; name: string }) {
  const [choice, setChoice] = useState(() => firstChoice(fileName, name));
  const [query, setQuery] = useState<keyof SqlScripts>('condense');
  const { sql, isReady, writeSql } = useLabParts(({ learn, ...lab }) => ({
    sql: lab.sql,
    isReady: learn.condensed.closedForm.status === 'done' && !learn.condensed.closedForm.stale,
    writeSql: lab.writeSql,
  }));
  const asked = useRef<SqlChoice | null>(null);
  const isIdle = sql.status === 'idle';
  useEffect(() => {
    if (!isReady || (!isIdle && asked.current === choice)) return;
    asked.current = choice;
    void writeSql(choice);
  }, [isReady, isIdle, choice, writeSql]);
  const change = (part: Partial<SqlChoice>): void => setChoice({ ...choice, ...part });
  const gather = (gathered: Gathered): void => change({ gathered });

  return (
    <ResultDrop gathered={choice.gathered} onGather={gather}>
      <p className="learn-remark">
        Mappings, ranges and analytics bits are those of this experiment. The query writes a file like the
        condensed samples above, made from as many records as there are: open it here, or read it by the
        program under “Train on them in Python”.
      </p>
      <div className="sql-choices">
        <Select
          label="Engine"
          value={choice.dialect}
          options={SQL_ENGINES}
          onChange={(dialect) => change({ dialect })}
        />
        <Select
          label="Records in"
          value={choice.from.kind}
          options={SOURCES}
          onChange={(kind) => change({ from: { ...choice.from, kind } })}
        />
        <TextField
          label={choice.from.kind === 'table' ? 'Name of the table' : 'Path of the files'}
          value={choice.from.path}
          placeholder={choice.from.kind === 'table' ? 'lake.sales' : 'data/*.parquet'}
          onChange={(path) => change({ from: { ...choice.from, path } })}
        />
        <Select label="Query" value={query} options={queries(sql.value)} onChange={setQuery} />
      </div>
      <Checkbox
        label="A column “part” says train or test; test records come along as they are"
        value={choice.hasPart}
        onChange={(hasPart) => change({ hasPart })}
      />
      {sql.error !== null && <ErrorNotice error={sql.error} onRetry={() => void writeSql(choice)} />}
      {sql.error === null && sql.value !== null && <Script report={sql.value} query={query} />}
      <GatheredResults gathered={choice.gathered} onGather={gather} />
    </ResultDrop>
  );
}

/** The queries that there are of this experiment. */
function queries(report: SqlReport | null): Option<keyof SqlScripts>[] {
  return QUERIES.map((option) => ({
    ...option,
    isDisabled: report !== null && report.scripts[option.value] === null,
  }));
}

function Script({ report, query }: { report: SqlReport; query: keyof SqlScripts }) {
  const say = useLab((lab) => lab.say);
  const text = report.scripts[query];
  if (text === null)
    return <p className="learn-remark">Least squares alone has sums: the model here is another one.</p>;

  async function copy(): Promise<void> {
    const isCopied = await copyText(text ?? '');
    say({
      ...{
        tone: isCopied ? 'info' : 'warning',
        code: null,
        todo: isCopied ? null : 'Save it as a file instead.',
      },
      what: isCopied ? 'SQL copied.' : 'The browser did not let the page use the clipboard.',
    });
  }

  return (
    <>
      <div className="sql-text">
        <CodeText label="SQL">{text}</CodeText>
      </div>
      <div className="take-buttons">
        <Button onPress={() => void copy()}>Copy SQL</Button>
        <Button
          icon={<DownloadIcon />}
          onPress={() => download(`${report.stem}-${query}.sql`, text, 'application/sql')}
        >
          Save .sql
        </Button>
      </div>
      <p className="learn-remark">
        {ABOUT_QUERY[query]}
        {query === 'condense' &&
          ` Each sample has ${formatPlural(report.columns, 'column')}, the weight last.`}
      </p>
    </>
  );
}
