import { ChangeClassRequest, ReadClassesRequest } from '../../../protocol/classMessages';
import { handleRequest, requiredPath } from './requests';
import type { ServerContext } from './serverState';

/** Registers the requests about the classes of a folder. */
export function registerClasses({ connection, lanes, settings, classFiles }: ServerContext): void {
  handleRequest(connection, ChangeClassRequest, async ({ folder: uri, change, dryRun }, cancel) => {
    const folder = requiredPath(uri, 'folder');
    const task = { kind: 'changeClass' as const, folder, change, dryRun, settings: await settings.read(uri) };
    const result = await lanes.inspection.run(task, { cancel }, 1); // somebody waits for it
    if (result.done) classFiles.masksChanged();
    return result;
  });

  handleRequest(connection, ReadClassesRequest, async ({ source }, cancel) => {
    const known = 'file' in source ? { file: requiredPath(source.file) } : source;
    return lanes.inspection.run({ kind: 'readClasses', source: known }, { cancel }, 1);
  });
}
