// `npm run folders`: prints which folder imports which, and fails where the arrows run in a circle or against the map.
// Run at the root. Imports of types count. Two folders that import each other cannot be read, tested or moved apart.
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { rooms } from './folders/rooms.mjs';
import { circles, between, siblings } from './folders/graph.mjs';

const parts = ['protocol', 'mask', 'files', 'client', 'webview', 'server'];

/** Pairs of a file and a file that it imports, without tests and their helpers, which may import anything. */
async function imports() {
  const { output } = await cruise(parts, {
    includeOnly: `^(${parts.join('|')})/`,
    exclude: '\\.test\\.ts$|/testing/',
    tsPreCompilationDeps: true,
    doNotFollow: 'node_modules',
  });
  return output.modules.flatMap(({ source, dependencies }) => dependencies.map(({ resolved }) => [source, resolved]));
}

const files = await imports();
const folders = between(files, path.posix.dirname);
for (const [folder, imported] of [...folders].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`${folder} → ${[...imported].sort().join(', ')}`);
}

const faults = [
  ...circles(between(files, file => file)).map(circle => `files in a circle: ${circle.join(' → ')}`),
  ...circles(folders).map(circle => `folders in a circle: ${circle.join(' → ')}`),
  ...siblings(files)
    .flatMap(graph => circles(graph))
    .map(circle => `rooms in a circle: ${circle.join(' → ')}`),
  ...files.flatMap(([from, to]) => {
    const room = rooms.find(({ name }) => from.startsWith(`${name}/`) && !to.startsWith(`${name}/`));
    return !room || room.imports.some(name => to.startsWith(`${name}/`))
      ? []
      : [`${from} imports ${to}: ${room.name} imports ${room.imports.join(', ') || 'nothing'}`];
  }),
];
for (const fault of faults) console.error(`✗ ${fault}`);
console.log(`${folders.size} folders with imports, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
