import { useCallback, useEffect, useRef, type RefObject } from 'react';

export interface CanvasSize {
  width: number;
  height: number;
}

export type Draw = (context: CanvasRenderingContext2D, size: CanvasSize) => void;

/**
 * A canvas that is sharp at every pixel ratio and drawn again when `draw` changes, when it is resized, and when the
 * theme changes; at most once per frame. `draw` works in CSS pixels on a cleared canvas. Size it by CSS.
 */
export function useCanvas(draw: Draw): RefObject<HTMLCanvasElement | null> {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  const frame = useRef(0);

  const schedule = useCallback(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      if (ref.current !== null) paint(ref.current, latest.current);
    });
  }, []);

  useEffect(() => {
    latest.current = draw;
    schedule();
  }, [draw, schedule]);

  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const sizes = new ResizeObserver(schedule);
    sizes.observe(canvas);
    const theme = new MutationObserver(schedule);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
    const ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    ratio.addEventListener('change', schedule);
    return () => {
      sizes.disconnect();
      theme.disconnect();
      ratio.removeEventListener('change', schedule);
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [schedule]);

  return ref;
}

function paint(canvas: HTMLCanvasElement, draw: Draw): void {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  const ratio = devicePixelRatio;
  const pixelWidth = Math.round(width * ratio);
  const pixelHeight = Math.round(height * ratio);
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  draw(context, { width, height });
}
