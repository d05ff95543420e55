import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder with a package of TensorFlow that does not load, as a candidate of `auto` that fails, and a cache folder for
 * choices.
 */
export class BrokenTensorflow {
  readonly folder: string;
  /** Environment variables by which a process has its cache folder here, on any system. */
  readonly env: NodeJS.ProcessEnv;
  private readonly loads: string;

  constructor(place: string) {
    this.folder = path.join(place, 'tensorflow');
    this.loads = path.join(place, 'loads');
    const cache = path.join(place, 'cache');
    this.env = { ...process.env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache };
    const installed = path.join(this.folder, 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(installed, { recursive: true });
    writeFileSync(
      path.join(installed, 'package.json'),
      '{ "name": "@tensorflow/tfjs-node", "version": "4.0.0", "main": "index.js" }',
    );
    writeFileSync(
      path.join(installed, 'index.js'),
      `require('fs').appendFileSync(${JSON.stringify(this.loads)}, 'x');` +
        `throw new Error('no library for this processor');`,
    );
    writeFileSync(this.loads, '');
  }

  /** How often it was tried. */
  get tries(): number {
    return readFileSync(this.loads, 'utf8').length;
  }
}
