import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import type { BitsReport } from '../../contracts/codec.ts';
import { hasBases } from '../../contracts/plugins.ts';
import {
  Button,
  ControlKey,
  Disclosure,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  StationLayout,
  usePhone,
} from '../../ui/controls/index.ts';
import { Term } from '../../ui/glossary/Term.tsx';
import { withTerms } from '../../ui/glossary/withTerms.tsx';
import { Later } from '../../ui/Later.tsx';
import { CondensingPicture } from '../condensing/CondensingPicture.tsx';
import { SaveFigure } from '../SaveFigure.tsx';
import { BETA } from '../settings/controls.ts';
import { Governed, useStanding } from '../settings/Governed.tsx';
import { TargetQuestion } from '../TargetQuestion.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { clampBeta, largestBeta, layerStarts, ranksOf } from './table/analyticsOrder.ts';
import { bitLines } from './table/bitLines.ts';
import { BitMap } from './table/BitMap.tsx';
import { BetaSlider, BitsControls } from './table/BitsControls.tsx';
import { ImageBits } from './pictures/ImageBits.tsx';
import { Legend } from './table/Legend.tsx';
import { OrderStrip } from './table/OrderStrip.tsx';
import { OrderTable } from './table/OrderTable.tsx';
import { orderWords } from './table/orderWords.ts';
import './bits.css';

const NO_LAYERS: readonly number[] = [];

export function BitsStation() {
  const kind = useLab((lab) => lab.kind);
  return kind === 'images' ? <ImageBits /> : <TableBits />;
}

const lead = (sharesBases: boolean): ReactNode => (
  <>
    Every record is a string of <Term name="bit">bits</Term>. The top bits of the columns sort the records
    into <Term name="condensedSample">condensed samples</Term>
    {sharesBases ? (
      <>
        ; bits that hardly ever change are shared in the <Term name="base">bases</Term>; the rest stays with
        each record as its <Term name="deviation">deviation</Term>.
      </>
    ) : (
      ', whatever the codec. This one has no bases: it codes whole values, each the shorter the likelier it is.'
    )}
  </>
);

function TableBits() {
  const { task, sharesBases, goTo, retry, cancel, opening } = useLabParts((lab) => ({
    sharesBases: hasBases(lab.settings.codec),
    retry: lab.retry,
    cancel: lab.cancel,
    task: lab.bits,
    goTo: lab.goTo,
    opening: lab.dataset.status === 'running',
  }));
  const isPhone = usePhone();
  const bits = task.value;
  return (
    <StationLayout
      title="Bits"
      foldOnPhone
      lead={lead(sharesBases)}
      controls={<BitsControls bits={bits} />}
      // Beside the figure, where the other controls are folded away.
      last={
        isPhone && (
          <ControlKey value={BETA}>
            <Governed control={BETA}>
              <BetaSlider bits={bits} />
            </Governed>
          </ControlKey>
        )
      }
    >
      <TargetQuestion />
      {task.error !== null && <ErrorNotice error={task.error} onRetry={() => retry('bits')} />}
      {task.status === 'running' && (
        <ProgressLine progress={task.progress} label="Counting bits" onCancel={() => cancel('bits')} />
      )}
      {bits !== null ? (
        <Picture bits={bits} stale={task.stale} />
      ) : (
        task.status === 'idle' &&
        (opening ? (
          <p className="soft">The dataset is being opened; its bits follow.</p>
        ) : (
          <Notice>
            <p>No bits to show yet: choose a dataset first.</p>
            <p>
              <Button onPress={() => goTo('data')}>Choose a dataset</Button>
            </p>
          </Notice>
        ))
      )}
    </StationLayout>
  );
}

const WORDS = {
  title: 'Which bits repeat, and which inform',
  caption: 'columns × bit positions, the top bit first',
};
const CAPTION = withTerms(WORDS.caption, { 'top bit': 'msb' });

interface PictureProps {
  bits: BitsReport;
  stale: boolean;
}

/** The panel itself does not follow β: of what is in it, each part that does reads it by itself. */
function Picture({ bits, stale }: PictureProps) {
  const { isPool, hasNoFeatures, goTo } = useLabParts((lab) => ({
    goTo: lab.goTo,
    hasNoFeatures: lab.settings.target !== null && lab.settings.features?.length === 0,
    isPool: lab.settings.order === 'pool',
  }));
  const ranks = useMemo(() => ranksOf(bits), [bits]);
  const place = useRef<HTMLDivElement>(null);
  return (
    <>
      <Panel
        name="bit-map"
        title={WORDS.title}
        caption={CAPTION}
        stale={stale && !isPool}
        actions={<SaveFigure {...WORDS} place={place} rows={() => bitLines(bits, ranks)} isEmpty={false} />}
      >
        {hasNoFeatures && (
          <Notice tone="warning">
            <p>No features: tick at least one. Their bits pick the condensed samples.</p>
            <p>
              <Button onPress={() => goTo('data')}>Choose features</Button>
            </p>
          </Notice>
        )}
        {bits.order.length > 0 && <Order bits={bits} stale={stale} />}
        <div ref={place}>
          <Columns bits={bits} ranks={ranks} />
        </div>
        <Disclosure title="The order as a table" isLate>
          <OrderAround bits={bits} />
        </Disclosure>
      </Panel>
      <Later>
        <CondensingPicture />
      </Later>
    </>
  );
}

/** β within what these bits allow, and what changes it; nothing does where a link has fixed it or hides its control. */
function useBeta(bits: BitsReport): [beta: number, setBeta: ((next: number) => void) | null] {
  const isFree = useStanding(BETA) === 'shown';
  const { wanted, change } = useLabParts((lab) => ({ wanted: lab.settings.beta, change: lab.change }));
  const setBeta = useCallback((beta: number) => change({ beta }), [change]);
  return [clampBeta(wanted, largestBeta(bits.order)), isFree ? setBeta : null];
}

/** The analytics bits in their order, with the handle on β. */
function Order({ bits, stale }: PictureProps) {
  const [beta, setBeta] = useBeta(bits);
  const { order, analysedBeta } = useLabParts(({ settings }) => ({
    order: settings.order,
    analysedBeta: settings.beta,
  }));
  const isLayered = order === 'layered' && bits.condenser === 'clusters';
  const layers = useMemo(() => (isLayered ? layerStarts(bits) : NO_LAYERS), [bits, isLayered]);
  return (
    <>
      <OrderStrip
        bits={bits}
        layers={layers}
        order={order}
        beta={beta}
        analysedBeta={stale ? -1 : analysedBeta}
        onBeta={setBeta}
      />
      <p className="order-caption">
        {withTerms(orderWords(bits, order, beta), { 'analytics bits': 'analyticsBit', β: 'beta' })}
      </p>
    </>
  );
}

function Columns({ bits, ranks }: { bits: BitsReport; ranks: Int32Array }) {
  const [beta, setBeta] = useBeta(bits);
  return (
    <BitMap
      bits={bits}
      ranks={ranks}
      beta={beta}
      legend={<Legend bits={bits} beta={beta} />}
      onBeta={setBeta}
    />
  );
}

function OrderAround({ bits }: { bits: BitsReport }) {
  const [beta] = useBeta(bits);
  return <OrderTable bits={bits} beta={beta} />;
}
