import type { GallerySample } from '../../contracts/gallery.ts';
import { Button, Panel } from '../../ui/controls/index.ts';
import { formatPlural } from '../../ui/format.ts';
import { offeredSamples, sampleBytes, sampleShape } from '../gallerySamples.ts';
import { useLabParts } from '../useLab.ts';

/** Samples that come with the lab. */
export function Gallery() {
  const { load, current, extraSamples } = useLabParts((lab) => {
    const source = lab.kind === 'images' ? lab.images.source : lab.source;
    return {
      load: lab.load,
      // Its archive holds the same, but only the sample itself can be read in another way.
      current: source?.kind === 'sample' ? source.id : null,
      extraSamples: lab.extraSamples,
    };
  });
  return (
    <Panel title="Samples" caption="they come with the lab">
      <ul className="gallery off-paper">
        {offeredSamples(extraSamples).map((sample) => (
          <li key={sample.id} className="gallery-card">
            <h4>{sample.title}</h4>
            <p className="gallery-size">{extent(sample)}</p>
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

/** "53,940 × 10 · 2.45 MB", or "70,000 pictures of 28 × 28 · 10 classes · 54.9 MB". */
function extent(sample: GallerySample): string {
  const classes = sample.kind === 'images' ? ` · ${formatPlural(sample.classes, 'class', 'classes')}` : '';
  return `${sampleShape(sample)}${classes} · ${sampleBytes(sample)}`;
}
