import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import type { MaskEditor } from './maskEditor';

/** A colour of a mask file or of the screen, `r,g,b`. */
type Colour = string;

/** Reads the colour of each pixel of a mask file, an indexed PNG. */
export function maskColours(file: string): { width: number; height: number; at(x: number, y: number): Colour } {
  const { width, height, data, palette } = decode(readFileSync(file));
  if (palette === undefined) throw new Error(`${file} has no palette`);
  return { width, height, at: (x, y) => palette[data[y * width + x]].slice(0, 3).join(',') };
}

export interface Sample {
  x: number;
  y: number;
  colour: Colour;
}

/**
 * Samples the screen of the editor at pixels of the picture. Points at an edge between colours are left out, since the
 * position of the pointer is known only to a pixel of the screen.
 */
export async function sampleScreen(editor: MaskEditor, columns = 12, rows = 9): Promise<Sample[]> {
  const box = await editor.stage.boundingBox();
  if (box === null) throw new Error('The picture is not on screen.');
  await editor.page.mouse.move(1, 1); // the region under the pointer is highlighted
  await editor.page.waitForTimeout(300);
  const screen = decode(await editor.page.screenshot());
  const colourAt = (x: number, y: number): Colour => {
    const start = (y * screen.width + x) * screen.channels;
    return Array.from(screen.data.subarray(start, start + 3)).join(',');
  };
  const samples: Sample[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = Math.round(box.x + (box.width * (column + 0.5)) / columns);
      const y = Math.round(box.y + (box.height * (row + 0.5)) / rows);
      const colour = colourAt(x, y);
      const flat = [
        [-2, -2],
        [-2, 2],
        [2, -2],
        [2, 2],
      ].every(([dx, dy]) => colourAt(x + dx, y + dy) === colour);
      const pixel = flat ? await editor.pixelAt(x, y) : undefined;
      if (pixel !== undefined) samples.push({ ...pixel, colour });
    }
  }
  return samples;
}
