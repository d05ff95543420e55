import type { CommandHandlers } from '../common/commands';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { exportActiveMask, exportOnSave } from './exportMask';
import { exportMasks } from './exportSelection';
import { importLabels } from './importLabelFile';
import { saveFigure } from './saveFigure';

/**
 * Activates the exchange with other programs: *Export*, *Export Masks*, *Save Figure*, *Import Labels*, and exports on
 * saving.
 */
export function activateExport(commands: CommandHandlers, server: Server, editors: MaskEditors): void {
  commands.add('export', formats => exportActiveMask(server, editors, formats));
  commands.add('exportMasks', (named, selection, destination) =>
    exportMasks(server, editors, named, selection, destination),
  );
  commands.add('saveFigure', (named, selection, destination) =>
    saveFigure(server, editors, named, selection, destination),
  );
  commands.add('importLabels', named => importLabels(server, editors, named));
  editors.provider.onDidSave(document => {
    void exportOnSave(server, document);
  });
}
