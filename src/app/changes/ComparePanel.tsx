import { useMemo } from 'react';
import { copyText } from '../../platform/clipboard.ts';
import { csvText } from '../../platform/csvText.ts';
import { download } from '../../platform/download.ts';
import type { Pin } from '../../stations/lab/changes.ts';
import { openName, useLab, useLabParts } from '../../stations/useLab.ts';
import { Button, DataTable, PinIcon, type TableColumn } from '../../ui/controls/index.ts';
import {
  comparisonLines,
  comparisonOf,
  MOST_PINS,
  type ComparedCell,
  type ComparedRow,
} from './comparison.ts';
import { numbersOf } from './measures.ts';
import { shotOf } from './shots.ts';

interface ComparePanelProps {
  /** What is shown is left: another experiment is opened. */
  onGo: () => void;
}

/** Pinned experiments beside the present one. A pin holds numbers and settings: nothing of it computes. */
export function ComparePanel({ onGo }: ComparePanelProps) {
  const { pins, pin, name } = useLabParts((lab) => ({
    pins: lab.changes.pins,
    pin: lab.pin,
    name: openName(lab),
  }));
  return (
    <section className="changes-compare" aria-label="Side by side">
      <header className="changes-actions">
        <h3>Side by side</h3>
        <Button icon={<PinIcon />} isDisabled={name === null || pins.length >= MOST_PINS} onPress={pin}>
          Pin this experiment
        </Button>
        {pins.length > 0 && <Exports />}
      </header>
      {pins.length === 0 ? (
        <p className="soft">
          Pin an experiment to keep its settings and numbers. Then change something, and see here what it
          changed. Up to {MOST_PINS} are kept while this page is open.
        </p>
      ) : (
        <Comparison pins={pins} onGo={onGo} />
      )}
    </section>
  );
}

/** The table of the moment. */
function useComparison(): { names: string[]; rows: ComparedRow[] } {
  const pins = useLab((lab) => lab.changes.pins);
  // One text, so that the table is made again only when a number or a setting has changed.
  const present = useLab((lab) =>
    JSON.stringify({ name: openName(lab) ?? '', shot: shotOf(lab), numbers: numbersOf(lab) }),
  );
  return useMemo(() => {
    const now = JSON.parse(present) as Parameters<typeof comparisonOf>[0];
    return { names: ['Now', ...pinNames(pins)], rows: comparisonOf(now, pins) };
  }, [present, pins]);
}

/** "Diamonds", and of several of the same name "Diamonds 1", "Diamonds 2". */
function pinNames(pins: readonly Pin[]): string[] {
  return pins.map(({ name }, at) =>
    pins.some((other, k) => k !== at && other.name === name)
      ? `${name} ${pins.slice(0, at + 1).filter((other) => other.name === name).length}`
      : name,
  );
}

function Comparison({ pins, onGo }: { pins: readonly Pin[]; onGo: () => void }) {
  const { names, rows } = useComparison();
  const columns: TableColumn<ComparedRow>[] = [
    { id: 'label', header: 'Compared', isRowHeader: true, cell: ({ label }) => label },
    ...names.map((name, at) => ({
      id: String(at),
      header: at === 0 ? name : <PinHead pin={pins[at - 1]} name={name} onGo={onGo} />,
      isNumeric: true,
      cell: ({ cells }: ComparedRow) => <Cell cell={cells[at]} />,
    })),
  ];
  return (
    <>
      <DataTable
        caption="Pinned experiments beside the present one"
        columns={columns}
        rows={rows}
        rowKey={({ label }) => label}
      />
      <p className="field-hint">
        Differences are against now. Of the settings, only those that differ are listed.
      </p>
    </>
  );
}

function Cell({ cell: { text, difference, verdict, isOther } }: { cell: ComparedCell }) {
  const mark = verdict === 'better' ? ' (better)' : verdict === 'worse' ? ' (worse)' : '';
  return (
    <>
      {isOther ? <mark className="changes-other">{text}</mark> : text}
      {difference !== null && (
        <small className={`changes-difference changes-${verdict ?? 'neither'}`}>
          {difference}
          <span className="visually-hidden">{mark}</span>
        </small>
      )}
    </>
  );
}

function PinHead({ pin, name, onGo }: { pin: Pin; name: string; onGo: () => void }) {
  const { unpin, say } = useLabParts((lab) => ({ unpin: lab.unpin, say: lab.say }));

  async function copy(): Promise<void> {
    const isCopied = await copyText(pin.link);
    say({
      tone: isCopied ? 'info' : 'warning',
      code: null,
      what: isCopied
        ? `Link to the pinned experiment “${name}” copied.`
        : 'The browser did not let the page use the clipboard.',
      todo: null,
    });
  }

  return (
    <span className="changes-pin">
      {name}
      <span className="changes-pin-actions">
        <a className="button" href={pin.link} aria-label={`Go to ${name}`} onClick={onGo}>
          Go there
        </a>
        <Button aria-label={`Copy the link of ${name}`} onPress={() => void copy()}>
          Copy link
        </Button>
        <Button aria-label={`Remove ${name}`} onPress={() => unpin(pin.id)}>
          Remove
        </Button>
      </span>
    </span>
  );
}

function Exports() {
  const { names, rows } = useComparison();
  const pins = useLab((lab) => lab.changes.pins);
  return (
    <>
      <Button onPress={() => download('comparison.csv', csvText(comparisonLines(names, rows)), 'text/csv')}>
        CSV
      </Button>
      <Button
        onPress={() =>
          download(
            'comparison.json',
            `${JSON.stringify({ experiments: names, links: pins.map(({ link }) => link), rows }, null, 2)}\n`,
            'application/json',
          )
        }
      >
        JSON
      </Button>
    </>
  );
}
