/** The context of every value of a picture under a model: of one that is there, or that follows as it is decoded. */
import type { ContextModel } from './model.ts';
import { combine, FramedPicture } from './neighbours.ts';

/** Where the values of a picture come from while it is decoded. */
export interface ValueSource {
  nextMostlyZero(context: number): number;
}

const NOWHERE = new Uint16Array(0);

export class PictureContexts {
  readonly picture: FramedPicture;
  readonly #model: ContextModel;

  constructor(model: ContextModel) {
    this.#model = model;
    this.picture = new FramedPicture(model.shape);
  }

  get residentBytes(): number {
    return this.picture.residentBytes;
  }

  /** Context of every value of the picture that is loaded. */
  find(into: Uint16Array): void {
    this.#visit(into, null);
  }

  /** Reads the picture's values, each in its context. */
  restore(source: ValueSource): void {
    this.#visit(NOWHERE, source);
  }

  #visit(into: Uint16Array, source: ValueSource | null): void {
    if (this.#model.isLookedUp) this.#lookUp(into, source);
    else if (this.picture.channels === 1) this.#walkGrey(into, source);
    else this.#walk(into, source);
  }

  #lookUp(into: Uint16Array, source: ValueSource | null): void {
    const { groundContexts, shares, contexts: table } = this.#model;
    const { values, origin, stride, width, height } = this.picture;
    for (let y = 0, k = 0; y < height; y++) {
      const start = origin + y * stride;
      // Neighbours move on from value to value.
      let west = 0;
      let value = 0;
      let north = values[start - stride - 1];
      let northEast = values[start - stride];
      for (let at = start; at < start + width; at++, k++) {
        const west2 = west;
        west = value;
        const northWest = north;
        north = northEast;
        northEast = values[at - stride + 1];
        const north2 = values[at - 2 * stride];
        const context =
          (west | north | northWest | northEast | west2 | north2) === 0
            ? groundContexts[k]
            : table[
                shares[west] +
                  shares[256 + north] +
                  shares[512 + northWest] +
                  shares[768 + northEast] +
                  shares[1024 + west2] +
                  shares[1280 + north2]
              ];
        if (source === null) {
          into[k] = context;
          value = values[at];
        } else {
          value = source.nextMostlyZero(context);
          values[at] = value;
        }
      }
    }
  }

  /** As `#walk`, of grey pictures: neighbours move on from value to value. */
  #walkGrey(into: Uint16Array, source: ValueSource | null): void {
    const { groundContexts, tree, first } = this.#model;
    const picture = this.picture;
    const { values, origin, stride, width, height, features } = picture;
    for (let y = 0, k = 0; y < height; y++) {
      let at = origin + y * stride;
      let west2 = 0;
      let west = 0;
      let value = 0;
      let northWest = 0;
      let north = 0;
      let northEast = values[at - stride];
      let northEast2 = values[at - stride + 1];
      let north2 = 0;
      let north2East = values[at - 2 * stride];
      for (let x = 0; x < width; x++, at++, k++) {
        const west3 = west2;
        west2 = west;
        west = value;
        const northWest2 = northWest;
        northWest = north;
        north = northEast;
        northEast = northEast2;
        northEast2 = values[at - stride + 2];
        const north2West = north2;
        north2 = north2East;
        north2East = values[at - 2 * stride + 1];
        const north3 = values[at - 3 * stride];
        const near = west | north | northWest | northEast | west2 | north2;
        const far = north2East | north2West | northWest2 | northEast2 | west3 | north3;
        let context = groundContexts[k];
        if ((near | far) !== 0) {
          features[0] = west;
          features[1] = north;
          features[2] = northWest;
          features[3] = northEast;
          features[4] = west2;
          features[5] = north2;
          features[6] = north2East;
          features[7] = north2West;
          features[8] = northWest2;
          features[9] = northEast2;
          features[10] = west3;
          features[11] = north3;
          picture.place(x, y, 0);
          combine(
            features,
            west,
            west2,
            north,
            northWest,
            northEast,
            northWest2,
            northEast2,
            north2,
            north2East,
          );
          context = first + tree.find(features);
        }
        if (source === null) {
          into[k] = context;
          value = values[at];
        } else {
          value = source.nextMostlyZero(context);
          values[at] = value;
        }
      }
    }
  }

  #walk(into: Uint16Array, source: ValueSource | null): void {
    const { groundContexts, tree, first, groundNeighbours } = this.#model;
    const picture = this.picture;
    const { values, origin, stride, width, height, channels, features } = picture;
    for (let y = 0, k = 0; y < height; y++) {
      for (let x = 0, at = origin + y * stride; x < width; x++) {
        for (let channel = 0; channel < channels; channel++, at++, k++) {
          let context = groundContexts[k];
          if (!picture.isGround(at, groundNeighbours)) {
            picture.place(x, y, channel);
            picture.look(at);
            context = first + tree.find(features);
          }
          if (source === null) into[k] = context;
          else values[at] = source.nextMostlyZero(context);
        }
      }
    }
  }
}
