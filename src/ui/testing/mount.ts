/** A place on the page for views in tests. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach } from 'vitest';

/** Milliseconds that a part of a view gets, and how often in a row nothing may change before it counts as calm. */
const TURN = 6;
const CALM = 3;

/** Waits until nothing changes any more: parts of a station are mounted one after the other. */
export async function settled(place: HTMLElement): Promise<void> {
  for (let calm = 0; calm < CALM;) {
    const before = place.innerHTML;
    await act(() => new Promise((resolve) => setTimeout(resolve, TURN)));
    calm = place.innerHTML === before ? calm + 1 : 0;
  }
}

/** An element on the page with a root in it. */
export interface Mounted {
  place: HTMLElement;
  root: Root;
  /** Takes both away. */
  end: () => void;
}

export function mount(): Mounted {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  return {
    place,
    root,
    end() {
      act(() => root.unmount());
      place.remove();
    },
  };
}

/** One for every test of a file, made before it and taken away after it. */
export function mountEach(): Pick<Mounted, 'place' | 'root'> {
  let mounted: Mounted;
  beforeEach(() => {
    mounted = mount();
  });
  afterEach(() => mounted.end());
  return {
    get place() {
      return mounted.place;
    },
    get root() {
      return mounted.root;
    },
  };
}
