import path from 'node:path';
import type { Experiment } from './experiment';

/** The folder of an experiment's run: the one it names, else `runs/NAME` beside the file `NAME.adapt.json`. */
export function runFolderOf(file: string, { output }: Pick<Experiment, 'output'>): string {
  return path.resolve(
    path.dirname(file),
    output.folder ??
      path.join(
        'runs',
        path
          .basename(file)
          .replace(/\.adapt\.json$/i, '')
          .replace(/\.json$/i, ''),
      ),
  );
}
