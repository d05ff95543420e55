import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'fast-png';
import sharp from 'sharp';

/** Writes files below a folder, making the folders they lie in. */
export async function writeTree(root: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
}

/** Makes a picture of one colour. */
export function photo(
  width: number,
  height: number,
  format: 'png' | 'jpeg' = 'png',
  colour = '#336699',
): Promise<Uint8Array> {
  const plain = sharp({ create: { width, height, channels: 3, background: colour } });
  return plain.toFormat(format).toBuffer();
}

/** Makes a PNG of palette indices, whose colours are unrelated to them. */
export function indexed(width: number, values: readonly number[]): Uint8Array {
  const palette = Array.from({ length: 256 }, (_, index) => [255 - index, 7, (index * 5) % 256]);
  return encode({
    width,
    height: values.length / width,
    data: Uint8Array.from(values),
    depth: 8,
    channels: 1,
    palette,
  });
}

export function grey(width: number, values: readonly number[]): Uint8Array {
  return encode({ width, height: values.length / width, data: Uint8Array.from(values), depth: 8, channels: 1 });
}

export function grey16(width: number, values: readonly number[]): Uint8Array {
  return encode({ width, height: values.length / width, data: Uint16Array.from(values), depth: 16, channels: 1 });
}

/** Makes a PNG of colours, 0xrrggbb a pixel. */
export function coloured(width: number, colours: readonly number[]): Uint8Array {
  const data = Uint8Array.from(colours.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return encode({ width, height: colours.length / width, data, depth: 8, channels: 3 });
}

/** Makes a PNG of 16 bits a channel: the class, the instance, and a channel that means nothing. */
export function instances(width: number, values: readonly (readonly [number, number])[]): Uint8Array {
  const data = Uint16Array.from(values.flatMap(([value, instance]) => [value, instance, 54321]));
  return encode({ width, height: values.length / width, data, depth: 16, channels: 3 });
}
