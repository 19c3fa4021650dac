import { useCallback, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { AnalyticsOrder, BitsReport } from '../../../contracts/codec.ts';
import { useCanvas } from '../../../ui/charts/useCanvas.ts';
import { useSize } from '../../../ui/charts/useSize.ts';
import { formatCount } from '../../../ui/format.ts';
import { betaAt, clampBeta, stripLength } from './analyticsOrder.ts';
import { condensedAt } from './describeBit.ts';
import { drawOrder } from './drawOrder.ts';
import { ORDER, orderX } from './orderGeometry.ts';

/** Below this width, in pixels, the flag at the handle says "samples" alone. */
const NARROW = 480;
/** Width of a character of the flag, in pixels. */
const CHARACTER = 8.2;

interface OrderStripProps {
  bits: BitsReport;
  layers: readonly number[];
  order: AnalyticsOrder;
  beta: number;
  /** β that the report was made for. */
  analysedBeta: number;
  /** Null where β cannot be chosen here: the handle then only says where it is. */
  onBeta: ((beta: number) => void) | null;
}

/** All analytics bits in their order, the condensed samples they make, and the handle that says how many are used. */
export function OrderStrip({ bits, layers, order, beta, analysedBeta, onBeta }: OrderStripProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const length = stripLength(bits, beta);
  const exact = order !== 'pool';
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) =>
      drawOrder(context, size, { bits, beta, layers, exact, largest: length }),
    [bits, beta, layers, exact, length],
  );
  const canvas = useCanvas(draw);

  const set = (next: number): void => {
    const clamped = clampBeta(next, length);
    if (clamped !== beta) onBeta?.(clamped);
  };
  const follow = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return;
    set(betaAt(event.clientX - box.left, ORDER.left, box.width - ORDER.left - ORDER.right, length));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || onBeta === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    frame.current?.querySelector<HTMLElement>('[role=slider]')?.focus({ preventScroll: true });
    event.preventDefault();
    follow(event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const large = Math.max(1, Math.round(length / 10));
    const steps: Record<string, number> = {
      ArrowLeft: beta - 1,
      ArrowDown: beta - 1,
      ArrowRight: beta + 1,
      ArrowUp: beta + 1,
      PageDown: beta - large,
      PageUp: beta + large,
      Home: 1,
      End: length,
    };
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    set(steps[event.key]);
  };

  const x = orderX(beta, length, width);
  const words = condensedAt(bits, beta, order, analysedBeta);
  const flag = width < NARROW ? words.replace('condensed ', '') : words;
  const room = 8 + (flag.length + `β = ${formatCount(beta)} `.length) * CHARACTER;
  return (
    <div
      ref={frame}
      className={onBeta === null ? 'order-strip order-fixed' : 'order-strip'}
      style={{ height: ORDER.height }}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      <canvas ref={canvas} className="order-canvas" aria-hidden="true" />
      <div
        className="order-handle"
        role="slider"
        tabIndex={0}
        aria-label="Analytics bits β"
        aria-disabled={onBeta === null}
        aria-valuemin={Math.min(1, length)}
        aria-valuemax={length}
        aria-valuenow={beta}
        aria-valuetext={`β = ${formatCount(beta)}, ${words}`}
        style={{ transform: `translateX(${x}px)`, height: ORDER.stripTop + ORDER.stripHeight + 4 }}
        onKeyDown={onKeyDown}
      >
        <span className="order-knob" style={{ top: ORDER.stripTop + ORDER.stripHeight / 2 }} />
        <span className={x + room > width ? 'order-flag order-flag-left' : 'order-flag'} aria-hidden="true">
          <b>β = {formatCount(beta)}</b> {flag}
        </span>
      </div>
    </div>
  );
}
