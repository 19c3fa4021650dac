/** How a command can fail, and the exit code that says so. */
import { LabError } from '../src/core/errors.ts';

/** What was asked for is no command, option or value. */
export class UsageError extends Error {}

/** What only a tool that writes to a disk can meet; everything else is one of the lab's errors. */
const ADVICE = {
  FILE_EXISTS: 'Choose another name, or say --force.',
  FILE_UNWRITABLE: 'Check that the folder is there and may be written to.',
  DISK_FULL: 'Free some space, or write to another disk. Nothing was left half-written.',
} as const;

export class ToolError extends Error {
  readonly code: keyof typeof ADVICE;
  readonly todo: string;

  constructor(code: keyof typeof ADVICE, what: string, options?: ErrorOptions) {
    super(what, options);
    this.code = code;
    this.todo = ADVICE[code];
  }
}

export const EXIT = { ok: 0, failed: 1, usage: 2, cancelled: 130 } as const;

export interface Failure {
  exit: number;
  code: string;
  what: string;
  todo: string;
}

export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof UsageError)
    return { exit: EXIT.usage, code: 'USAGE', what: thrown.message, todo: 'Try: dmla help' };
  const { code, message, todo } = thrown instanceof ToolError ? thrown : LabError.from(thrown);
  return { exit: code === 'CANCELLED' ? EXIT.cancelled : EXIT.failed, code, what: message, todo };
}
