import { GALLERY } from '../../contracts/gallery.ts';
import { Button, Panel } from '../../ui/controls/index.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { useLabParts } from '../useLab.ts';

/** Samples that come with the lab. */
export function Gallery() {
  const { load, current } = useLabParts((lab) => ({
    load: lab.load,
    // Its archive is the same table, but only the sample itself can be read in another way.
    current: lab.source?.kind === 'sample' ? lab.source.id : null,
  }));
  return (
    <Panel title="Samples" caption="they come with the lab">
      <ul className="gallery">
        {GALLERY.map((sample) => (
          <li key={sample.id} className="gallery-card">
            <h4>{sample.title}</h4>
            <p className="gallery-size">
              {formatCount(sample.rows)} × {formatCount(sample.columns)} · {formatBytes(sample.bytes)}
            </p>
            <p>{sample.about}</p>
            <p className="soft small">
              {sample.task}. {sample.source}.
            </p>
            <Button
              isDisabled={current === sample.id}
              onPress={() => void load({ kind: 'sample', id: sample.id })}
              aria-label={current === sample.id ? `${sample.title} is open` : `Open ${sample.title}`}
            >
              {current === sample.id ? 'Already open' : 'Open'}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
