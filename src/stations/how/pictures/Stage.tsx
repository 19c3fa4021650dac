import { useMemo, useState, type ReactNode } from 'react';
import { TRANSFORM_METAS } from '../../../contracts/plugins.ts';
import type { ImageBitsReport } from '../../../contracts/images.ts';
import type { PictureWalk } from '../../../contracts/pictureWalk.ts';
import { formatCount, formatPlural, formatValue } from '../../../ui/format.ts';
import { DifferencePicture } from '../../../ui/pictures/DifferencePicture.tsx';
import { EnlargedPicture } from '../../../ui/pictures/EnlargedPicture.tsx';
import { PictureGrid } from '../../../ui/pictures/PictureGrid.tsx';
import { Key, ScaleKey } from '../../LegendKeys.tsx';
import { planCells, type CellPlan, type Tile } from '../../pictures/cells.ts';
import { capital, describePlaneBit, placeWords, type CellWords } from '../../pictures/describeCell.ts';
import { TileLegend } from '../../pictures/ImageLegend.tsx';
import { TileMap } from '../../pictures/TileMap.tsx';
import type { Shot } from './scenes.tsx';
import { bitsAt } from './walkSteps.ts';
import { entropyTiles, growthTiles, magnitudeTiles, ownBit, ownTiles, shareTiles } from './walkTiles.ts';

interface StageProps {
  walk: PictureWalk;
  shot: Shot;
  /** A picture of the class is chosen, by its number, to be taken apart. */
  onPicture: (index: number) => void;
}

/** What a scene shows. */
export function Stage({ walk, shot, onPicture }: StageProps) {
  switch (shot.kind) {
    case 'class':
      return <ClassShot walk={walk} onPicture={onPicture} />;
    case 'bits':
    case 'shares':
    case 'entropy':
      return <PlanesShot walk={walk} kind={shot.kind} />;
    case 'base':
      return <PlanesShot walk={walk} kind="base" added={shot.added} before={shot.before} />;
    case 'apart':
      return <ApartShot walk={walk} />;
    case 'shared':
      return <SharedShot walk={walk} onPicture={onPicture} />;
    case 'together':
      return <BackShot walk={walk} decoded={walk.picture.decoded} title="Read back" />;
    case 'channels':
      return <ChannelsShot walk={walk} />;
    case 'coefficients':
      return <CoefficientsShot walk={walk} />;
    case 'rounded':
      return <BackShot walk={walk} decoded={walk.frequencies.decoded} title="There and back" />;
  }
}

const sizeOf = ({ pictures: { width, height, channels } }: PictureWalk) => ({ width, height, channels });

/** CSS pixels of a picture that stands in a row of a few, with one or two others beside its maps, and in a grid. */
const SIDE = 280;
const PAIR_SIDE = 168;
const THREE_SIDE = 116;
const GRID_SIDE = 84;

const nameOf = (index: number): string => `picture ${formatCount(index)}`;

/** The pictures of the class beside their mean. */
function ClassShot({ walk, onPicture }: Omit<StageProps, 'shot'>) {
  const { pictures, bits, picture } = walk;
  return (
    <div className="shots-beside">
      <EnlargedPicture
        title="Mean"
        label={`Mean of the class ${bits.className}`}
        size={sizeOf(walk)}
        pixels={bits.mean}
        note={`of ${formatPlural(bits.trainRecords, 'picture')}`}
      />
      <PictureGrid
        label={`Pictures of the class ${bits.className}`}
        pictures={pictures}
        side={GRID_SIDE}
        describe={(k) =>
          `${nameOf(pictures.records[k])}${pictures.records[k] === picture.index ? ', the one taken apart' : ''}`
        }
        onChoose={(k) => onPicture(pictures.records[k])}
        choosing="takes it apart"
        hint={`${capital(nameOf(picture.index))} is the one taken apart.`}
      />
    </div>
  );
}

/** The planes of one channel are shown large, those of three in a row each, where they fit. */
const LARGE = { perRow: [4, 2], least: 64, most: 200 };
const IN_ROWS = { least: 60, most: 128 };
const MOST_IN_ROW = 12;
const NO_HEADINGS: readonly string[] = [];
const CHOOSING = 'marks it in every map';

interface BitMapsProps {
  bits: ImageBitsReport;
  tiles: readonly Tile[];
  plan: CellPlan;
  label: string;
  legend: ReactNode;
  describe: (tile: Tile, column: number) => CellWords;
}

/** Bit planes of a class or a picture, with a mark that stays from scene to scene as long as the maps do. */
function BitMaps({ bits, tiles, plan, label, legend, describe }: BitMapsProps) {
  const [marked, setMarked] = useState<number | null>(null);
  const channels = bits.channelNames.length;
  const planes = Math.min(MOST_IN_ROW, Math.max(1, tiles.length / channels));
  const sizes = useMemo(
    () => (channels > 1 ? { ...IN_ROWS, perRow: [planes, 8, 4, 2] } : LARGE),
    [channels, planes],
  );
  return (
    <TileMap
      label={label}
      plan={plan}
      tiles={tiles}
      headings={channels > 1 ? bits.channelNames : NO_HEADINGS}
      sizes={sizes}
      chosen={marked !== null && marked < bits.columns ? marked : null}
      onChoose={(column) => setMarked((last) => (last === column ? null : column))}
      choosing={CHOOSING}
      describe={describe}
      legend={legend}
      hint={`Point at a ${TRANSFORM_METAS.byName(bits.transform).column} to see its numbers; a click marks it in every map.`}
    />
  );
}

type PlanesKind = 'bits' | 'shares' | 'entropy' | 'base';

interface PlanesShotProps {
  walk: PictureWalk;
  kind: PlanesKind;
  /** Of the base: bits added, and those that were added in the scene before. */
  added?: number;
  before?: number;
}

function PlanesShot({ walk, kind, added = 0, before = 0 }: PlanesShotProps) {
  const bits = useMemo(() => (kind === 'base' ? bitsAt(walk, added) : walk.bits), [walk, kind, added]);
  const plan = useMemo(() => planCells(walk.bits), [walk]);
  const tiles = useMemo(() => {
    switch (kind) {
      case 'bits':
        return ownTiles(bits, plan, walk.picture.codes, false);
      case 'shares':
        return shareTiles(bits, plan);
      case 'entropy':
        return entropyTiles(bits, plan);
      case 'base':
        return growthTiles(walk, plan, before, added);
    }
  }, [walk, bits, plan, kind, before, added]);
  const of: Record<PlanesKind, string> = {
    bits: `Bits of ${nameOf(walk.picture.index)}`,
    shares: `Share of ones in the class ${bits.className}`,
    entropy: `Entropy of every bit of the class ${bits.className}`,
    base: `Base with ${formatPlural(added, 'bit')} added`,
  };
  return (
    <BitMaps
      bits={bits}
      tiles={tiles}
      plan={plan}
      label={of[kind]}
      legend={<PlanesKeys kind={kind} bits={bits} />}
      describe={(tile, column) =>
        kind === 'bits'
          ? describeOwnBit(walk, column, tile.significance ?? 0)
          : describeBit(bits, column, tile.significance ?? 0, kind === 'base')
      }
    />
  );
}

function PlanesKeys({ kind, bits }: { kind: PlanesKind; bits: ImageBitsReport }) {
  switch (kind) {
    case 'base':
      return (
        <TileLegend>
          <RoleKeys
            counts={bits.counts}
            base="stored once for all that share it; in full colour what joined in this step"
            deviation="stored with each picture"
          />
        </TileLegend>
      );
    case 'bits':
      return (
        <TileLegend>
          <ScaleKey measure={<b>0 and 1</b>} about="a zero is faint, a one is full" />
        </TileLegend>
      );
    case 'shares':
      return (
        <TileLegend>
          <ScaleKey measure={<b>share of ones p, 0 to 1</b>} about="faint: never one; full: always one" />
        </TileLegend>
      );
    case 'entropy':
      return (
        <TileLegend>
          <ScaleKey
            measure={<b>entropy H, 0 to 1 bit</b>}
            about="faint: nearly always the same; full: a coin toss"
          />
          <ConstantKey bits={bits.counts.constant} />
        </TileLegend>
      );
  }
}

interface RoleKeysProps {
  counts: ImageBitsReport['counts'];
  /** What the base, and the deviation, is here. */
  base: string;
  deviation: string;
}

function RoleKeys({ counts, base, deviation }: RoleKeysProps) {
  return (
    <>
      <Key name="base" label="base" bits={counts.base} about={base} />
      <Key name="deviation" label="deviation" bits={counts.deviation} about={deviation} />
      <ConstantKey bits={counts.constant} />
    </>
  );
}

function ConstantKey({ bits }: { bits: number }) {
  return <Key name="constant" label="constant" bits={bits} about="the same in every picture of the class" />;
}

/** Numbers of a bit of the class; of its role only where roles are shown. */
function describeBit(
  bits: ImageBitsReport,
  column: number,
  significance: number,
  hasRoles: boolean,
): CellWords {
  const words = describePlaneBit(bits, column, significance);
  return hasRoles ? words : { ...words, role: null, roleWords: '' };
}

/** What a bit of the picture is, and whose. */
function describeOwnBit(
  walk: PictureWalk,
  column: number,
  significance: number,
  hasRoles = false,
): CellWords {
  const { bits, picture } = walk;
  const words = describeBit(bits, column, significance, hasRoles);
  if (significance >= bits.widths[column]) return words;
  const position = bits.starts[column] + bits.widths[column] - 1 - significance;
  const value = ownBit(bits, picture.codes, position, column);
  return { ...words, numbers: `${value} in this picture; ${words.numbers}` };
}

/** The picture, its base, its deviation where that is a picture too, and its bits by role. */
function ApartShot({ walk }: { walk: PictureWalk }) {
  const { bits, picture } = walk;
  const isPixels = TRANSFORM_METAS.byName(bits.transform).column === 'pixel';
  const side = isPixels ? THREE_SIDE : PAIR_SIDE;
  const plan = useMemo(() => planCells(bits), [bits]);
  const tiles = useMemo(() => ownTiles(bits, plan, picture.codes, true), [bits, plan, picture.codes]);
  const name = nameOf(picture.index);
  return (
    <div className="shots-beside">
      <div className="shots-pair">
        <EnlargedPicture
          title={capital(name)}
          label={capital(name)}
          size={sizeOf(walk)}
          side={side}
          pixels={picture.pixels}
        />
        <BasePicture walk={walk} side={side} />
        {isPixels && <DeviationPicture walk={walk} side={side} />}
      </div>
      <BitMaps
        bits={bits}
        tiles={tiles}
        plan={plan}
        label={`Bits of ${name} by role`}
        legend={
          <TileLegend>
            <RoleKeys
              counts={bits.counts}
              base={`read from base #${formatCount(picture.base.id)}`}
              deviation="stored with this picture alone"
            />
            <ScaleKey measure={<b>0 and 1</b>} about="a zero is faint, a one is full" />
          </TileLegend>
        }
        describe={(tile, column) => describeOwnBit(walk, column, tile.significance ?? 0, true)}
      />
    </div>
  );
}

function BasePicture({ walk, side }: { walk: PictureWalk; side?: number }) {
  const { base } = walk.picture;
  return (
    <EnlargedPicture
      title={
        <>
          <span className="role-base">Base</span> #{formatCount(base.id)}
        </>
      }
      label={`Base ${formatCount(base.id)}, every deviation bit zero`}
      size={sizeOf(walk)}
      side={side}
      pixels={base.pixels}
      note="every deviation bit zero"
    />
  );
}

/** What the base leaves of a picture whose bits are those of its pixels: base and deviation add up to it. */
function DeviationPicture({ walk, side }: { walk: PictureWalk; side: number }) {
  const { pixels, base } = walk.picture;
  const deviation = useMemo(
    () => pixels.map((level, column) => level - base.pixels[column]),
    [pixels, base.pixels],
  );
  return (
    <EnlargedPicture
      title={<span className="role-deviation">Deviation</span>}
      label="Deviation, every base bit zero"
      size={sizeOf(walk)}
      side={side}
      pixels={deviation}
      note="every base bit zero"
    />
  );
}

/** The base beside those that share it. */
function SharedShot({ walk, onPicture }: Omit<StageProps, 'shot'>) {
  const { shared, base, index } = walk.picture;
  const count = shared.records.length;
  return (
    <div className="shots-beside">
      <BasePicture walk={walk} />
      <PictureGrid
        label={`Pictures that share base ${formatCount(base.id)}`}
        pictures={shared}
        side={GRID_SIDE}
        describe={(k) => `${nameOf(shared.records[k])}${shared.records[k] === index ? ', this one' : ''}`}
        onChoose={(k) => onPicture(shared.records[k])}
        choosing="takes it apart"
        hint={
          count < base.sharedBy
            ? `${formatCount(count)} of the ${formatCount(base.sharedBy)} that share it.`
            : undefined
        }
      />
    </div>
  );
}

/** A picture before and after, and the difference. */
function BackShot({ walk, decoded, title }: { walk: PictureWalk; decoded: Uint8Array; title: string }) {
  const { pixels, index } = walk.picture;
  const name = nameOf(index);
  const size = sizeOf(walk);
  return (
    <div className="shots-row">
      <EnlargedPicture
        title="Before"
        label={`${capital(name)} as it was`}
        size={size}
        side={SIDE}
        pixels={pixels}
      />
      <EnlargedPicture
        title={title}
        label={`${capital(name)}, ${title.toLowerCase()}`}
        size={size}
        side={SIDE}
        pixels={decoded}
      />
      <DifferencePicture name={name} before={pixels} after={decoded} size={size} side={SIDE} />
    </div>
  );
}

/** The picture, and its brightness and colour as pictures of their own. */
function ChannelsShot({ walk }: { walk: PictureWalk }) {
  const { picture, frequencies } = walk;
  const { width, height } = sizeOf(walk);
  const name = capital(nameOf(picture.index));
  const notes = ['brightness', 'blue against the rest', 'red against the rest'];
  return (
    <div className="shots-row">
      <EnlargedPicture title={name} label={name} size={sizeOf(walk)} pixels={picture.pixels} />
      {frequencies.channelNames.map((channel, k) => (
        <EnlargedPicture
          key={channel}
          title={channel}
          label={`${channel} of ${nameOf(picture.index)}: ${notes[k]}`}
          size={{ width, height, channels: 1 }}
          pixels={frequencies.planes}
          index={k}
          note={notes[k]}
        />
      ))}
    </div>
  );
}

const COLOUR_MAPS = { perRow: [3, 2, 1], least: 90, most: 250 };
const GREY_MAPS = { perRow: [2, 1], least: 120, most: 340 };

/** Magnitudes of coefficients: of the picture, and their means. */
function CoefficientsShot({ walk }: { walk: PictureWalk }) {
  const { frequencies } = walk;
  const { place, channelNames, transform, coefficients, meanMagnitude } = frequencies;
  const [marked, setMarked] = useState<number | null>(null);
  const columns = coefficients.length;
  const plan = useMemo(() => planCells({ columns, place, channelNames }), [columns, place, channelNames]);
  const tiles = useMemo(() => magnitudeTiles(frequencies, plan), [frequencies, plan]);
  const channels = channelNames.length;
  return (
    <TileMap
      label={`Magnitudes of ${formatPlural(columns, 'coefficient')}`}
      plan={plan}
      tiles={tiles}
      headings={NO_HEADINGS}
      sizes={channels > 1 ? COLOUR_MAPS : GREY_MAPS}
      chosen={marked}
      onChoose={(column) => setMarked((last) => (last === column ? null : column))}
      choosing={CHOOSING}
      describe={(tile, column) => ({
        name: capital(placeWords({ transform, place, channelNames }, column)),
        numbers:
          tiles.indexOf(tile) < channels
            ? `coefficient ${formatValue(coefficients[column])}`
            : `mean magnitude ${formatValue(meanMagnitude[column], 3)}`,
        role: null,
        roleWords: '',
      })}
      legend={
        <TileLegend>
          <ScaleKey
            measure={<b>magnitude, on a logarithmic scale</b>}
            about="empty: zero after rounding; full: the largest"
          />
        </TileLegend>
      }
      hint="Point at a coefficient to see its numbers; a click marks it in every map."
    />
  );
}
