import type { EditorPage } from './editorPage';
import { colourOf, gridScene, maskAt } from './scene';

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
