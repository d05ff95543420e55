import path from 'node:path';
import interFile from '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf';
import sharp from 'sharp';
import type { Piece } from './pieces';

/** A stretch of text in one colour (`#rrggbb`). */
export interface Stretch { readonly text: string; readonly colour: string }

/** A font of our own, so that text looks the same everywhere and is there on machines without fonts. Scripts that it lacks are the system's. */
const font = { family: 'Inter Medium', file: path.join(__dirname, interFile) };

/**
 * A line of text as a picture. Lines of one size have one height, so that they stand on one line side by side.
 * @param size of the letters, pixels
 */
export async function renderText(stretches: readonly Stretch[], size: number): Promise<Piece> {
  const text = stretches.map(stretch => `<span foreground="${stretch.colour}">${escaped(stretch.text)}</span>`).join('');
  const { data, info } = await sharp({ text: { text, font: `${font.family} ${size}`, fontfile: font.file, dpi: 72, rgba: true } }).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

/** Text for Pango's markup; a control character would end it. */
function escaped(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
