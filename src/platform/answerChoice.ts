/** Whether the answer waits for a press: a choice of this browser's, whose machine may be slow or run on a battery. */

export const ANSWER_KEY = 'dml-answer';
export const WHEN_ASKED = 'when-asked';

/** False where nothing is kept or the browser forbids storage: it is looked for by itself. */
export function readIsAnswerAsked(): boolean {
  try {
    return localStorage.getItem(ANSWER_KEY) === WHEN_ASKED;
  } catch {
    return false;
  }
}

/** Keeps the choice, if the browser lets it. */
export function keepIsAnswerAsked(isAsked: boolean): void {
  try {
    if (isAsked) localStorage.setItem(ANSWER_KEY, WHEN_ASKED);
    else localStorage.removeItem(ANSWER_KEY);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}
