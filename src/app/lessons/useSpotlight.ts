import { useEffect, useState } from 'react';
import { findSpot, type Spot } from './spots.ts';

/** Milliseconds between looks for a place that may come, go or be mounted anew. */
const LOOK_EVERY = 300;
/** Milliseconds after which a place that has not come is said not to be there. */
const PATIENCE = 2_500;

/** Brings a place into view: what is higher than most of the window by its top. */
function showSpot(element: Element): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const isTall = element.getBoundingClientRect().height > 0.7 * innerHeight;
  element.scrollIntoView({ block: isTall ? 'start' : 'center', behavior: isStill ? 'auto' : 'smooth' });
}

/**
 * Marks the place that a step points at, and brings it into view once. The shade around it goes with the first press
 * anywhere on the page.
 *
 * @param step names the step, so that the place of another one is shown anew
 * @returns whether the place is not there, after a while
 */
export function useSpotlight(spot: Spot | undefined, step: string): boolean {
  const [missing, setMissing] = useState<string | null>(null);
  useEffect(() => {
    if (spot === undefined) return undefined;
    let marked: HTMLElement | null = null;
    let isShown = false;
    let isShaded = true;
    const begun = performance.now();

    function mark(element: HTMLElement | null): void {
      if (element === marked) return;
      marked?.removeAttribute('data-spotlight');
      marked = element;
      marked?.setAttribute('data-spotlight', isShaded ? 'shaded' : 'plain');
    }
    function look(): void {
      const element = findSpot(spot as Spot);
      mark(element);
      if (element !== null) {
        setMissing(null);
        if (!isShown) showSpot(element);
        isShown = true;
      } else if (performance.now() - begun > PATIENCE) setMissing(step);
    }
    function unshade(event: Event): void {
      if (event.target instanceof Element && event.target.closest('.lesson') !== null) return;
      isShaded = false;
      marked?.setAttribute('data-spotlight', 'plain');
    }
    const first = setTimeout(look);
    const timer = setInterval(look, LOOK_EVERY);
    addEventListener('pointerdown', unshade, true);
    addEventListener('keydown', unshade, true);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      removeEventListener('pointerdown', unshade, true);
      removeEventListener('keydown', unshade, true);
      mark(null);
    };
  }, [spot, step]);
  return missing === step;
}
