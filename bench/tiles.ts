/** `bench tiles`: cuts photographs into pictures of one odd size, a folder for each, as `bench images` reads them. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import sharp from 'sharp';
import { Options } from './options.ts';

export const TILES_USAGE = `bench tiles PICTURES… --out FOLDER [--width N] [--height N]
Cuts pictures (files, or folders that hold them at any depth) into tiles of one size (201 × 157 unless given), PNG, from
the upper left; what is left over at the right and below is left out. Every picture is a class of its own.`;

const PICTURES = new Set(['.jpg', '.jpeg', '.png', '.webp']);

function picturesAt(path: string): string[] {
  if (PICTURES.has(extname(path).toLowerCase())) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => PICTURES.has(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(path, name));
}

export async function benchTiles(args: string[]): Promise<void> {
  const options = new Options(args, new Set(['help']));
  if (options.flag('help')) {
    console.log(TILES_USAGE);
    return;
  }
  const out = options.text('out');
  const width = options.number('width', 201);
  const height = options.number('height', 157);
  options.end();
  const pictures = options.rest.flatMap(picturesAt);
  if (out === null || pictures.length === 0) throw new Error(TILES_USAGE);
  if (existsSync(out)) throw new Error(`${out} is there already.`);
  let tiles = 0;
  for (const [k, picture] of pictures.entries()) {
    const folder = join(out, `${k}-${basename(picture, extname(picture))}`);
    mkdirSync(folder, { recursive: true });
    const whole = await sharp(picture).metadata();
    for (let top = 0; top + height <= whole.height; top += height) {
      for (let left = 0; left + width <= whole.width; left += width) {
        await sharp(picture)
          .extract({ left, top, width, height })
          .toColourspace('srgb')
          .png()
          .toFile(join(folder, `${top}-${left}.png`));
        tiles++;
      }
    }
  }
  console.log(JSON.stringify({ pictures: pictures.length, tiles, width, height, out }));
}
