/** What is said to the user beside the figures. */

/** A message to the user that is not tied to one task; errors carry their code. */
export interface Message {
  id: number;
  tone: 'info' | 'warning' | 'error';
  /** Error code for errors, else null. */
  code: string | null;
  what: string;
  todo: string | null;
  /** Undo of what just happened, or null. */
  undo: (() => void) | null;
  /** What can be done about it, or null; the message stays until it is dismissed. */
  action: { label: string; run: () => void } | null;
  /**
   * Which opening of a dataset it is about, as they are counted, or null: it stands where the dataset is named, until
   * it is dismissed or a later opening has another dataset on the page.
   */
  opening: number | null;
}

/** A message as it is said: most have nothing to undo or to do, and are about no opening. */
export type NewMessage = Omit<Message, 'id' | 'undo' | 'action' | 'opening'> &
  Partial<Pick<Message, 'undo' | 'action' | 'opening'>>;

export interface MessageActions {
  /** Shows a message; returns its id. */
  say: (message: NewMessage) => number;
  /** Takes the message away, with what it still held open carried out. */
  dismiss: (messageId: number) => void;
  /** While someone is at the messages, none of them leaves by itself. */
  holdMessages: (isHeld: boolean) => void;
}
