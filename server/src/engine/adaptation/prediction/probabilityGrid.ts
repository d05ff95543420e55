import type { TensorValue } from '../../graph/core/operation';
import { imageShape } from '../../graph/core/tensorShape';
import type { Size } from '../../image/picture';
import { neighbours } from './sampling';
import type { Span, Tile } from './tilePlan';

/** A prediction of one tile of a picture that was scaled to some size. */
export interface TilePrediction {
  /** Probabilities [1,classes,h,w] of the tile. */
  readonly probabilities: TensorValue;
  readonly tile: Tile;
  /** The size of the scaled picture. */
  readonly size: Size;
  /** Whether the tile was shown to the network mirrored left to right. */
  readonly mirrored: boolean;
}

/**
 * The mean of several predictions of one picture, on a common grid: multi-scale inference (Chen et al., DeepLab, TPAMI
 * 2018, section 4.1), with the mean of probabilities in place of their maximum.
 */
export class ProbabilityGrid {
  private readonly sums: Float32Array;

  /**
   * @param share the weight of each prediction of the whole picture: one over their number
   */
  constructor(
    private readonly classes: number,
    private readonly size: Size,
    private readonly share: number,
  ) {
    this.sums = new Float32Array(classes * size.width * size.height);
  }

  /** Adds a tile, interpolated bilinearly, so that the tiles of one plan together add the whole picture. */
  add({ probabilities, tile, size, mirrored }: TilePrediction): void {
    const { width, height } = this.size;
    const [, , rows, columns] = imageShape(probabilities.shape);
    const { data } = probabilities;
    const across = placesOf(tile.across, size.width, width);
    const down = placesOf(tile.down, size.height, height);
    const line = new Float32Array(columns);
    for (let channel = 0; channel < this.classes; channel++) {
      const plane = channel * rows * columns;
      for (const [y, row, upper, lower] of down) {
        line.fill(0);
        for (const [at, weight] of [
          [row, upper],
          [row + 1, lower],
        ] as const) {
          if (weight === 0) continue;
          const start = plane + at * columns;
          for (let x = 0; x < columns; x++) line[x]! += weight * data[start + (mirrored ? columns - 1 - x : x)]!;
        }
        const target = (channel * height + y) * width;
        for (const [x, column, left, right] of across) {
          const value = (left === 0 ? 0 : left * line[column]!) + (right === 0 ? 0 : right * line[column + 1]!);
          this.sums[target + x]! += this.share * value;
        }
      }
    }
  }

  /** The mean probabilities [1,classes,h,w], once every prediction was added. */
  mean(): TensorValue {
    return { shape: [1, this.classes, this.size.height, this.size.width], data: this.sums };
  }
}

/** A place of the grid; the place before it in the tile; and the weights of that one and of the next one. */
type Place = readonly [place: number, before: number, weight: number, nextWeight: number];

/** Finds the places of an axis of the grid that a tile reaches. Places outside the tile have the weight 0. */
function placesOf({ start, weights }: Span, size: number, gridSize: number): Place[] {
  const at = (index: number) => weights[index] ?? 0;
  return Array.from({ length: gridSize }, (_, place) => {
    const [before, rest] = neighbours(place, gridSize, size);
    const first = before - start;
    return [place, first, (1 - rest) * at(first), rest * at(first + 1)] as const;
  }).filter(([, , weight, next]) => weight > 0 || next > 0);
}
