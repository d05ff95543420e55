import * as vscode from 'vscode';
import { isImageName, isMaskName } from '../../mask/files/fileNames';
import type { CommandHandlers } from '../common/commands';
import { nameOf } from '../common/maskLocations';
import { activeFile, isDirty, openMaskEditor } from '../common/tabs';
import { findTargets } from '../common/targets';
import { requireTrust } from '../common/trust';
import { setContextKey, type MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { chooseModel } from '../training/runPicker';
import { segmentBatch, type BatchSummary } from './batchSegmentation';
import type { SegmentOptions } from './segmentResult';
import { Segmentations } from './segmentations';

/**
 * Activates the segmentation of images in their editors and in batches: *Segment Image*, *Segment Together*, *Segment
 * with Adapted Model*, *Segment with Scribbles*, *Stop*, *Cancel* and *Open in Mask Editor*.
 */
export function activateSegmentation(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
  editors: MaskEditors,
): Segmentations {
  const segmentations = new Segmentations(server, editors);

  /** @param choose how to segment, where the settings do not say so; undefined when the user cancels the choice */
  const segment = async (
    named: unknown,
    selection: unknown,
    choose: (first: vscode.Uri) => SegmentOptions | Promise<SegmentOptions | undefined>,
  ): Promise<BatchSummary | undefined> => {
    const targets = await findTargets(named, selection, vscode.l10n.t('Segment Images'));
    if (!targets || !(await requireTrust('segment'))) return undefined;
    void server.start(); // while the editor opens
    const [first] = targets.uris;
    const options = await choose(first);
    if (!options) return undefined;
    if (!targets.isOneImage || options.sharedLabels)
      return segmentBatch(server, targets.uris, busyImages(editors, segmentations), options);
    await openMaskEditor(first);
    const document = editors.documentOf(first);
    if (document) await segmentations.segment(document, options);
    return undefined;
  };

  // Two commands, since a menu speaks of one image or of several.
  for (const command of ['segment', 'segmentImages'])
    commands.add(command, (named, selection) => segment(named, selection, () => ({})));
  commands.add('segmentTogether', (named, selection) => segment(named, selection, () => ({ sharedLabels: true })));
  commands.add('segmentAdapted', (named, selection) => segment(named, selection, image => chooseModel(server, image)));
  commands.add('segmentScribbles', () => segmentByScribbles(editors, segmentations));
  commands.add('openEditor', openEditor);
  for (const action of ['stop', 'cancel'] as const)
    commands.add(action, () => {
      const document = editors.active();
      if (document) segmentations[action](document);
    });

  const updateContextKey = () => {
    const document = editors.active();
    setContextKey('running', document !== undefined && segmentations.isRunning(document));
  };
  context.subscriptions.push(
    segmentations.onChange(updateContextKey),
    editors.onDidChangeActive(updateContextKey),
    editors.provider.onRequest(({ type, document }) => {
      if (type === 'segment') void segmentations.segment(document);
      else if (type === 'segmentScribbles') void commands.run('segmentScribbles', []);
      else if (type === 'stop' || type === 'cancel') segmentations[type](document);
    }),
  );
  return segmentations;
}

/** The images that a batch leaves alone: their editors have unsaved changes, or they are being segmented. */
function busyImages(editors: MaskEditors, segmentations: Segmentations): vscode.Uri[] {
  return editors
    .all()
    .filter(document => isDirty(document.uri) || segmentations.isRunning(document))
    .map(document => document.uri);
}

async function segmentByScribbles(editors: MaskEditors, segmentations: Segmentations): Promise<void> {
  const document = editors.active();
  if (!document) return;
  if ((document.state?.scribbles ?? []).length === 0)
    throw new Error(
      vscode.l10n.t(
        '{0} has no scribbles yet: draw some with the scribble tool of the mask editor.',
        nameOf(document.uri),
      ),
    );
  await segmentations.segment(document, { withScribbles: true });
}

async function openEditor(named: unknown): Promise<void> {
  const file = named instanceof vscode.Uri ? named : activeFile();
  if (!file || !(isImageName(nameOf(file)) || isMaskName(nameOf(file))))
    throw new Error(vscode.l10n.t('Select an image, or a mask, to open it in the mask editor.'));
  await openMaskEditor(file);
}
