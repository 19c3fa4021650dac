import { TRANSFORM_METAS } from '../../../contracts/plugins.ts';
import { memo, useMemo, useRef, useState } from 'react';
import type { ImageBitsReport } from '../../../contracts/images.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import {
  CompactSelect,
  Disclosure,
  IconButton,
  NextIcon,
  Panel,
  PreviousIcon,
} from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { withTerms } from '../../../ui/glossary/withTerms.tsx';
import { SaveFigure } from '../../SaveFigure.tsx';
import { useLabParts } from '../../useLab.ts';
import { bitLines } from './bitLines.ts';
import {
  coefficientTiles,
  narrowestColumn,
  planCells,
  planeTiles,
  widestColumn,
  type CoefficientMeasure,
  type Tile,
} from '../../pictures/cells.ts';
import { describeCoefficient, describePlaneBit } from '../../pictures/describeCell.ts';
import { CoefficientLegend, PlanesLegend } from '../../pictures/ImageLegend.tsx';
import { ChannelsTable, PlanesTable } from './RoleTables.tsx';
import { TileMap } from '../../pictures/TileMap.tsx';

interface MapPanelProps {
  bits: ImageBitsReport;
  stale: boolean;
  chosen: number | null;
  onChoose: (column: number) => void;
}

const PLANE_SIZES = { perRow: [8, 4, 2], least: 64, most: 128 };
const NO_HEADINGS: readonly string[] = [];
const CHOOSING = 'shows the bits of one';

/** The bit planes of pixels as they are. */
export const PlanesPanel = memo(function PlanesPanel({ bits, stale, chosen, onChoose }: MapPanelProps) {
  const plan = useMemo(() => planCells(bits), [bits]);
  const tiles = useMemo(() => planeTiles(bits, plan), [bits, plan]);
  const describe = (tile: Tile, column: number) => describePlaneBit(bits, column, tile.significance ?? 0);
  const place = useRef<HTMLDivElement>(null);
  const words = {
    title: 'Which bits of every pixel repeat',
    caption: `${TRANSFORM_METAS.byName(bits.transform).map}; ${ofTable(bits)}`,
  };
  return (
    <Panel
      name="bit-map"
      title={words.title}
      caption={withTerms(words.caption, { 'top bit': 'msb' })}
      stale={stale}
      actions={
        <>
          <ClassSelect bits={bits} />
          <SaveFigure {...words} place={place} rows={() => bitLines(bits)} isEmpty={false} />
        </>
      }
    >
      <div ref={place}>
        <TileMap
          label={`Bit planes of ${formatPlural(bits.columns, 'pixel value')}`}
          plan={plan}
          tiles={tiles}
          headings={bits.channelNames.length > 1 ? bits.channelNames : NO_HEADINGS}
          sizes={PLANE_SIZES}
          chosen={chosen}
          onChoose={onChoose}
          choosing={CHOOSING}
          describe={describe}
          legend={<PlanesLegend counts={bits.counts} baseCount={bits.baseCount} />}
          hint="Point at a pixel of a plane to see its numbers; a click shows all bits of the pixel."
        />
      </div>
      <Disclosure title="The planes as a table">
        <PlanesTable bits={bits} />
      </Disclosure>
    </Panel>
  );
});

const MEASURES: readonly { value: CoefficientMeasure; label: string }[] = [
  { value: 'width', label: 'Width' },
  { value: 'entropy', label: 'Mean entropy' },
  { value: 'base', label: 'Bits in the base' },
];

/** One map of a grey picture may be as large as three beside each other. */
const COLOUR_SIZES = { perRow: [3, 2, 1], least: 190, most: 330 };
const GREY_SIZES = { perRow: [1], least: 190, most: 420 };

/** The map of the coefficients of every channel. */
export const CoefficientsPanel = memo(function CoefficientsPanel({
  bits,
  stale,
  chosen,
  onChoose,
}: MapPanelProps) {
  const [measure, setMeasure] = useState<CoefficientMeasure>('width');
  const plan = useMemo(() => planCells(bits), [bits]);
  const tiles = useMemo(() => coefficientTiles(bits, plan, measure), [bits, plan, measure]);
  const describe = (_tile: Tile, column: number) => describeCoefficient(bits, column);
  const place = useRef<HTMLDivElement>(null);
  const words = {
    title: 'Which frequencies need bits',
    caption: `${TRANSFORM_METAS.byName(bits.transform).map}; ${ofTable(bits)}`,
  };
  return (
    <Panel
      name="bit-map"
      {...words}
      stale={stale}
      actions={
        <>
          <Segments label="Coefficients by" value={measure} options={MEASURES} onChange={setMeasure} />
          <ClassSelect bits={bits} />
          <SaveFigure {...words} place={place} rows={() => bitLines(bits)} isEmpty={false} />
        </>
      }
    >
      <div ref={place}>
        <TileMap
          label={`Map of ${formatPlural(bits.columns, 'coefficient')}`}
          plan={plan}
          tiles={tiles}
          headings={NO_HEADINGS}
          sizes={bits.channelNames.length > 1 ? COLOUR_SIZES : GREY_SIZES}
          chosen={chosen}
          onChoose={onChoose}
          choosing={CHOOSING}
          describe={describe}
          legend={<MeasureLegend bits={bits} measure={measure} />}
          hint="Point at a coefficient to see its numbers; a click shows its bits one by one."
        />
      </div>
      <Disclosure title="The channels as a table">
        <ChannelsTable bits={bits} />
      </Disclosure>
    </Panel>
  );
});

function MeasureLegend({ bits, measure }: { bits: ImageBitsReport; measure: CoefficientMeasure }) {
  const words: Record<CoefficientMeasure, { measure: string; about: string }> = {
    width: {
      measure: `width, ${formatCount(narrowestColumn(bits))} to ${formatPlural(widestColumn(bits), 'bit')}`,
      about: 'faint to full: how many bits the coefficient takes in every picture',
    },
    entropy: {
      measure: 'mean entropy, 0 to 1 bit',
      about: 'faint to full: how much each of its bits tells, on average',
    },
    base: {
      measure: 'bits in the base, none to all',
      about: 'faint to full: the share of its bits that pictures with the same base have in common',
    },
  };
  return <CoefficientLegend {...words[measure]} isBase={measure === 'base'} />;
}

/** "class 7, 6,265 training pictures", or all of them. */
export function ofTable({ className, trainRecords }: ImageBitsReport): string {
  const of = className === null ? 'all classes' : `class ${className}`;
  return `${of}, ${formatPlural(trainRecords, 'training picture')}`;
}

/** Chooses the class whose table is shown; one table for all needs no choice. */
function ClassSelect({ bits }: { bits: ImageBitsReport }) {
  const { table, classes, classWise, showTable } = useLabParts((lab) => ({
    table: lab.images.table,
    classes: lab.images.dataset.value?.classes,
    classWise: lab.images.settings.classWise,
    showTable: lab.showTable,
  }));
  if (!classWise || classes === undefined || bits.tables < 2) return null;
  const shown = Math.min(table, classes.length - 1);
  return (
    <div className="image-class">
      <IconButton
        label="Previous class"
        icon={<PreviousIcon />}
        variant="quiet"
        isDisabled={shown === 0}
        onPress={() => showTable(shown - 1)}
      />
      <CompactSelect
        label="Class whose bits are shown"
        value={String(shown)}
        options={classes.map(({ name }, k) => ({ value: String(k), label: name }))}
        onChange={(next) => showTable(Number(next))}
      />
      <IconButton
        label="Next class"
        icon={<NextIcon />}
        variant="quiet"
        isDisabled={shown === classes.length - 1}
        onPress={() => showTable(shown + 1)}
      />
    </div>
  );
}
