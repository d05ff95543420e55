// `npm run bench:peers -- --data DIR [--peers NAME,…] [--kanezaki DIR] [--yonv1943 DIR] [--limit N] [--iterations N]
// [--threads N]
//    [--python FILE] [--output FILE]`
//
// Other programs on the photos of bench:quality, by the same scores, beside Labelless: Felzenszwalb's and SLIC with
// k-means from scikit-image, and two published PyTorch programs from a clone of their own repositories, whose folders
// the options name: kanezaki/pytorch-unsupervised-segmentation-tip and Yonv1943/Unsupervised-Segmentation. Without
// --python a virtual environment is made in out/peers. --iterations ends the PyTorch programs early and estimates the
// time of the published number. Goes on where it was interrupted.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { defaultSettings } from '../protocol/settings';
import { scriptFolder, openPeer, peerNames, type Peer, type PeerName, virtualPython } from './peers/pythonScript';
import { cutting, variants } from './quality/comparedMethods';
import { listPhotos } from './quality/photos';
import { runQuality } from './quality/qualityRun';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    limit: { type: 'string', default: '100000' },
    peers: { type: 'string' },
    kanezaki: { type: 'string' },
    yonv1943: { type: 'string' },
    iterations: { type: 'string', default: '0' },
    threads: { type: 'string', default: '1' },
    python: { type: 'string' },
    output: { type: 'string', default: 'out/peers/results.jsonl' },
  },
});

/** The peers that the options name; without them all that can be run. */
function chosenPeers(): PeerName[] {
  if (values.peers === undefined) return peerNames.filter(name => sourceOf(name) !== '');
  return values.peers.split(',').map(name => {
    const known = peerNames.find(peer => peer === name);
    if (!known) throw new Error(`--peers ${name}: there is ${peerNames.join(', ')}`);
    if (sourceOf(known) === '') throw new Error(`--${known} DIR: a clone of the program's repository is wanted`);
    return known;
  });
}

/** The folder of a peer's own code; undefined where it needs none, empty where it is not given. */
function sourceOf(name: PeerName): string | undefined {
  return name === 'kanezaki' || name === 'yonv1943' ? (values[name] ?? '') : undefined;
}

async function main(): Promise<void> {
  if (!values.data) throw new Error('--data DIR: a folder with images/ID.jpg and truth/ID.0.png, ID.1.png, …');
  const names = chosenPeers();
  const programs = names.some(name => sourceOf(name) !== undefined);
  const python =
    values.python ??
    virtualPython(path.resolve('out', 'peers', 'venv'), [
      'requirements.txt',
      ...(programs ? ['requirements-programs.txt'] : []),
    ]);
  const settings = { ...defaultSettings, limits: { ...defaultSettings.limits, threads: Number(values.threads) } };
  const peers: Peer[] = [];
  for (const name of names) {
    const source = sourceOf(name);
    const early = source !== undefined && Number(values.iterations) > 0;
    const args = [
      '--threads',
      values.threads,
      '--iterations',
      values.iterations,
      ...(source === undefined ? [] : ['--source', source]),
    ];
    peers.push(await openPeer(python, name, args, early ? `${name}, ${values.iterations} iterations` : name));
  }
  const scripts = await Promise.all(
    ['segment.py', 'programs.py'].map(name => readFile(path.join(scriptFolder, name), 'utf8')),
  );
  const methods = [
    cutting('clustering', photo => variants.clustering!(photo, settings)),
    ...peers.map(peer => peer.method),
  ];
  await runQuality(
    methods,
    { photos: await listPhotos(values.data, Number(values.limit)), file: values.output, baseline: 'clustering' },
    [settings, scripts],
  );
  for (const peer of peers) await peer.close();
}

void main();
