/** Messages to the user; a message with undo holds something open that is carried out when it goes. */
import { LabError } from '../../contracts/errors.ts';
import type { NewMessage } from '../../stations/lab/messages.ts';
import type { StoreContext } from '../storeContext.ts';
import type { Messages } from '../messages.ts';

/** How long an undo is offered, and how long a remark stays, in milliseconds. */
export const UNDO_TIME = 8_000;
const REMARK_TIME = 7_000;
/** How long a message stays at least once nobody is at it any more. */
const LAST_LOOK = 2_000;
/** Older ones go when more come. */
const MOST_MESSAGES = 12;

/** When a message leaves by itself; without a timer while messages are held. */
interface Clock {
  ends: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createMessages({ get, set }: StoreContext): Messages {
  let nextId = 1;
  let heldSince: number | null = null;
  const clocks = new Map<number, Clock>();
  const held = new Map<number, () => void>();

  function take(id: number): void {
    clearTimeout(clocks.get(id)?.timer);
    clocks.delete(id);
    set({ messages: get().messages.filter((message) => message.id !== id) });
  }

  function dismiss(id: number): void {
    const carryOut = held.get(id);
    held.delete(id);
    take(id);
    carryOut?.();
  }

  function wind(id: number, time: number): void {
    const timer = heldSince === null ? setTimeout(() => dismiss(id), time) : undefined;
    // Clocks stand still while messages are held.
    clocks.set(id, { ends: (heldSince ?? Date.now()) + time, timer });
  }

  function say(message: NewMessage, stay?: number): number {
    const id = nextId++;
    const said = { undo: null, action: null, opening: null, ...message, id };
    const isFailedOpening = said.opening !== null && said.tone === 'error';
    for (const before of get().messages) {
      const isSame = before.what === said.what && before.code === said.code && !held.has(before.id);
      // Of openings that failed, the last one is what the user asks about.
      if (isSame || (isFailedOpening && before.opening !== null && before.tone === 'error')) take(before.id);
    }
    const oldest = get().messages.find(({ tone }) => tone !== 'error') ?? get().messages.at(0);
    if (oldest !== undefined && get().messages.length >= MOST_MESSAGES) dismiss(oldest.id);
    set({ messages: [...get().messages, said] });
    const isRemark = said.tone === 'info' && said.action === null && said.opening === null;
    const time = stay ?? (isRemark ? REMARK_TIME : null);
    if (time !== null) wind(id, time);
    return id;
  }

  return {
    say: (message) => say(message),
    dismiss,
    holdMessages(isHeld) {
      if (isHeld === (heldSince !== null)) return;
      if (isHeld) {
        heldSince = Date.now();
        for (const { timer } of clocks.values()) clearTimeout(timer);
        return;
      }
      const since = heldSince ?? 0;
      heldSince = null;
      for (const [id, { ends }] of clocks) wind(id, Math.max(LAST_LOOK, ends - since));
    },
    sayError(thrown, opening) {
      const { code, message: what, todo } = LabError.from(thrown);
      if (code !== 'CANCELLED') say({ tone: 'error', code, what, todo, opening: opening ?? null });
    },
    forgetOpenings(before) {
      for (const { id, opening } of get().messages) if (opening !== null && opening < before) dismiss(id);
    },
    offerUndo(what, carryOut, takeBack) {
      const undo = () => {
        held.delete(id);
        take(id);
        takeBack();
      };
      const id = say({ tone: 'info', code: null, what, todo: null, undo }, UNDO_TIME);
      held.set(id, carryOut);
      return id;
    },
    settle() {
      for (const id of [...held.keys()]) dismiss(id);
    },
  };
}
