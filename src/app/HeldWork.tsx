import type { ImagePart, TablePart } from '../contracts/settings.ts';
import type { HeldWork as Held } from '../stations/lab/work.ts';
import { useLabParts } from '../stations/useLab.ts';
import { Button, Notice, PlayIcon } from '../ui/controls/index.ts';
import { formatRoughly } from '../ui/format.ts';
import './heldWork.css';

const WORDS: Partial<Record<TablePart | ImagePart, string>> = {
  bits: 'the search for bases and analytics bits',
  archive: 'the archive',
  fullClosedForm: 'the exact solver on all records',
  condensedClosedForm: 'the exact solver on the condensed samples',
  condensedDescent: 'gradient descent on the condensed samples',
  fullDescent: 'gradient descent on all records',
  sample: 'drawing the sample',
  condensed: 'the condensed pictures',
};

/** What a link or an archive asks for beyond the lab's own, on every station: how long it takes, and one press. */
export function HeldWork() {
  const { held, startHeld, leaveHeld } = useLabParts((lab) => ({
    held: lab.kind === 'images' ? lab.images.held : lab.held,
    startHeld: lab.startHeld,
    leaveHeld: lab.leaveHeld,
  }));
  return (
    <div role="status">
      {held.length > 0 && (
        <section className="held-work" aria-label="Waiting for you">
          <Notice>
            <p>
              This link or archive asks for more than the lab starts by itself. It waits for you:{' '}
              {held.map(heldWords).join(', ')}.
            </p>
            <p className="held-buttons">
              <Button variant="primary" icon={<PlayIcon />} onPress={startHeld}>
                {startWords(held)}
              </Button>
              <Button variant="quiet" onPress={leaveHeld}>
                Leave it
              </Button>
            </p>
          </Notice>
        </section>
      )}
    </div>
  );
}

function heldWords({ part, seconds }: Held): string {
  return `${WORDS[part] ?? part} (${seconds === null ? `more than 30\u202fs` : formatRoughly(seconds)})`;
}

/** "Start it: about 1 h 44 min". All of it, though some of it may run side by side. */
function startWords(held: readonly Held[]): string {
  const what = held.length === 1 ? 'Start it' : 'Start them';
  const known = held.flatMap(({ seconds }) => seconds ?? []);
  if (known.length === 0) return `${what}: more than 30\u202fs`;
  const sum = formatRoughly(known.reduce((total, seconds) => total + seconds, 0));
  return `${what}: ${sum}${known.length < held.length ? ' or more' : ''}`;
}
