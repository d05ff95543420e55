import * as vscode from 'vscode';
import { pageActions } from '../protocol/pageActions';
import { galleryType, trainingViewType, viewType } from './common/contributions';
import { startForExperiments } from './experiments/experimentFiles';
import type { Commands, Features } from './features';
import { LazyEditorProvider } from './lazyEditorProvider';
import { rememberedRuns } from './training/followedRuns';

const commandNames = [
  'segment',
  'segmentTogether',
  'segmentAdapted',
  'segmentScribbles',
  'stop',
  'cancel',
  'openEditor',
  'saveMaskAs',
  'compareWith',
  'stopComparing',
  'saveFigure',
  'showResults',
  'export',
  'exportMasks',
  'importLabels',
  'restartServer',
  'showLog',
  'showStatus',
  'trainExperiment',
  'resumeExperiment',
  'evaluateExperiment',
  'openRun',
  'useRun',
  'newExperiment',
] as const satisfies (keyof Commands)[];

/**
 * What the integration tests reach that VS Code's API does not show: the documents behind the editors, and the server's
 * process. Not for other extensions: it changes without notice.
 */
export interface TestApi {
  features(): Promise<Features>;
}

/**
 * Registers what package.json contributes. All that does the work is in a bundle of its own, loaded when a user first
 * opens or segments an image, so that activation takes no time.
 */
export function activate(context: vscode.ExtensionContext): TestApi {
  let loaded: Promise<Features> | undefined;
  const features = () => (loaded ??= import('./features.js').then(({ makeFeatures }) => makeFeatures(context)));
  for (const name of commandNames) {
    const run = async (...args: unknown[]) => {
      const action: (...args: unknown[]) => unknown = (await features()).commands[name];
      return action(...args);
    };
    context.subscriptions.push(vscode.commands.registerCommand(`labelless.${name}`, run));
  }
  for (const action of pageActions) {
    context.subscriptions.push(
      vscode.commands.registerCommand(`labelless.${action}`, async () => {
        (await features()).provider.act(action);
      }),
    );
  }
  const provider = new LazyEditorProvider(async () => (await features()).provider);
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(viewType, provider, { supportsMultipleEditorsPerDocument: true }),
  );
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(trainingViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        (await features()).training.views.restore(panel, state);
      },
    }),
  );
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(galleryType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        (await features()).galleries.restore(panel, state);
      },
    }),
  );
  if (vscode.workspace.isTrusted && rememberedRuns(context.workspaceState).length > 0)
    void features().then(({ training }) => training.followAgain());
  startForExperiments(context, () => {
    void features().then(({ server }) => server.start());
  });
  return { features };
}
