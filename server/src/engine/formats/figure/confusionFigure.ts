import sharp from 'sharp';
import { escapeMarkup, fontAttributes, loadFont } from '../../image/pictureText';
import { rowsOf, type Confusion } from '../../metrics/confusion';

const cell = 44;
const margin = 16;

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

/**
 * Draws a confusion matrix: a row for each class of the truth, a column for each prediction, the darker the greater the
 * share of the row. The last column has the pixels predicted as no class, where there are any.
 * @returns the bytes of a PNG
 */
export async function drawConfusionMatrix(names: readonly string[], confusion: Confusion): Promise<Buffer> {
  await loadFont();
  const missed = confusion.missed.some(count => count > 0);
  const rows = rowsOf(confusion).map((row, c) => (missed ? [...row, confusion.missed[c]!] : row));
  const columns = [...names, ...(missed ? ['none'] : [])].map(shortened);
  const side = margin + 8 * Math.max(...columns.map(name => name.length)) + 8; // room for names
  const [width, height] = [side + cell * columns.length + margin, side + cell * names.length + margin];
  const parts = rows.flatMap((row, r) => {
    const pixels = row.reduce((sum, count) => sum + count, 0);
    const y = side + r * cell;
    const name = escapeMarkup(shortened(names[r]!));
    return [
      `<text x="${side - 8}" y="${y + cell / 2 + 5}" text-anchor="end">${name}</text>`,
      ...row.map((count, c) => {
        const share = pixels === 0 ? 0 : count / pixels;
        const x = side + c * cell;
        const shade = `hsl(215, 70%, ${100 - Math.round(65 * share)}%)`;
        const ink = share > 0.6 ? '#fff' : '#222';
        const position = `x="${x + cell / 2}" y="${y + cell / 2 + 5}"`;
        const text =
          pixels === 0 ? '' : `<text ${position} text-anchor="middle" fill="${ink}">${Math.round(100 * share)}</text>`;
        return `<rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="${shade}" stroke="#ccc"/>${text}`;
      }),
    ];
  });
  const heads = columns.map((name, c) => {
    const x = side + c * cell + cell / 2 + 5;
    return `<text transform="translate(${x} ${side - 8}) rotate(-90)">${escapeMarkup(name)}</text>`;
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" `,
    `${fontAttributes} font-size="14" fill="#222">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...heads,
    ...parts,
    '</svg>',
  ].join('');
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}
