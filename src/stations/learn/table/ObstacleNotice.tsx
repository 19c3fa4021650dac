import { Button, Notice } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import type { Obstacle, WayOut } from './obstacles.ts';

/** An obstacle in a sentence, with a button that leads out of it. */
export function ObstacleNotice({ obstacle: { what, todo, code, way } }: { obstacle: Obstacle }) {
  return (
    <div role={code === null ? undefined : 'alert'}>
      <Notice tone={code === null ? 'warning' : 'error'}>
        <p className="notice-what">{what}</p>
        <p>{todo}</p>
        {code !== null && (
          <p className="notice-code">
            <code>{code}</code>
          </p>
        )}
        {way !== null && (
          <p>
            <WayButton way={way} />
          </p>
        )}
      </Notice>
    </div>
  );
}

export function WayButton({ way }: { way: WayOut }) {
  const { goTo, change } = useLabParts((lab) => ({ goTo: lab.goTo, change: lab.change }));
  return (
    <Button onPress={() => ('station' in way ? goTo(way.station) : change(way.change))}>{way.label}</Button>
  );
}
