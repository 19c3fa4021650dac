import { useEffect, useRef, type ReactNode } from 'react';

/** The least that a figure is scaled to; one that needs more room is scrolled. */
const LEAST = 0.6;
/** A width changes the height, which changes the scale again: after so many rounds it is close enough. */
const ROUNDS = 4;
/** What a low figure is scaled to, the largest that fits: its letters are then read from the last row, too. */
const LARGER = [1.5, 1.4, 1.3, 1.2, 1.1];

/**
 * Shows its content as large as the room allows: scaled up, or down until nothing is cut, at a width that then fills
 * the room.
 */
export function FitStage({ children }: { children: ReactNode }) {
  const room = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [outer, inner] = [room.current, content.current];
    if (outer === null || inner === null) return;
    let frame = 0;
    const scaleTo = (scale: number) => {
      inner.style.width = `${100 / scale}%`;
      inner.style.transform = scale === 1 ? '' : `scale(${scale})`;
    };
    const fit = () => {
      let scale = 1;
      scaleTo(scale);
      for (let round = 0; round < ROUNDS && inner.offsetHeight * scale > outer.clientHeight; round++) {
        scale = Math.max(LEAST, Math.min(scale, (0.995 * outer.clientHeight) / inner.offsetHeight));
        scaleTo(scale);
      }
      if (scale === 1) {
        const fitting = LARGER.find((larger) => {
          scaleTo(larger);
          return inner.offsetHeight * larger <= outer.clientHeight && inner.scrollWidth <= inner.clientWidth;
        });
        scale = fitting ?? 1;
        scaleTo(scale);
      }
      outer.style.overflowY = inner.offsetHeight * scale > outer.clientHeight + 1 ? 'auto' : 'hidden';
    };
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(fit);
    });
    observer.observe(outer);
    observer.observe(inner);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);
  return (
    <div ref={room} className="present-room">
      <div ref={content} className="present-content">
        {children}
      </div>
    </div>
  );
}
