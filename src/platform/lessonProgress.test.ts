import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isLessonFile } from './lessonFile.ts';
import { keepProgress, readProgress } from './lessonProgress.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('remembers the last step of each lesson, of fifty lessons', () => {
  for (let k = 0; k < 60; k++) keepProgress(`lesson-${k}`, { step: 1, isDone: false });
  keepProgress('lesson-59', { step: 4, isDone: true });
  keepProgress('lesson-59', { step: 2, isDone: false });
  expect(readProgress()['lesson-59']).toEqual({ step: 2, isDone: true });
  expect(Object.keys(readProgress())).toHaveLength(50);
  expect(readProgress()).not.toHaveProperty('lesson-9');
});

it('takes nothing for progress that is none', () => {
  for (const text of ['', '[]', '{"a":1}', '{"a":{"step":0,"isDone":true}}']) {
    kept.set('dml-lessons', text);
    expect(readProgress(), text).toEqual({});
  }
});

it('works without storage', () => {
  vi.stubGlobal('localStorage', {
    getItem() {
      throw new Error('forbidden');
    },
  });
  expect(readProgress()).toEqual({});
  expect(() => keepProgress('a', { step: 1, isDone: false })).not.toThrow();
});

it('knows the file of a lesson by its name or by how it begins', async () => {
  const is = (name: string, text: string) => isLessonFile(new File([text], name));
  expect(await is('mine.lesson.json', 'broken')).toBe(true);
  expect(await is('mine.json', '\n{ "version": 1, "steps": [')).toBe(true);
  expect(await is('model.json', '{ "modelTopology": {} }')).toBe(false);
  expect(await is('steps.csv', 'date,"steps": many\n1,2')).toBe(false);
});
