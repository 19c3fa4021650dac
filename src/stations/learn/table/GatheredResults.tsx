import { useRef } from 'react';
import type { Gathered } from '../../../contracts/sql.ts';
import { Button, UploadIcon } from '../../../ui/controls/index.ts';
import { useLab } from '../../useLab.ts';
import { failure, readResult } from './gatheredFiles.ts';

interface GatheredResultsProps {
  gathered: Gathered;
  onGather: (gathered: Gathered) => void;
}

/** Where the results of the two gathering queries come back, and what follows from them. */
export function GatheredResults({ gathered, onGather }: GatheredResultsProps) {
  const { ranges, ones } = gathered;
  return (
    <div className="sql-gathered">
      <p>
        <strong>Choose on all records, not on these</strong>
        <span>
          {ranges === null
            ? 'Two short queries first: ranges, then ones per bit. Their results, chosen or dropped here, make the ranges, the order and β those of the whole table. Bases cannot be chosen so: they need counts of distinct prefixes.'
            : ones === null
              ? 'The ranges are those of all records. Next: ones per bit, which the query above now asks for.'
              : 'Ranges and order are those of all records.'}
        </span>
      </p>
      <div className="take-buttons">
        <ResultFile label="Ranges…" onText={(text) => onGather({ ranges: text, ones: null })} />
        <ResultFile
          label="Ones per bit…"
          isDisabled={ranges === null}
          onText={(text) => onGather({ ranges, ones: text })}
        />
        {ranges !== null && (
          <Button onPress={() => onGather({ ranges: null, ones: null })}>Back to these records</Button>
        )}
      </div>
    </div>
  );
}

interface ResultFileProps {
  label: string;
  isDisabled?: boolean;
  onText: (text: string) => void;
}

function ResultFile({ label, isDisabled = false, onText }: ResultFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const say = useLab((lab) => lab.say);

  async function take(file: File): Promise<void> {
    try {
      onText(await readResult(file));
    } catch (thrown) {
      say(failure(thrown));
    }
  }

  return (
    <>
      <Button icon={<UploadIcon />} isDisabled={isDisabled} onPress={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept=".csv,text/csv"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) void take(file);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
