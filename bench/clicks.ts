// `npm run bench:clicks -- --data DIR [--first N] [--count N] [--clicks N] [--python FILE] [--fresh]`
//
// How many clicks an object takes: a simulated person clicks in the middle of the largest error, on the photos of a
// folder with images/ID.png and truth/ID.0.png, …, from the photo of number --first on, at most --clicks (20) times;
// figures that fewer clicks do not tell are left out. --python names a Python with scikit-image and
// opencv-python-headless, whose random walker and GrabCut are measured by the same rules.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { defaultSettings } from '../protocol/settings';
import { loadImage } from '../server/src/engine/image/loadImage';
import { cachedHierarchy } from './clicks/cachedHierarchy';
import { objectsOf } from './clicks/clickedObjects';
import { ClickedPhoto } from './clicks/clickedPhoto';
import { mostClicks, type Played, tableHead, tableRow } from './clicks/clickTable';
import { atBestLevel, atProposedLevel, playClicks, type Way } from './clicks/playedClicks';
import { overlap } from './clicks/simulatedPerson';
import { type LineProcess, startScript } from './peers/pythonScript';
import { listPhotos, type PhotoFiles } from './quality/photos';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    first: { type: 'string', default: '0' },
    count: { type: 'string', default: '100000' },
    clicks: { type: 'string', default: String(mostClicks) },
    python: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  },
});

/** The result of each way, by its name. */
const results = new Map<string, Played[]>();

function add(name: string, photo: string, overlaps: readonly number[]): void {
  const played = results.get(name) ?? [];
  results.set(name, [...played, { photo, overlaps }]);
}

const peers = { 'random walker (scikit-image)': 'randomwalker', 'GrabCut (OpenCV)': 'grabcut' };

async function main(): Promise<void> {
  if (!values.data) throw new Error('--data DIR: a folder with images/ID.png and truth/ID.0.png, ID.1.png, …');
  const first = Number(values.first);
  const photos = (await listPhotos(values.data, 100_000)).slice(first, first + Number(values.count));
  const scratch = await mkdtemp(path.join(tmpdir(), 'labelless-clicks-'));
  const programs = new Map<string, LineProcess>();
  for (const [name, argument] of values.python ? Object.entries(peers) : [])
    programs.set(name, await startScript(values.python!, 'clicks.py', [argument]));
  for (const [index, files] of photos.entries()) {
    process.stderr.write(`\r${index + 1} of ${photos.length} `);
    await playPhoto(files, programs, path.join(scratch, 'map'));
  }
  process.stderr.write('\n');
  for (const program of programs.values()) await program.close();
  await rm(scratch, { recursive: true });
  console.log(`${photos.length} photos, ${results.values().next().value?.length ?? 0} objects\n\n${tableHead()}`);
  for (const [name, played] of results) console.log(tableRow(name, played, name === 'box' ? 1 : Number(values.clicks)));
}

async function playPhoto(files: PhotoFiles, programs: ReadonlyMap<string, LineProcess>, map: string): Promise<void> {
  const { picture } = await loadImage(files.file, defaultSettings.limits);
  const photo = new ClickedPhoto(await cachedHierarchy(picture, values.fresh));
  for (const truth of await objectsOf(files)) {
    const play = async (name: string, way: Way) => {
      add(name, files.id, await playClicks(picture, truth, way, Number(values.clicks)));
    };
    await play('click, wheel at its best', atBestLevel(photo));
    await play('click, proposed level', atProposedLevel(photo));
    add('box', files.id, [overlap(photo.inBoxAround(truth, 0), truth)]);
    add('box, 4 % larger on each side', files.id, [overlap(photo.inBoxAround(truth, 0.04), truth)]);
    for (const [name, program] of programs)
      await play(name, async (_, clicks) => {
        const places = clicks.map(({ pixel, belongs }) => [
          pixel % picture.width,
          Math.floor(pixel / picture.width),
          belongs ? 1 : 0,
        ]);
        await program.ask(JSON.stringify({ image: path.resolve(files.file), clicks: places, map }));
        return new Uint8Array(await readFile(map));
      });
  }
}

void main();
