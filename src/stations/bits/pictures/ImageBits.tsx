import { hasBases, TRANSFORM_METAS, transformOf } from '../../../contracts/plugins.ts';
import { useMemo, useState } from 'react';
import type { ImageBitsReport } from '../../../contracts/images.ts';
import {
  Button,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  Stat,
  StationLayout,
  Stats,
} from '../../../ui/controls/index.ts';
import { formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { EnlargedPicture } from '../../../ui/pictures/EnlargedPicture.tsx';
import { mostTelling } from '../../pictures/cells.ts';
import { encodingWords } from '../../pictures/encodingWords.ts';
import { OF_PICTURES } from '../../settings/homes.ts';
import { SettingsOn } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { ColumnBits } from './ColumnBits.tsx';
import { placeWords } from '../../pictures/describeCell.ts';
import { CoefficientsPanel, ofTable, PlanesPanel } from './MapPanels.tsx';
import '../bits.css';
import './imageBits.css';

const CONTROLS = <SettingsOn home={OF_PICTURES} panel="bits" />;

/** Bits of pictures: which of every pixel's bits, or every frequency's, pictures share. */
export function ImageBits() {
  const { task, sharesBases, isHeld, computeImages, cancelImages, goTo, opening } = useLabParts((lab) => ({
    sharesBases: hasBases(lab.images.settings.codec),
    task: lab.images.bits,
    isHeld: lab.images.held.some(({ part }) => part === 'bits'),
    computeImages: lab.computeImages,
    cancelImages: lab.cancelImages,
    goTo: lab.goTo,
    opening: lab.images.dataset.status === 'running',
  }));
  return (
    <StationLayout
      title="Bits"
      foldOnPhone
      lead={
        <>
          Every picture is a string of <Term name="bit">bits</Term>.{' '}
          {sharesBases ? (
            <>
              Bits that hardly ever change within a class are shared in the <Term name="base">bases</Term>;
              the rest stays with each picture as its <Term name="deviation">deviation</Term>.
            </>
          ) : (
            'The codec has no bases: it codes whole values, each the shorter the likelier it is.'
          )}
        </>
      }
      controls={CONTROLS}
    >
      {task.error !== null && <ErrorNotice error={task.error} onRetry={() => computeImages('bits')} />}
      {task.status === 'running' && (
        <ProgressLine progress={task.progress} label="Counting bits" onCancel={() => cancelImages('bits')} />
      )}
      {task.value !== null ? (
        <Results bits={task.value} stale={task.stale} />
      ) : isHeld ? (
        <p className="soft">The bits wait for you: see above.</p>
      ) : (
        task.status !== 'running' &&
        task.error === null && (
          <Nothing
            isOpening={opening}
            isCancelled={task.status === 'cancelled'}
            onCompute={() => computeImages('bits')}
            onChoose={() => goTo('data')}
          />
        )
      )}
    </StationLayout>
  );
}

interface NothingProps {
  isOpening: boolean;
  isCancelled: boolean;
  onCompute: () => void;
  onChoose: () => void;
}

function Nothing({ isOpening, isCancelled, onCompute, onChoose }: NothingProps) {
  if (isOpening) return <p className="soft">The pictures are being opened; their bits follow.</p>;
  return (
    <Notice>
      <p>{isCancelled ? 'Counting was cancelled.' : 'No bits to show yet: choose pictures first.'}</p>
      <p>
        {isCancelled ? (
          <Button onPress={onCompute}>Count the bits</Button>
        ) : (
          <Button onPress={onChoose}>Choose a dataset</Button>
        )}
      </p>
    </Notice>
  );
}

function Results({ bits, stale }: { bits: ImageBitsReport; stale: boolean }) {
  // A choice on one map stays while classes are turned; another transform has other columns.
  const [kept, setChosen] = useState<{ column: number; transform: string; columns: number } | null>(null);
  const isKept = kept !== null && kept.transform === bits.transform && kept.columns === bits.columns;
  const telling = useMemo(() => mostTelling(bits), [bits]);
  const chosen = isKept ? kept.column : telling;
  const choose = (column: number): void =>
    setChosen({ column, transform: bits.transform, columns: bits.columns });
  return (
    <>
      {TRANSFORM_METAS.byName(bits.transform).column === 'pixel' ? (
        <PlanesPanel bits={bits} stale={stale} chosen={chosen} onChoose={choose} />
      ) : (
        <CoefficientsPanel bits={bits} stale={stale} chosen={chosen} onChoose={choose} />
      )}
      <div className="side-by-side">
        <TablePanel bits={bits} stale={stale} />
        {chosen !== null && <ChosenPanel {...{ bits, stale, chosen }} isFound={!isKept} />}
      </div>
    </>
  );
}

/** The table in numbers, beside the mean of its pictures. */
function TablePanel({ bits, stale }: { bits: ImageBitsReport; stale: boolean }) {
  const { settings, size } = useLabParts((lab) => ({
    settings: lab.images.settings,
    size: lab.images.dataset.value,
  }));
  const { constant, base, deviation } = bits.counts;
  const all = Math.max(1, constant + base + deviation);
  const share = (part: number) => `${formatPercent(part / all)} of ${formatPlural(all, 'bit')}`;
  const words =
    bits.transform === transformOf(settings) ? encodingWords(settings) : 'an encoding that has changed since';
  return (
    <Panel
      name="bit-shares"
      title="The table"
      caption={`${words}${TRANSFORM_METAS.byName(bits.transform).isLossless ? '' : ', near-lossless'}`}
      stale={stale}
    >
      <div className="image-bits-beside">
        {size !== null && bits.mean.length === size.width * size.height * size.channels && (
          <EnlargedPicture
            title="Mean picture"
            label={`Mean of ${ofTable(bits)}`}
            size={size}
            pixels={bits.mean}
            note={`of ${formatPlural(bits.trainRecords, 'training picture')}`}
          />
        )}
        <Stats>
          {bits.baseCount !== null && (
            <>
              <Stat
                label="Bases"
                value={formatCount(bits.baseCount)}
                tone="base"
                note={`${(bits.trainRecords / Math.max(1, bits.baseCount)).toFixed(1)} pictures to a base`}
              />
              <Stat label="Bits in the base" value={formatCount(base)} tone="base" note={share(base)} />
            </>
          )}
          <Stat
            label={bits.baseCount === null ? 'Varying bits' : 'Bits of deviation'}
            value={formatCount(deviation)}
            tone="deviation"
            note={share(deviation)}
          />
          <Stat label="Constant bits" value={formatCount(constant)} note={share(constant)} />
        </Stats>
      </div>
    </Panel>
  );
}

interface ChosenPanelProps {
  bits: ImageBitsReport;
  stale: boolean;
  chosen: number;
  /** Whether it is shown because nobody has chosen one. */
  isFound: boolean;
}

/** The bits of the pixel or coefficient that was chosen on the map; until then, of the one that tells the most. */
function ChosenPanel({ bits, stale, chosen, isFound }: ChosenPanelProps) {
  const noun = TRANSFORM_METAS.byName(bits.transform).column;
  return (
    <Panel
      name="one-column"
      title={`Bits of one ${noun}`}
      caption={`${placeWords(bits, chosen)}${isFound ? ', whose bits tell the most' : ''}`}
      stale={stale}
    >
      <ColumnBits bits={bits} column={chosen} />
      <p className="field-hint">{`Choose another ${noun} on the map above, by a click or by Enter.`}</p>
    </Panel>
  );
}
