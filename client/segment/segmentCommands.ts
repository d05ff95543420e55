import * as vscode from 'vscode';
import { isImageName, isMaskName } from '../../mask/files/fileNames';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { activeFile, isDirty, openMaskEditor } from '../common/tabs';
import { findTargets } from '../common/targets';
import { requireTrust } from '../common/trust';
import type { MaskEditors } from '../editor/maskEditor';
import type { Server } from '../server/server';
import { chooseModel } from '../training/runPicker';
import { segmentBatch, type Summary } from './batchSegmentation';
import type { How } from './segmentResult';

/**
 * *Segment Image*, *Segment Together*, *Segment with Adapted Model*, *Segment with Scribbles*, *Stop*, *Cancel* and
 * *Open in Mask Editor*.
 */
export function segmentCommands(server: Server, editors: MaskEditors) {
  const { runs } = editors;

  const busy = () =>
    editors
      .all()
      .filter(document => isDirty(document.uri) || runs.isRunning(document))
      .map(document => document.uri);

  /** @param choose how to segment, where that is not for the settings to say; nothing: the user chose none */
  const segment = async (
    named: unknown,
    selection: unknown,
    choose: (first: vscode.Uri) => Promise<How | undefined> = () => Promise.resolve({}),
  ): Promise<Summary | undefined> => {
    const targets = await findTargets(named, selection);
    if (!targets || !(await requireTrust('segment'))) return undefined;
    void server.start(); // while the editor opens
    const uris = targets.kind === 'batch' ? targets.uris : [targets.image];
    const how = await choose(uris[0]);
    if (!how) return undefined;
    if (targets.kind === 'batch' || how.together) return segmentBatch(server, uris, busy(), how);
    await openMaskEditor(targets.image);
    const document = editors.of(targets.image);
    if (document) await runs.segment(document, how);
    return undefined;
  };

  const open = async (named: unknown) => {
    const file = named instanceof vscode.Uri ? named : activeFile();
    if (!file || !(isImageName(nameOf(file)) || isMaskName(nameOf(file))))
      throw new Error(vscode.l10n.t('Select an image, or a mask, to open it in the mask editor.'));
    await openMaskEditor(file);
  };

  const segmentScribbles = async () => {
    const document = editors.active();
    if (!document) return;
    if ((document.state?.scribbles ?? []).length === 0)
      throw new Error(
        vscode.l10n.t(
          '{0} has no scribbles yet: draw some with the scribble tool of the mask editor.',
          nameOf(document.uri),
        ),
      );
    await runs.segment(document, { withScribbles: true });
  };

  const active = (action: 'stop' | 'cancel') => {
    const document = editors.active();
    if (document) runs[action](document);
  };

  return {
    segment: (named: unknown, selection: unknown) => segment(named, selection).catch(reportError),
    segmentTogether: (named: unknown, selection: unknown) =>
      segment(named, selection, () => Promise.resolve({ together: true })).catch(reportError),
    segmentScribbles: () => segmentScribbles().catch(reportError),
    segmentAdapted: (named: unknown, selection: unknown) =>
      segment(named, selection, image => chooseModel(server, image)).catch(reportError),
    openEditor: (named: unknown) => open(named).catch(reportError),
    stop: () => {
      active('stop');
    },
    cancel: () => {
      active('cancel');
    },
  };
}
