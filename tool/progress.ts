/** How far a command is, on the error output, and how it is broken off. */
import { LabError } from '../src/core/errors.ts';
import type { Progress, Pulse } from '../src/core/pulse.ts';

/** Milliseconds between two lets-in of signals, and between two lines. */
const BEAT = 50;
const LINE = 500;

const ERASE = '\r\u001b[2K';

export interface Watch {
  pulse: Pulse;
  /** Has the work end at its next beat. */
  cancel(): void;
  /** Takes the line away. */
  end(): void;
}

function lineOf({ phase, done, total, unit }: Progress): string {
  const number = (value: number): string => Math.round(value).toLocaleString('en');
  if (total === null || total === 0) return `${phase}: ${number(done)} ${unit}`;
  return `${phase}: ${number(done)} of ${number(total)} ${unit} (${Math.floor((100 * done) / total)} %)`;
}

/** @param isShown whether there is a terminal to draw on */
export function createWatch(out: NodeJS.WritableStream, isShown: boolean): Watch {
  let isCancelled = false;
  let lastBeat = performance.now();
  let lastLine = 0;
  let isDrawn = false;
  return {
    pulse: {
      due: () => performance.now() - lastBeat > BEAT,
      async beat(progress) {
        if (isShown && performance.now() - lastLine > LINE) {
          out.write(`${ERASE}${lineOf(progress)}`);
          lastLine = performance.now();
          isDrawn = true;
        }
        await new Promise((resolve) => setImmediate(resolve));
        lastBeat = performance.now();
        if (isCancelled) throw new LabError('CANCELLED', 'The command was broken off.');
      },
    },
    cancel() {
      isCancelled = true;
    },
    end() {
      if (isDrawn) out.write(ERASE);
    },
  };
}
