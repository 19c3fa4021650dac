/** The scenes of a walk through a class of pictures: what each shows, and what is said of it. */
import { REPRESENTATION_METAS, TRANSFORM_METAS } from '../../../contracts/plugins.ts';
import type { PictureWalk } from '../../../contracts/pictureWalk.ts';
import {
  formatBit,
  formatBytes,
  formatCount,
  formatPercent,
  formatPlural,
  formatValue,
} from '../../../ui/format.ts';
import { fidelityWords, shapeWords } from '../../../ui/pictures/words.ts';
import { countPlanes, narrowestColumn, widestColumn } from '../../pictures/cells.ts';
import { lastPrefix, sizesBy } from '../searchSteps.ts';
import type { Scene } from '../Stepper.tsx';
import { countsAt, shownPrefixes } from './walkSteps.ts';

/** What stands on the stage. */
export type Shot =
  | { kind: 'class' | 'bits' | 'shares' | 'entropy' }
  /** The base with so many bits added, and how many it had in the scene before. */
  | { kind: 'base'; added: number; before: number }
  | { kind: 'apart' | 'shared' | 'together' }
  | { kind: 'channels' | 'coefficients' | 'rounded' };

export interface WalkScene extends Scene {
  shot: Shot;
}

/** All scenes in their order. Frequencies come first where they are what is encoded, else they are the other route. */
export function scenesOf(walk: PictureWalk): WalkScene[] {
  const isRoute = TRANSFORM_METAS.byName(walk.bits.transform).usesRepresentation;
  const beginning = [classScene(walk)];
  const bits = [
    bitsScene(walk),
    sharesScene(walk),
    entropyScene(walk),
    ...shownPrefixes(walk.search).map((added, k, all) => baseScene(walk, added, k === 0 ? 0 : all[k - 1])),
    apartScene(walk),
    sharedScene(walk),
    togetherScene(walk),
  ];
  const frequencies = frequencyScenes(walk, isRoute);
  return isRoute ? [...beginning, ...frequencies, ...bits] : [...beginning, ...bits, ...frequencies];
}

const sizeOf = ({ width, height, channels }: PictureWalk['pictures']) => ({ width, height, channels });

/** "bit 1 of 8 (top) 12 %, bit 2 of 8 40 %" */
function byPlane(rows: readonly { significance: number; share: number }[]): string {
  return rows
    .map(({ share }, k) => `${formatBit(k + 1, rows.length, true)} ${formatPercent(share, 0)}`)
    .join(', ');
}

function classScene(walk: PictureWalk): WalkScene {
  const { bits, pictures, rawBytes, ofClass, tiny } = walk;
  const records = bits.trainRecords;
  const darkest = bits.mean.reduce((least, level) => Math.min(least, level), 255);
  const brightest = bits.mean.reduce((most, level) => Math.max(most, level), 0);
  return {
    shot: { kind: 'class' },
    title: `The class “${bits.className}”`,
    text: (
      <>
        <p>
          {formatPlural(records, 'picture')}, {shapeWords(sizeOf(pictures))}
          {pictures.channels === 1 ? ', a byte for each pixel' : ', three bytes for each pixel'}: together{' '}
          {formatBytes(rawBytes)}. Their mean is sharp where the pictures agree and blurred where they differ.
        </p>
        <p>What they agree on need not be stored with every one of them. Choose one to be taken apart.</p>
        {tiny !== null && (
          <p>
            These are drawn on the spot, so that there is nothing to download. Real pictures, which have more
            noise and share less, are one press away above.
          </p>
        )}
        {records < ofClass && (
          <p>
            The first {formatCount(records)} of the {formatCount(ofClass)} training pictures of the class are
            looked at.
          </p>
        )}
      </>
    ),
    spoken: `${formatPlural(pictures.records.length, 'picture')} of the class in rows, and the mean of all ${formatCount(records)} beside them, with levels from ${formatCount(darkest)} to ${formatCount(brightest)}.`,
  };
}

function bitsScene(walk: PictureWalk): WalkScene {
  const { bits, picture, representation } = walk;
  const { column } = TRANSFORM_METAS.byName(bits.transform);
  const rows = onesByPlane(walk);
  const brightest = picture.pixels.reduce((most, level) => Math.max(most, level), 0);
  return {
    shot: { kind: 'bits' },
    title: column === 'pixel' ? 'A pixel is eight bits' : 'A coefficient is a handful of bits',
    text:
      column === 'pixel' ? (
        <>
          <p>
            A level from 0 to 255 is a binary number of eight digits: the brightest one of this picture,{' '}
            {formatCount(brightest)}, is <code>{brightest.toString(2).padStart(8, '0')}</code>. So a picture
            is eight planes of ones and zeros.
          </p>
          <p>The top bit halves the range; the last one is the difference of a single level.</p>
        </>
      ) : (
        <>
          <p>
            Rounded coefficients are whole numbers. Each has as many bits as its range in this class needs
            {widestColumn(bits) > 0 &&
              `, ${formatCount(narrowestColumn(bits))} to ${formatCount(widestColumn(bits))} here`}
            ; one that is the same in all pictures needs none.
          </p>
          {representation !== null && <p>{REPRESENTATION_METAS.find(representation)?.sentence}</p>}
        </>
      ),
    spoken: `The bits of picture ${formatCount(picture.index)}, plane by plane, with the share of ones: ${byPlane(rows)}.`,
  };
}

/** Share of ones of the picture's own bits, most significant first. */
function onesByPlane({ bits, picture }: PictureWalk): { significance: number; share: number }[] {
  const widest = widestColumn(bits);
  const ones = new Uint32Array(widest);
  const all = new Uint32Array(widest);
  for (let column = 0; column < bits.columns; column++) {
    for (let significance = 0; significance < bits.widths[column]; significance++) {
      all[significance]++;
      ones[significance] += (picture.codes[column] >>> significance) & 1;
    }
  }
  return Array.from(ones, (count, significance) => ({
    significance,
    share: count / Math.max(1, all[significance]),
  })).reverse();
}

function sharesScene({ bits }: PictureWalk): WalkScene {
  const widest = widestColumn(bits);
  const ones = new Float64Array(widest);
  const all = new Float64Array(widest);
  for (let column = 0; column < bits.columns; column++) {
    for (let k = 0; k < bits.widths[column]; k++) {
      const significance = bits.widths[column] - 1 - k;
      ones[significance] += bits.ones[bits.starts[column] + k];
      all[significance] += bits.trainRecords;
    }
  }
  const rows = Array.from(ones, (count, significance) => ({
    significance,
    share: count / Math.max(1, all[significance]),
  })).reverse();
  return {
    shot: { kind: 'shares' },
    title: 'How often each bit is one',
    text: (
      <>
        <p>
          The same planes, counted over all {formatPlural(bits.trainRecords, 'picture')} of the class: the
          share p of them in which a bit is one.
        </p>
        <p>
          Empty is never, full is always: there the pictures agree. Half-way is a bit that tells them apart.
        </p>
      </>
    ),
    spoken: `Share of ones over the class, plane by plane: ${byPlane(rows)}.`,
  };
}

function entropyScene({ bits, search }: PictureWalk): WalkScene {
  const rows = countPlanes(bits).map(({ meanEntropy, constant, bits: all }, k, planes) => ({
    words: `${formatBit(k + 1, planes.length, true)} ${formatValue(meanEntropy, 2)}${constant > 0 ? `, ${formatCount(constant)} of ${formatCount(all)} constant` : ''}`,
  }));
  return {
    shot: { kind: 'entropy' },
    title: 'The entropy of every bit',
    text: (
      <>
        <p>
          Entropy says how hard a bit is to foretell: H = −p log₂ p − (1 − p) log₂(1 − p), 0 where it never
          changes, 1 where it is a coin toss.
        </p>
        <p>
          {formatCount(search.constantBits)} of {formatPlural(search.recordBits, 'bit')} never change
          (hatched). Faint ones hardly do: those are what pictures can share. Full ones are close to a coin
          toss.
        </p>
      </>
    ),
    spoken: `Mean entropy by plane: ${rows.map(({ words }) => words).join('; ')}.`,
  };
}

/** One prefix of the search, and the one of the scene before. */
function baseScene(walk: PictureWalk, added: number, before: number): WalkScene {
  const { search, bits, rawBytes } = walk;
  const { chosen, baseCounts } = search;
  const size = sizesBy(search);
  const at = (k: number): string =>
    `${formatBytes(size[k] / 8)}, ${formatPercent(size[k] / 8 / Math.max(1, rawBytes))} of the pixels`;
  const bases = formatPlural(baseCounts[added], 'base');
  const { constant, base, deviation } = countsAt(search, added);
  const isEnd = added === lastPrefix(search);
  const spoken = `Constant ${formatPlural(constant, 'bit')}, base ${formatPlural(base, 'bit')}, deviation ${formatPlural(deviation, 'bit')}; ${bases}; size ${at(added)}.`;
  const shot: Shot = { kind: 'base', added, before };
  if (added === 0) {
    return {
      shot,
      title: 'The base begins with what never changes',
      text: (
        <>
          <p>
            {formatPlural(constant, 'bit')} {constant === 1 ? 'is' : 'are'} the same in all{' '}
            {formatPlural(bits.trainRecords, 'picture')}: the <span className="role-base">base</span> to begin
            with, stored once for all of them.
          </p>
          {deviation === 0 ? (
            <p>That is every bit there is: the pictures are all alike, and the search is over.</p>
          ) : (
            <p>
              The other {formatCount(deviation)} stay with each picture as its{' '}
              <span className="role-deviation">deviation</span>. Size: {at(0)}.
            </p>
          )}
          {chosen === 0 && deviation > 0 && (
            <p>No bit more will make it smaller, as the next steps show: the base stays as it is.</p>
          )}
        </>
      ),
      spoken,
    };
  }
  if (added === chosen) {
    return {
      shot,
      title: `The smallest size: ${formatPlural(added, 'bit')}`,
      text: (
        <>
          <p>
            With {formatPlural(added, 'bit')} added and {bases} the size is smallest: {at(added)}. These bits
            are the <span className="role-base">base</span>.
          </p>
          {isEnd ? <p>{stopWords(walk)}</p> : <p>That nothing smaller comes shows only by going on.</p>}
        </>
      ),
      spoken,
    };
  }
  if (isEnd) {
    return { shot, title: 'The search stops', text: <p>{stopWords(walk)}</p>, spoken };
  }
  const isPast = added > chosen;
  return {
    shot,
    title: `${formatPlural(added, 'bit')} added: ${bases}`,
    text: (
      <>
        <p>
          {isPast
            ? 'Past the turn: a further bit costs more in new bases than it saves in deviations.'
            : 'Bits join from the lowest entropy up. Pictures that agree on all of them share a base.'}
        </p>
        <p>
          {formatPlural(added - before, 'bit')} more,{' '}
          {formatPlural(baseCounts[added] - baseCounts[before], 'base')} more: from{' '}
          {formatBytes(size[before] / 8)} to {at(added)}.
        </p>
      </>
    ),
    spoken,
  };
}

/** Why the search ended, and what it goes back to. */
function stopWords({ search }: PictureWalk): string {
  const last = lastPrefix(search);
  const { chosen, tau } = search;
  const reasons: Record<typeof search.stop, string> = {
    plateau: `${formatPlural(tau, 'bit')} in a row (τ) brought no gain, so the search stops.`,
    'all-distinct':
      'Every picture has a base of its own now: nothing is shared any more, and the search stops.',
    exhausted: 'There is no bit left to add.',
  };
  const back =
    chosen === last ? '' : ` It goes back to the smallest size it saw: ${formatPlural(chosen, 'bit')} added.`;
  return `${reasons[search.stop]}${back}`;
}

function apartScene(walk: PictureWalk): WalkScene {
  const { search, picture, bits } = walk;
  const isPixels = TRANSFORM_METAS.byName(bits.transform).column === 'pixel';
  const { chosen } = search;
  const { idBits, baseBits, recordBits } = search;
  const deviation = recordBits - baseBits[chosen];
  const kept = idBits[chosen] + deviation;
  return {
    shot: { kind: 'apart' },
    title: 'One picture taken apart',
    text: (
      <>
        <p>
          Picture {formatCount(picture.index)} keeps the number of its <span className="role-base">base</span>
          , <span className="role-id">#{formatCount(picture.base.id)}</span> of{' '}
          {formatCount(search.baseCounts[chosen])} ({formatPlural(idBits[chosen], 'bit')}), and its{' '}
          <span className="role-deviation">deviation</span> ({formatPlural(deviation, 'bit')}):{' '}
          {formatPlural(kept, 'bit')} in place of {formatCount(8 * picture.pixels.length)}.
        </p>
        <p>
          The base as a picture is what is left when every bit of the deviation is zero
          {isPixels
            ? ', and the deviation what is left without the base. Added up they are the picture.'
            : '.'}
        </p>
      </>
    ),
    spoken: `The picture, its base${isPixels ? ' and its deviation as pictures' : ' as a picture'}, and its bits in the colours of their roles: ${formatPlural(bits.counts.constant, 'constant bit')}, ${formatPlural(bits.counts.base, 'base bit')}, ${formatPlural(deviation, 'deviation bit')}.`,
  };
}

function sharedScene({ search, picture, bits }: PictureWalk): WalkScene {
  const { base } = picture;
  const others = base.sharedBy - 1;
  const bases = search.baseCounts[search.chosen];
  return {
    shot: { kind: 'shared' },
    title: others === 0 ? 'A base of its own' : `${formatPlural(base.sharedBy, 'picture')} share the base`,
    text: (
      <>
        {others === 0 ? (
          <p>
            No other picture agrees with this one on all bits of the base: here the base saves nothing. Choose
            another picture to see one that is shared.
          </p>
        ) : (
          <p>
            They agree on all {formatPlural(search.baseBits[search.chosen], 'bit')} of the base, which stand
            in the file once for all of them. What differs is in their deviations.
          </p>
        )}
        <p>
          {formatPlural(bases, 'base')} {bases === 1 ? 'serves' : 'serve'}{' '}
          {formatPlural(bits.trainRecords, 'picture')}.
        </p>
      </>
    ),
    spoken: `Base ${formatCount(base.id)} as a picture, and ${formatPlural(picture.shared.records.length, 'picture')} of the ${formatCount(base.sharedBy)} that share it.`,
  };
}

function togetherScene({ picture, bits, fileBytes, rawBytes }: PictureWalk): WalkScene {
  const isExact = picture.fidelity.kind === 'exact';
  const { column, isLossless } = TRANSFORM_METAS.byName(bits.transform);
  const after = isLossless
    ? 'The difference is zero: nothing is lost.'
    : isExact
      ? 'Rounding has changed nothing in this picture: the difference is zero.'
      : `Only the rounding before them shows: ${fidelityWords(picture.fidelity)}.`;
  return {
    shot: { kind: 'together' },
    title: 'Put back together',
    text: (
      <>
        <p>
          Base and deviation together are every bit of every {column} again. {after}
        </p>
        <p>
          As a file of their own, with every header and checksum, the{' '}
          {formatPlural(bits.trainRecords, 'picture')} take {formatBytes(fileBytes)},{' '}
          {formatPercent(fileBytes / Math.max(1, rawBytes))} of the pixels. Any of them is read without the
          others.
        </p>
      </>
    ),
    spoken: `Picture ${formatCount(picture.index)} as it was, the same read back from the archive, and their difference: ${
      isExact ? 'zero everywhere' : fidelityWords(picture.fidelity)
    }.`,
  };
}

/** "Y from 60 to 220, Cb from 110 to 130" */
function rangesOf({ channelNames, planes }: PictureWalk['frequencies']): string {
  const area = planes.length / channelNames.length;
  return channelNames
    .map((name, k) => {
      const levels = planes.subarray(k * area, (k + 1) * area);
      const least = levels.reduce((low, level) => Math.min(low, level), 255);
      const most = levels.reduce((high, level) => Math.max(high, level), 0);
      return `${name} from ${formatCount(least)} to ${formatCount(most)}`;
    })
    .join(', ');
}

/** @param isRoute whether they are what is encoded, or only shown as the other route */
function frequencyScenes(walk: PictureWalk, isRoute: boolean): WalkScene[] {
  const { frequencies, pictures, picture } = walk;
  const { coefficients, fidelity } = frequencies;
  const kept = coefficients.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  const largest = coefficients.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const surviving = `${formatCount(kept)} of ${formatPlural(coefficients.length, 'coefficient')}`;
  const lead = isRoute ? null : (
    <p>
      Pixels as they are suit pictures with much that never changes. Photographs take this route instead:
      frequencies, most of which are small.
    </p>
  );
  const meta = TRANSFORM_METAS.byName(frequencies.transform);
  const scenes: WalkScene[] = [];
  if (pictures.channels === 3) {
    scenes.push({
      shot: { kind: 'channels' },
      title: isRoute ? 'Colour as brightness and two differences' : 'The other route: brightness and colour',
      text: (
        <>
          {lead}
          <p>
            Red, green and blue rise and fall together. Y is the brightness; Cb and Cr say how far blue and
            red are from it. Most of what is to be seen is in Y, and Cb and Cr are smooth.
          </p>
        </>
      ),
      spoken: `Picture ${formatCount(picture.index)}, and its channels as grey pictures: ${rangesOf(frequencies)}.`,
    });
  }
  scenes.push({
    shot: { kind: 'coefficients' },
    title:
      isRoute || pictures.channels === 3 ? 'Frequencies in place of pixels' : 'The other route: frequencies',
    text: (
      <>
        {pictures.channels === 1 && lead}
        <p>
          The discrete cosine transform (DCT) writes{' '}
          {pictures.channels === 1 ? 'the picture' : 'each channel'} as a sum of waves: {meta.map}.
        </p>
        <p>
          Rounded to whole numbers, {surviving} of this picture are not zero; the largest has magnitude{' '}
          {formatCount(largest)}.
        </p>
      </>
    ),
    spoken: `Maps of magnitudes, faint to full: of this picture, where ${surviving} are not zero, and their mean over the class.`,
  });
  scenes.push({
    shot: { kind: 'rounded' },
    title: 'Rounded, and back',
    text: (
      <>
        <p>
          Rounding to whole numbers is all that is lost, at most half a unit of each coefficient.{' '}
          {fidelity.kind === 'exact'
            ? 'This picture comes back exactly all the same.'
            : `This picture comes back nearly as it was, ${fidelityWords(fidelity)}.`}
        </p>
        <p>
          {isRoute
            ? 'The rounded coefficients are what is encoded from here on, bit for bit.'
            : 'The bits of the rounded coefficients are then divided into bases and deviations in the same way.'}
        </p>
      </>
    ),
    spoken: `Picture ${formatCount(picture.index)} before and after, and their difference: ${fidelityWords(fidelity)}.`,
  });
  return scenes;
}
