import { describe, expect, it } from 'vitest';
import { standingOf, tabAddress, type FrameScope } from './framing.ts';

const LAB = 'https://lab.example';

/** A page of this origin; without a parent it is a tab. */
function page(origin: string, parent?: FrameScope): FrameScope {
  const scope = { origin, location: { origin } };
  return Object.defineProperty(scope, 'parent', { get: () => parent ?? scope }) as unknown as FrameScope;
}

/** A page whose location may not be read from the lab. */
function foreign(parent?: FrameScope): FrameScope {
  const scope = {
    origin: 'https://course.example',
    get location(): never {
      throw new DOMException('Blocked a frame from accessing a cross-origin frame.', 'SecurityError');
    },
  };
  return Object.defineProperty(scope, 'parent', { get: () => parent ?? scope }) as unknown as FrameScope;
}

describe('how the page stands', () => {
  it('is the whole lab in a tab, and in frames of its own', () => {
    expect(standingOf(page(LAB), false)).toBe('page');
    expect(standingOf(page(LAB, page(LAB, page(LAB))), false)).toBe('page');
  });

  it('is refused in a frame of another origin that asks for no embed, however far up that is', () => {
    expect(standingOf(page(LAB, foreign()), false)).toBe('refused');
    expect(standingOf(page(LAB, page('http://lab.example')), false)).toBe('refused');
    expect(standingOf(page(LAB, page(LAB, foreign())), false)).toBe('refused');
  });

  it('is an embed wherever the link asks for one', () => {
    expect(standingOf(page(LAB, foreign()), true)).toBe('embed');
    expect(standingOf(page(LAB, page(LAB)), true)).toBe('embed');
    expect(standingOf(page(LAB), true)).toBe('embed');
  });

  it('is nothing in a sandbox without an origin', () => {
    expect(standingOf(page('null', foreign()), true)).toBe('sandboxed');
    expect(standingOf(page('null', foreign()), false)).toBe('sandboxed');
  });
});

it('opens in a tab what an embed shows, without its being one', () => {
  expect(tabAddress(`${LAB}/#v=1&data=diamonds&embed=1&lock=beta`)).toBe(
    `${LAB}/#v=1&data=diamonds&lock=beta`,
  );
  expect(tabAddress(`${LAB}/?a#embed=1`)).toBe(`${LAB}/?a`);
  expect(tabAddress(`${LAB}/#file=embed=1&embedded=1`)).toBe(`${LAB}/#file=embed=1&embedded=1`);
  expect(tabAddress(`${LAB}/`)).toBe(`${LAB}/`);
});
