/** The answering side of a message port: requests by number, one at a time, until the other side ends it or is gone. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { watched } from './waiting.ts';

/** What comes over the port: requests, those that are not needed any more, and the end. */
type Incoming<Request> = Request | { kind: 'stop'; number: number } | { kind: 'end' };

/** What the call says of itself. */
interface Words {
  waiting: string;
  working: string;
  unit: string;
  /** Why work ends early. */
  notNeeded: string;
}

export class PortRequests<Request extends { kind: string; number: number }> {
  /** Whether nobody is left to be answered. */
  isOver = false;
  private readonly asked: Request[] = [];
  private readonly stopped = new Set<number>();
  private readonly pulse: Pulse;
  private readonly words: Words;
  private wake = (): void => undefined;

  constructor(port: MessagePort, pulse: Pulse, words: Words) {
    this.pulse = pulse;
    this.words = words;
    port.onmessage = ({ data }: MessageEvent<Incoming<Request>>) => {
      if (data.kind === 'stop') this.stopped.add((data as { number: number }).number);
      else if (data.kind === 'end') this.isOver = true;
      else this.asked.push(data as Request);
      this.wake();
    };
    // Where the browser tells that the other side is gone; elsewhere the page cancels the call.
    port.addEventListener('close', () => {
      this.isOver = true;
      this.wake();
    });
  }

  isNeeded({ number }: Request): boolean {
    return !this.isOver && !this.stopped.has(number);
  }

  /** The call's own pulse, by which work also ends once nobody needs it any more: this request, or any. */
  pulseFor(request?: Request): Pulse {
    const isNeeded = () => (request === undefined ? !this.isOver : this.isNeeded(request));
    return {
      due: () => !isNeeded() || this.pulse.due(),
      beat: (progress) =>
        isNeeded()
          ? this.pulse.beat(progress)
          : Promise.reject(new LabError('CANCELLED', this.words.notNeeded)),
    };
  }

  /**
   * Answers requests in their order until it is over.
   *
   * @param answer of one request; what it throws ends the rest
   * @throws CANCELLED by the pulse
   */
  async serve(answer: (request: Request) => Promise<void>): Promise<void> {
    const { waiting, working, unit } = this.words;
    while (!this.isOver) {
      const next = this.asked.shift();
      if (next !== undefined) {
        await answer(next);
        this.stopped.delete(next.number);
      } else await watched(new Promise<void>((resolve) => (this.wake = resolve)), this.pulse, waiting, unit);
      // A request fails by itself when the call was cancelled; the call says so, too.
      if (this.pulse.due()) await this.pulse.beat({ phase: working, done: 0, total: null, unit });
    }
  }
}
