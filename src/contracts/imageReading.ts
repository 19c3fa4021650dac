/** How pictures were read, as archives and the browser's store keep it: checked when it comes back. */
import * as v from 'valibot';
import type { DepthFacts, ImageReading } from '../readers/imageReading.ts';

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));
const size = v.object({ width: side, height: side });
const name = v.pipe(v.string(), v.maxLength(4_096));
const sample = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff));

/** What cannot be understood of it is left out. */
const said = <T>(schema: v.GenericSchema<T>) => v.fallback(v.optional(schema), undefined);

export const IMAGE_READING = v.object({
  size: said(size),
  rule: said(v.picklist(['only', 'resize', 'crop'])),
  colour: said(v.picklist(['grey', 'rgb'])),
  labels: said(name),
  classesFrom: said(v.picklist(['labels', 'top-folders', 'last-folders'])),
  split: said(v.picklist(['given', 'made'])),
  labelColumn: said(name),
  tile: said(size),
  depth: said(v.picklist(['high', 'stretch'])),
} satisfies Record<keyof ImageReading, v.GenericSchema>);

export const DEPTH_FACTS = v.object({
  rule: v.picklist(['high', 'stretch']),
  pictures: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  low: sample,
  high: sample,
} satisfies Record<keyof DepthFacts, v.GenericSchema>);
