// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { ANSWER_KEY, keepIsAnswerAsked, readIsAnswerAsked } from './answerChoice.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

test('the answer comes by itself until somebody wants to be asked, and again when not any more', () => {
  expect(readIsAnswerAsked()).toBe(false);
  keepIsAnswerAsked(true);
  expect(readIsAnswerAsked()).toBe(true);
  keepIsAnswerAsked(false);
  expect([readIsAnswerAsked(), localStorage.getItem(ANSWER_KEY)]).toEqual([false, null]);
});

test('a browser that keeps nothing is no error', () => {
  vi.stubGlobal('localStorage', null);
  keepIsAnswerAsked(true);
  expect(readIsAnswerAsked()).toBe(false);
});
