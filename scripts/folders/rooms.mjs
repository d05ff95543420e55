// The parts of the program and what each may import besides itself; CONTRIBUTING.md draws them.
const engine = 'server/src/engine';

export const rooms = [
  { name: 'mask', imports: [] },
  { name: 'files', imports: [] },
  { name: 'protocol', imports: ['mask'] },
  { name: 'webview', imports: ['protocol', 'mask'] },
  { name: 'client', imports: ['protocol', 'mask', 'files'] },
  { name: engine, imports: ['protocol', 'mask', 'files'] },
  { name: 'server', imports: ['protocol', 'mask', 'files'] },
];
