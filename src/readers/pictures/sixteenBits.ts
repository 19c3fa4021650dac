/**
 * Samples of sixteen bits, of which a set of pictures keeps eight: their high byte, or their place in the range that the
 * whole set has. Scanners and microscopes fill a few of the sixteen bits only, and the high byte leaves little of them.
 */
import type { DepthFacts, DepthRule, ReadNotice } from '../imageReading.ts';

export class SixteenBits {
  private readonly rule: DepthRule;
  private low = 0xffff;
  private high = 0;
  private pictures = 0;
  /** Whether every sample is one of eight bits with both bytes alike. */
  private areAlike = true;

  constructor(rule: DepthRule = 'high') {
    this.rule = rule;
  }

  /** Whether the samples of all pictures have to be looked at before any of them becomes bytes. */
  get wantsLook(): boolean {
    return this.rule === 'stretch';
  }

  /**
   * Takes a picture's samples into the range. Alpha has no part in it: it goes from 0 to 65,535 whatever the others do.
   *
   * @param channels samples of a pixel; the last one of 2 and of 4 is alpha
   */
  look(samples: Uint16Array, channels: number): void {
    const colours = channels - (channels % 2 === 0 ? 1 : 0);
    for (let pixel = 0; pixel < samples.length; pixel += channels)
      for (let i = pixel; i < pixel + colours; i++) {
        const sample = samples[i];
        if (sample < this.low) this.low = sample;
        if (sample > this.high) this.high = sample;
        if (sample >>> 8 !== (sample & 0xff)) this.areAlike = false;
      }
  }

  /** A picture's samples as bytes. */
  bytesOf(samples: Uint16Array, channels: number): Uint8Array {
    this.pictures++;
    if (!this.wantsLook) this.look(samples, channels);
    const bytes = new Uint8Array(samples.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = samples[i] >>> 8;
    const range = this.high - this.low;
    if (this.wantsLook && range > 0) this.stretch(samples, channels, bytes);
    return bytes;
  }

  private stretch(samples: Uint16Array, channels: number, bytes: Uint8Array): void {
    const colours = channels - (channels % 2 === 0 ? 1 : 0);
    const { low } = this;
    const range = this.high - low;
    // 255 (sample − low) / range, rounded; whole numbers throughout.
    for (let pixel = 0; pixel < samples.length; pixel += channels)
      for (let i = pixel; i < pixel + colours; i++)
        bytes[i] = Math.floor((510 * (samples[i] - low) + range) / (2 * range));
  }

  /** What became of the samples; null where there were none. */
  facts(): DepthFacts | null {
    const { rule, pictures, low, high } = this;
    return pictures === 0 ? null : { rule, pictures, low, high };
  }

  /** @param others pictures of the set whose samples have eight bits or fewer */
  notices(others: number): ReadNotice[] {
    const { pictures, low, high } = this;
    if (pictures === 0) return [];
    const found =
      pictures === 1 ? 'A picture has 16 bits a value' : `${pictures} pictures have 16 bits a value`;
    if (this.areAlike && !this.wantsLook)
      return [{ code: 'depth-cut', text: `${found}, twice the same 8 each; nothing was lost by keeping 8.` }];
    const range = `from ${low} to ${high}`;
    if (!this.wantsLook) {
      const levels = (high >>> 8) - (low >>> 8) + 1;
      const left = levels === 1 ? '1 level is' : `${levels} levels are`;
      const text = `${found}, of which the high 8 were kept. The values go ${range}, so that ${left} left of them; they can be stretched over 0 … 255 instead.`;
      return [{ code: 'depth-cut', text }];
    }
    const kept =
      others === 1
        ? ' The other, of 8 bits, was left as it is.'
        : ` The ${others} others, of 8 bits, were left as they are.`;
    return [
      {
        code: 'depth-stretched',
        text: `${found}; the range ${range} was stretched over 0 … 255.${others > 0 ? kept : ''}`,
      },
    ];
  }
}
