import { useEffect, useRef, type ReactNode } from 'react';

/** The least that a figure is scaled to; one that needs more room is scrolled. */
const LEAST = 0.6;
/** A width changes the height, which changes the scale again: after so many rounds it is close enough. */
const ROUNDS = 4;

/**
 * Shows its content as large as the room allows: scaled down, at a width that then fills the room, until nothing is
 * cut.
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
