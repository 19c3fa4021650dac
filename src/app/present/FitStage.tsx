import { useEffect, useRef, type ReactNode } from 'react';

/**
 * What a figure is scaled to, the largest that fits: letters of a low one are then read from the last row, too. A
 * figure that needs more room than the least gives is scrolled.
 */
const SCALES = [1.5, 1.4, 1.3, 1.2, 1.1, 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6];
const LEAST = 0.6;

/** Shows its content as large as the room allows, at a width that then fills the room. */
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
      const fitting = SCALES.find((scale) => {
        scaleTo(scale);
        // Wider than the room is a table, which is scrolled at any scale that does not enlarge it.
        const isWide = scale > 1 && inner.scrollWidth > inner.clientWidth;
        return inner.offsetHeight * scale <= outer.clientHeight && !isWide;
      });
      const scale = fitting ?? LEAST;
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
