import path from 'node:path';
import interFile from '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf';
import sharp from 'sharp';

/**
 * Text in pictures, in a font of our own: it looks the same everywhere, and is there on machines without fonts. Scripts
 * that the font lacks are taken from the system's.
 */
const [family, weight, file] = ['Inter', 500, path.join(__dirname, interFile)];

/** What an SVG's text elements need to be drawn in the font, once it is loaded. */
export const fontAttributes = `font-family="${family}, sans-serif" font-weight="${weight}"`;

/**
 * Makes the font known to the library, for all SVGs from then on: it takes fonts from files for texts of its own alone.
 */
export async function loadFont(): Promise<void> {
  await textWidth('x', 12);
}

/** Width of a line of text, pixels, at a size of the letters in pixels. Loads the font. */
export async function textWidth(text: string, size: number): Promise<number> {
  if (text.trim() === '') return 0;
  const { info } = await sharp({
    text: { text: escapeMarkup(text), font: `${family} Medium ${size}`, fontfile: file, dpi: 72, rgba: true },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return info.width;
}

/** Text as it may stand in SVG and in markup of texts, without control characters, which neither may have. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`).replace(/\p{Cc}/gu, '?');
}
