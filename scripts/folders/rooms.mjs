// The parts of the program and what each may import besides itself, most specific first; CONTRIBUTING.md draws them.
const shared = ['protocol', 'mask', 'files'];
const engine = names => names.map(name => `server/src/engine/${name}`);
const method1 = ['image', 'common', 'pixels', 'superpixels', 'cues', 'merging'];

/** A room of the engine: it may import shared code and the engine's rooms named. */
const engineRoom = (name, imported) => ({
  name: `server/src/engine/${name}`,
  imports: [...shared, ...engine(imported)],
});

export const rooms = [
  { name: 'mask', imports: [] },
  { name: 'files', imports: [] },
  { name: 'protocol', imports: ['mask'] },
  { name: 'webview', imports: ['protocol', 'mask'] },
  { name: 'client', imports: shared },
  engineRoom('common', []),
  engineRoom('image', []),
  engineRoom('graph', []),
  engineRoom('backend', ['graph', 'common']),
  engineRoom('pixels', ['image', 'common']),
  engineRoom('superpixels', ['image', 'common', 'pixels']),
  engineRoom('cues', ['image', 'common', 'pixels', 'superpixels']),
  engineRoom('merging', ['image', 'common', 'pixels', 'superpixels', 'cues']),
  engineRoom('series', ['image', 'common', 'pixels', 'superpixels', 'cues']),
  engineRoom('clustering', [...method1, 'graph', 'backend']),
  engineRoom('experiment', []),
  engineRoom('dataset', ['experiment', 'image', 'common', 'graph']),
  engineRoom('metrics', []),
  engineRoom('adaptation', [...method1, 'experiment', 'dataset', 'graph', 'backend', 'metrics']),
  engineRoom('formats', ['image', 'common', 'metrics']),
  { name: 'server/src/engine', imports: shared },
  { name: 'server/src/jobs', imports: [...shared, 'server/src/engine'] },
  { name: 'server/src/library', imports: [...shared, 'server/src/engine'] },
  { name: 'server/src/storage', imports: [...shared, 'server/src/engine'] },
  { name: 'server/src/batch', imports: [...shared, 'server/src/engine'] },
  {
    name: 'server/src/queue',
    imports: [...shared, ...['engine', 'batch', 'storage'].map(name => `server/src/${name}`)],
  },
  {
    name: 'server/src/cli',
    imports: [...shared, ...['engine', 'batch', 'storage', 'queue', 'library'].map(name => `server/src/${name}`)],
  },
  { name: 'server/src/jsonFiles', imports: shared },
  { name: 'server/src/classFiles', imports: [...shared, 'server/src/jsonFiles'] },
  {
    name: 'server/src/experiments',
    imports: [...shared, 'server/src/engine', 'server/src/jobs', 'server/src/jsonFiles'],
  },
  {
    name: 'server/src/handlers',
    imports: [
      ...shared,
      ...['engine', 'jobs', 'queue', 'jsonFiles', 'classFiles', 'experiments'].map(name => `server/src/${name}`),
    ],
  },
  { name: 'server', imports: shared },
];
