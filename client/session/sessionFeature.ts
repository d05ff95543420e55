import * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import { reportError } from '../common/report';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Segmentations } from '../segment/segmentations';
import type { Server } from '../server/server';
import { Sessions } from './sessions';

/** Activates the labelling session: *Label This Folder*, the steps, *Approve*, *Skip*, and the list in the side bar. */
export function activateSession(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
  editors: MaskEditors,
  segmentations: Segmentations,
): Sessions {
  const sessions = new Sessions(context, server, editors, segmentations);
  commands.add('labelFolder', named => sessions.label(named));
  commands.add('exportSession', () => sessions.exportApproved());
  commands.add('closeSession', () => {
    sessions.close();
  });
  commands.add('nextImage', () => sessions.current.go('next'));
  commands.add('previousImage', () => sessions.current.go('previous'));
  commands.add('nextUnapproved', () => sessions.current.go('nextUnapproved'));
  commands.add('nextUncertain', () => sessions.current.go('nextUncertain'));
  commands.add('approveImage', () => sessions.current.decide('approved'));
  commands.add('skipImage', () => sessions.current.decide('skipped'));
  commands.add('unapproveImage', () => sessions.current.reopen());
  commands.add('sameAsPrevious', () => sessions.takeFromPrevious());
  commands.add('propagate', count => sessions.propagate(count));
  const restore = () => void sessions.restore().catch(reportError);
  context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(restore));
  restore();
  return sessions;
}
