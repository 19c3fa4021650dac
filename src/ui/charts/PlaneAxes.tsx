import type { ReactNode } from 'react';
import { readableTicks } from './axes.ts';
import { LETTER } from './letter.ts';
import type { Axis } from './scale.ts';

/** Room beside and below labels, and the least way between two of them, in pixels. */
const BESIDE = 14;
const LINE = 14;
/** Most letters of a label: a longer name is cut. */
const MOST_LETTERS = 16;
/** Largest share of the width that the labels of the vertical axis take. */
const LABELS_SHARE = 0.3;

/** An axis as it is drawn. */
export interface PlaneScale {
  axis: Axis;
  /** A tick in words. */
  format: (value: number) => string;
}

/** Where the plot lies within its drawing, in pixels. */
export interface PlaneArea {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const MARGIN = { top: 10, right: 16, bottom: 24 };

/** The plot beside the labels of its vertical axis and above those of the horizontal one. */
export function planeArea(width: number, height: number, { axis, format }: PlaneScale): PlaneArea {
  const longest = Math.max(0, ...axis.ticks.map((tick) => [...label(format(tick))].length));
  return {
    left: Math.min(longest * LETTER + BESIDE, Math.max(BESIDE, width * LABELS_SHARE)),
    top: MARGIN.top,
    right: Math.max(BESIDE, width - MARGIN.right),
    bottom: height - MARGIN.bottom,
  };
}

/** How far along an axis a value lies, 0 … 1 between its ends. */
export function shareOf({ domain: [low, high] }: Axis, value: number): number {
  return (value - low) / (high - low);
}

interface PlaneAxesProps {
  x: PlaneScale;
  y: PlaneScale;
  area: PlaneArea;
  /** Drawn over the lines of the axes. */
  children?: ReactNode;
}

/** The ticks of two linear axes, with lines across from those of the vertical one. */
export function PlaneAxes({ x, y, area, children }: PlaneAxesProps) {
  const { left, right, top, bottom } = area;
  const toX = (value: number) => left + shareOf(x.axis, value) * (right - left);
  const toY = (value: number) => bottom - shareOf(y.axis, value) * (bottom - top);
  const named = { label: '', kind: 'linear' as const, format: (value: number) => label(x.format(value)) };
  return (
    <svg width={right + MARGIN.right} height={bottom + MARGIN.bottom} aria-hidden="true">
      {spaced(y.axis.ticks, toY).map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={toY(tick)} y2={toY(tick)} stroke="var(--line)" />
          <text x={left - 8} y={toY(tick) + 4} textAnchor="end">
            {label(y.format(tick))}
          </text>
        </g>
      ))}
      {readableTicks(x.axis, named, right - left).map((tick) => (
        <text key={tick} x={toX(tick)} y={bottom + 18} textAnchor="middle">
          {named.format(tick)}
        </text>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--line-strong)" />
      {children}
    </svg>
  );
}

/** Ticks that lie at least a line apart, the first always among them. */
function spaced(ticks: readonly number[], toY: (value: number) => number): number[] {
  const kept: number[] = [];
  for (const tick of ticks) {
    if (kept.length === 0 || Math.abs(toY(tick) - toY(kept[kept.length - 1])) >= LINE) kept.push(tick);
  }
  return kept;
}

function label(name: string): string {
  const letters = [...name];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : name;
}
