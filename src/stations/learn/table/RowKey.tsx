import { CONTENDER_METAS } from '../../../contracts/plugins.ts';

interface RowKeyProps {
  /** A method or the floor, or a contender by its registered name, which says itself how its line looks. */
  name: string;
}

const STROKES = { solid: 'solid', dashed: 'dashed', dotted: 'dotted', dashDotted: 'dashed' } as const;

/** The line that stands for a row in the figures. */
export function RowKey({ name }: RowKeyProps) {
  const look = OWN_KEYS.has(name) ? undefined : CONTENDER_METAS.find(name)?.look;
  const style =
    look === undefined ? undefined : { borderTopColor: look.colour, borderTopStyle: STROKES[look.stroke] };
  return <i className={`learn-key learn-key-${name}`} style={style} aria-hidden="true" />;
}

/** Rows whose line the style sheet has, since they are no contenders only. */
const OWN_KEYS = new Set(['full', 'condensed', 'floor']);
