/** Puts maps on a canvas: their pixels are made once and kept until the maps, their size or the theme change. */
import { readPalette } from '../../ui/charts/palette.ts';
import type { CellPlan, Tile } from './cells.ts';
import { codeColours, paintTile, TILE_TOKENS } from './paintTile.ts';
import type { TileLayout } from './tileLayout.ts';

/** A function that draws the maps at their places; it keeps their pixels between calls. */
export function createTilePainter(
  plan: CellPlan,
  tiles: readonly Tile[],
  layout: TileLayout,
): (context: CanvasRenderingContext2D) => void {
  let theme = '';
  let images: ImageData[] = [];
  return (context) => {
    const colours = readPalette(context.canvas, TILE_TOKENS);
    const key = JSON.stringify(colours);
    if (key !== theme || images.length !== tiles.length) {
      theme = key;
      const table = codeColours(colours);
      images = tiles.map((tile) => {
        const image = context.createImageData(layout.columns * layout.scale, layout.rows * layout.scale);
        paintTile(image.data, tile, plan, layout, table, colours);
        return image;
      });
    }
    // Pixels go past the context's scale: places are in screen pixels.
    images.forEach((image, index) => {
      const { x, y } = layout.corners[index];
      context.putImageData(image, Math.round(x * layout.ratio), Math.round(y * layout.ratio));
    });
  };
}
