import path from 'node:path';
import { openRegularFile } from '../../../../../files/regularFile';
import { reasonOf } from '../../../../../mask/errors';
import type { Experiment } from '../../experiment/experimentSchema';
import type { DataFinding } from './dataFinding';

/** Finds whether the file of pretrained weights that an experiment names is there and can be read. */
export async function inspectPretrained({ network }: Experiment, base: string): Promise<DataFinding[]> {
  if (network.pretrained === undefined) return [];
  try {
    const { handle } = await openRegularFile(path.resolve(base, network.pretrained));
    await handle.close();
    return [];
  } catch (error) {
    const message = `${reasonOf(error)}.`;
    return [{ path: ['network', 'pretrained'], severity: 'error', code: 'unreadable-weights', message }];
  }
}
