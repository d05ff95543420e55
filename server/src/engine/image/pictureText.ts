import path from 'node:path';
import interFile from '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf';
import sharp from 'sharp';

/**
 * The font of text in pictures, which comes with the program: text looks the same everywhere, and machines without
 * fonts have it too. Scripts that it lacks are taken from the system's fonts.
 */
const [family, weight, file] = ['Inter', 500, path.join(__dirname, interFile)];

/** Attributes of an SVG's text elements that draw them in the font, once it is loaded. */
export const fontAttributes = `font-family="${family}, sans-serif" font-weight="${weight}"`;

/**
 * Loads the font for all SVGs drawn from then on: the library itself takes fonts from files only for texts of its own.
 */
export async function loadFont(): Promise<void> {
  await textWidth('x', 12);
}

/** The width in pixels of a line of text, by the size of its letters in pixels. Loads the font. */
export async function textWidth(text: string, size: number): Promise<number> {
  if (text.trim() === '') return 0;
  const { info } = await sharp({
    text: { text: escapeMarkup(text), font: `${family} Medium ${size}`, fontfile: file, dpi: 72, rgba: true },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return info.width;
}

/** Escapes text for SVG and Pango markup, and replaces control characters, which neither may have. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`).replace(/\p{Cc}/gu, '?');
}
