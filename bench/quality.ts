import { evaluatePhoto, type Curve } from './quality/photo';
import { printTable } from './quality/table';
import { photos } from './quality/photos';
import { parseArgs } from 'node:util';
import { variants } from './quality/variants';

/**
 * Quality of the default method and of the same hierarchy from colour alone, over a folder with `images` and `truth`:
 * `npm run bench:quality -- --data DIR [--limit N] [--variant NAME…]`
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, limit: { type: 'string', default: '1000' }, variant: { type: 'string', multiple: true } } });
  if (!values.data) throw new Error('Say where the photos are: --data DIR, a folder with images/ID.jpg and truth/ID.0.png, ID.1.png, …');
  const chosen = values.variant ?? Object.keys(variants);
  const curves = new Map<string, Curve[]>(chosen.map(name => [name, []]));
  for (const photo of await photos(values.data, Number(values.limit))) {
    for (const name of chosen) curves.get(name)!.push(await evaluatePhoto(photo, variants[name]));
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  printTable(curves);
}

void main();
