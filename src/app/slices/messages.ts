/** Messages to the user; a message with undo holds something open that is carried out when it goes. */
import { LabError } from '../../contracts/errors.ts';
import type { NewMessage } from '../../stations/lab.ts';
import type { StoreContext } from '../storeContext.ts';
import type { Messages } from '../messages.ts';

/** How long an undo is offered, and how long a remark stays, in milliseconds. */
export const UNDO_TIME = 8_000;
const REMARK_TIME = 7_000;
/** Older ones go when more come. */
const MOST_MESSAGES = 4;

export function createMessages({ get, set }: StoreContext): Messages {
  let nextId = 1;
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  const held = new Map<number, () => void>();

  function take(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    set({ messages: get().messages.filter((message) => message.id !== id) });
  }

  function dismiss(id: number): void {
    const carryOut = held.get(id);
    held.delete(id);
    take(id);
    carryOut?.();
  }

  function say(message: NewMessage, stay?: number): number {
    const id = nextId++;
    const same = get().messages.find(({ what, code }) => what === message.what && code === message.code);
    if (same !== undefined && !held.has(same.id)) take(same.id);
    const oldest = get().messages.filter(({ tone }) => tone !== 'error');
    if (get().messages.length >= MOST_MESSAGES) dismiss((oldest[0] ?? get().messages[0]).id);
    set({ messages: [...get().messages, { undo: null, action: null, ...message, id }] });
    const isRemark = message.tone === 'info' && message.action == null;
    const time = stay ?? (isRemark ? REMARK_TIME : null);
    if (time !== null)
      timers.set(
        id,
        setTimeout(() => dismiss(id), time),
      );
    return id;
  }

  return {
    say: (message) => say(message),
    dismiss,
    sayError(thrown) {
      const { code, message: what, todo } = LabError.from(thrown);
      if (code !== 'CANCELLED') say({ tone: 'error', code, what, todo });
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
