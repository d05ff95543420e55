import * as l10n from '@vscode/l10n';
import { ExportRequest, ExportSetRequest, FigureRequest } from '../../../protocol/exportMessages';
import type { ServerContext } from './serverState';
import { withTaskProgress } from './progress';
import { handleRequest, requiredPath } from './requests';

/** Registers the requests that write masks in other formats and as figures. */
export function registerExport({ connection, lanes, settings }: ServerContext): void {
  handleRequest(connection, ExportRequest, async ({ uri, mask, formats }, cancel) => {
    const path = requiredPath(uri);
    return lanes.inspection.run(
      { kind: 'export', path, mask, formats, settings: await settings.read(uri) },
      { cancel },
    );
  });

  handleRequest(connection, ExportSetRequest, async ({ images, format, folder, replace, workDoneToken }, cancel) => {
    const task = {
      kind: 'exportSet' as const,
      images: images.map(({ uri, mask }) => ({ image: requiredPath(uri), mask: requiredPath(mask) })),
      format,
      folder: requiredPath(folder),
      replace,
      settings: await settings.read(images[0]!.uri),
    };
    const progress = { token: workDoneToken, title: l10n.t('Exporting masks'), count: images.length };
    return withTaskProgress(connection, progress, onEvent => lanes.evaluation.run(task, { cancel, onEvent }));
  });

  handleRequest(connection, FigureRequest, async ({ images, output, methods, workDoneToken }, cancel) => {
    const task = {
      kind: 'figure' as const,
      images: images.map(({ uri, mask }) => ({ path: requiredPath(uri), mask })),
      output: requiredPath(output),
      methods,
      settings: await settings.read(images[0]!.uri),
    };
    const progress = { token: workDoneToken, title: l10n.t('Drawing a figure'), count: images.length };
    // Segmenting by both methods waits its turn among segmentations, drawing existing masks does not.
    const lane = methods ? lanes.segmentation : lanes.inspection;
    return withTaskProgress(connection, progress, onEvent => lane.run(task, { cancel, onEvent }));
  });
}
