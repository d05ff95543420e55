import { encode } from 'fast-png';
import { cut } from '../../../mask/regions/cut';
import type { Hierarchy } from '../../../mask/regions/hierarchy';
import { packMap } from '../../../mask/regions/packedMap';
import { areasOf, type RegionMap } from '../../../mask/regions/regionMap';
import type { MaskView } from '../../../protocol/editorPage';
import type { EditorPage } from './openedPage';

/** A picture of one grey, divided into a grid of rectangles, which merge in reading order as the granularity falls. */
export interface Scene {
  readonly png: Uint8Array;
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
}

export const grey = 0x80;

export function gridScene(width: number, height: number, columns: number, rows: number): Scene {
  const count = columns * rows;
  const ids = Uint16Array.from(
    { length: width * height },
    (_, at) =>
      Math.floor((Math.floor(at / width) * rows) / height) * columns + Math.floor(((at % width) * columns) / width),
  );
  const merges = count - 1;
  return {
    png: encode({ width, height, channels: 1, depth: 8, data: new Uint8Array(width * height).fill(grey) }),
    regions: { width, height, count, ids },
    hierarchy: {
      count,
      left: Uint32Array.from({ length: merges }, (_, k) => (k === 0 ? 0 : count + k - 1)),
      right: Uint32Array.from({ length: merges }, (_, k) => k + 1),
      levels: Float32Array.from({ length: merges }, (_, k) => 1 - (k + 0.5) / count),
    },
  };
}

/** A region's colour: far from its neighbours', the same at every granularity. */
export function colourOf(region: number): string {
  return `#${[37, 101, 173].map(step => ((40 + region * step) % 216).toString(16).padStart(2, '0')).join('')}`;
}

/** The mask that the host would send at a granularity. */
export function maskAt({ hierarchy, regions }: Scene, granularity: number): MaskView {
  const { labelOf, representative, count } = cut(hierarchy, granularity);
  const areas = new Uint32Array(count + 1);
  areasOf(regions).forEach((area, region) => {
    areas[labelOf[region]] += area;
  });
  const labels = Array.from({ length: count }, (_, at) => ({
    value: at + 1,
    name: `Region ${at + 1}`,
    colour: colourOf(representative[at]),
    locked: false,
    area: areas[at + 1],
    representative: representative[at],
  }));
  const colours = Uint8Array.from({ length: 3 * regions.count }, (_, at) =>
    parseInt(colourOf(Math.floor(at / 3)).slice(1 + 2 * (at % 3), 3 + 2 * (at % 3)), 16),
  );
  return { granularity, labelOf, labels, colours, fixed: new Uint8Array(regions.count) };
}

/** Sends a scene as the host does when an image with a mask is opened. */
export async function sendScene(editor: EditorPage, scene: Scene, granularity: number): Promise<void> {
  await editor.send({ type: 'picture', name: 'grid.png', bytes: scene.png, mime: 'image/png' });
  await sendMask(editor, scene, granularity);
  await editor.page.locator('.status .size', { hasText: String(scene.regions.width) }).waitFor();
  await editor.drawn();
}

export async function sendMask(editor: EditorPage, scene: Scene, granularity: number): Promise<void> {
  await editor.send({ type: 'regions', ...packMap(scene.regions) });
  await editor.send({ type: 'hierarchy', hierarchy: scene.hierarchy });
  await editor.send({ type: 'mask', mask: maskAt(scene, granularity) });
  await editor.drawn();
}

/** A mask of four columns and three rows; what it is compared with has two columns. */
export const comparedScene = gridScene(400, 300, 4, 3);
const other = gridScene(400, 300, 2, 3);
export const against = { kind: 'mask' as const, name: 'truth.png', ...other.regions, mask: maskAt(other, 1) };

/** The grey of the picture. */
export const greyHex = '#808080';
/** The colours of the mask itself in its middle row. */
export const mine = [4, 5, 6, 7].map(colourOf);

/**
 * The colours on the screen in the four columns of the middle row, away from a divider in the middle.
 * @param column the column of the stage, where pictures are side by side
 */
export async function seenInRow(editor: EditorPage, column?: number): Promise<string[]> {
  await editor.page.mouse.move(2, 2);
  const screen = await editor.screen();
  const places = await Promise.all(
    [50, 150, 250, 350].map(x => editor.place({ x, y: 120 }, comparedScene.regions, column)),
  );
  return places.map(({ x, y }) => screen(x, y));
}
