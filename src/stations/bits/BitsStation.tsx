import { useMemo, useRef, type ReactNode } from 'react';
import type { BitsReport } from '../../contracts/codec.ts';
import { TABLE_SETTINGS } from '../../contracts/settings.ts';
import {
  Button,
  ControlKey,
  DataTable,
  Disclosure,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  StationLayout,
  usePhone,
  type TableColumn,
} from '../../ui/controls/index.ts';
import { formatBit, formatCount, formatPercent, formatValue } from '../../ui/format.ts';
import { Term } from '../../ui/glossary/Term.tsx';
import { withTerms } from '../../ui/glossary/withTerms.tsx';
import { Later } from '../../ui/Later.tsx';
import { CondensingPicture } from '../condensing/CondensingPicture.tsx';
import { SaveFigure } from '../SaveFigure.tsx';
import { TargetQuestion } from '../TargetQuestion.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import {
  clampBeta,
  isNearlyConstant,
  largestBeta,
  layerStarts,
  ranksOf,
  rowOfCells,
} from './table/analyticsOrder.ts';
import { bitLines } from './table/bitLines.ts';
import { BitMap } from './table/BitMap.tsx';
import { BetaSlider, BitsControls } from './table/BitsControls.tsx';
import { ImageBits } from './pictures/ImageBits.tsx';
import { Legend } from './table/Legend.tsx';
import { OrderStrip } from './table/OrderStrip.tsx';
import { orderWords } from './table/orderWords.ts';
import './bits.css';

const NO_LAYERS: readonly number[] = [];

export function BitsStation() {
  const kind = useLab((lab) => lab.kind);
  return kind === 'images' ? <ImageBits /> : <TableBits />;
}

function TableBits() {
  const { task, settings, change, goTo, retry, cancel, opening } = useLabParts((lab) => ({
    retry: lab.retry,
    cancel: lab.cancel,
    task: lab.bits,
    settings: lab.settings,
    change: lab.change,
    goTo: lab.goTo,
    opening: lab.dataset.status === 'running',
  }));
  const isPhone = usePhone();
  const bits = task.value;
  const beta = bits === null ? settings.beta : clampBeta(settings.beta, largestBeta(bits.order));
  const setBeta = (next: number) => change({ beta: next });

  return (
    <StationLayout
      title="Bits"
      foldOnPhone
      lead={
        <>
          Every record is a string of <Term name="bit">bits</Term>. The top bits of the columns sort the
          records into <Term name="condensedSample">condensed samples</Term>; bits that hardly ever change are
          shared in the <Term name="base">bases</Term>; the rest stays with each record as its{' '}
          <Term name="deviation">deviation</Term>.
        </>
      }
      controls={<BitsControls bits={bits} />}
      // Beside the figure, where the other controls are folded away.
      last={
        isPhone && (
          <ControlKey value={TABLE_SETTINGS.of('beta').key ?? undefined}>
            <BetaSlider bits={bits} />
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
        <Picture bits={bits} beta={beta} stale={task.stale} onBeta={setBeta} />
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

interface PictureProps {
  bits: BitsReport;
  beta: number;
  stale: boolean;
  onBeta: (beta: number) => void;
}

function Picture({ bits, beta, stale, onBeta }: PictureProps) {
  const { order, analysedBeta, hasNoFeatures, goTo } = useLabParts((lab) => ({
    goTo: lab.goTo,
    hasNoFeatures: lab.settings.target !== null && lab.settings.features?.length === 0,
    order: lab.settings.order,
    analysedBeta: lab.settings.beta,
  }));
  const ranks = useMemo(() => ranksOf(bits), [bits]);
  const isLayered = order === 'layered' && bits.condenser === 'clusters';
  const layers = useMemo(() => (isLayered ? layerStarts(bits) : NO_LAYERS), [bits, isLayered]);
  const place = useRef<HTMLDivElement>(null);
  const words = {
    title: 'Which bits repeat, and which inform',
    caption: 'columns × bit positions, the top bit first',
  };
  return (
    <>
      <Panel
        name="bit-map"
        title={words.title}
        caption={withTerms(words.caption, { 'top bit': 'msb' })}
        stale={stale && order !== 'pool'}
        actions={<SaveFigure {...words} place={place} rows={() => bitLines(bits, ranks)} isEmpty={false} />}
      >
        {hasNoFeatures && (
          <Notice tone="warning">
            <p>No features: tick at least one. Their bits pick the condensed samples.</p>
            <p>
              <Button onPress={() => goTo('data')}>Choose features</Button>
            </p>
          </Notice>
        )}
        {bits.order.length > 0 && (
          <>
            <OrderStrip
              bits={bits}
              layers={layers}
              order={order}
              beta={beta}
              analysedBeta={stale ? -1 : analysedBeta}
              onBeta={onBeta}
            />
            <p className="order-caption">
              {withTerms(orderWords(bits, order, beta), { 'analytics bits': 'analyticsBit', β: 'beta' })}
            </p>
          </>
        )}
        <div ref={place}>
          <BitMap
            bits={bits}
            ranks={ranks}
            beta={beta}
            legend={<Legend bits={bits} beta={beta} />}
            onBeta={onBeta}
          />
        </div>
        <Disclosure title="The order as a table">
          <OrderTable bits={bits} beta={beta} />
        </Disclosure>
      </Panel>
      <Later>
        <CondensingPicture />
      </Later>
    </>
  );
}

/** Rows of the table around β; a wide table has thousands of bits. */
const TABLE_ROWS = 200;

function OrderTable({ bits, beta }: { bits: BitsReport; beta: number }) {
  const owner = useMemo(() => rowOfCells(bits.rows, bits.role.length), [bits]);
  const first = Math.max(0, Math.min(bits.order.length - TABLE_ROWS, beta - TABLE_ROWS / 2));
  const ranks = Array.from(
    { length: Math.min(TABLE_ROWS, bits.order.length) },
    (_, k) => Math.max(0, first) + k,
  );
  const bitName = (rank: number): ReactNode => {
    const cell = bits.order[rank];
    const row = bits.rows[owner[cell]];
    return (
      <>
        {row.label}, {formatBit(cell - row.start + 1, row.bits)}
        {isNearlyConstant(bits, cell) && <span className="soft"> · nearly constant</span>}
      </>
    );
  };
  const columns: TableColumn<number>[] = [
    { id: 'beta', header: 'β', isNumeric: true, isRowHeader: true, cell: (rank) => formatCount(rank + 1) },
    { id: 'bit', header: 'Last bit', cell: bitName },
    {
      id: 'p',
      header: 'Share of ones p',
      isNumeric: true,
      cell: (rank) => formatValue(bits.ones[bits.order[rank]] / Math.max(1, bits.trainRows), 3),
    },
    {
      id: 'entropy',
      header: 'Entropy H, bit',
      isNumeric: true,
      cell: (rank) => formatValue(bits.entropy[bits.order[rank]], 3),
    },
    {
      id: 'samples',
      header: 'Condensed samples',
      isNumeric: true,
      cell: (rank) => formatCount(bits.condensedSamples[rank + 1]),
    },
    {
      id: 'share',
      header: 'of training records',
      isNumeric: true,
      cell: (rank) => formatPercent(bits.condensedSamples[rank + 1] / Math.max(1, bits.trainRows), 2),
    },
  ];
  return (
    <DataTable
      caption="Bits in their order with the condensed samples at each β"
      columns={columns}
      rows={ranks}
      rowKey={(rank) => rank}
      maxHeight={320}
      isDense
    />
  );
}
