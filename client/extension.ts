import * as vscode from 'vscode';
import { galleryType, sessionViewType, trainingViewType, viewType } from './common/contributions';
import { startForExperiments } from './experiments/experimentFiles';
import type { Features } from './features';
import { LazyEditorProvider } from './lazyEditorProvider';
import { reloadOnBuild } from './reloadOnBuild';
import { hasRememberedSession } from './session/rememberedSession';
import { rememberedRuns } from './training/followedRuns';

/**
 * The parts of the extension that the integration tests use and VS Code's API does not show: the documents behind the
 * editors, and the server's process. Not for other extensions: it changes without notice.
 */
export interface TestApi {
  features(): Promise<Features>;
}

/** The parts of package.json that are read at activation. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/**
 * Registers what package.json contributes. Everything else is in a bundle of its own, which is loaded when a user first
 * opens or segments an image, so that activation takes no time.
 */
export function activate(context: vscode.ExtensionContext): TestApi {
  let loaded: Promise<Features> | undefined;
  const features = () => (loaded ??= import('./features.js').then(module => module.activateFeatures(context)));
  const { commands } = (context.extension.packageJSON as Manifest).contributes;
  context.subscriptions.push(
    ...commands.map(({ command }) =>
      vscode.commands.registerCommand(command, async (...args: unknown[]) =>
        (await features()).commands.run(command.slice('labelless.'.length), args),
      ),
    ),
    vscode.window.registerCustomEditorProvider(
      viewType,
      new LazyEditorProvider(async () => (await features()).editors.provider),
      { supportsMultipleEditorsPerDocument: true },
    ),
    vscode.window.registerWebviewViewProvider(sessionViewType, {
      resolveWebviewView: async view => {
        (await features()).sessions.view.resolve(view);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(trainingViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        (await features()).trainingViews.restore(panel, state);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(galleryType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        (await features()).galleries.restore(panel, state);
      },
    }),
  );
  // Loading the features is enough to follow the training runs again that were under way when the window closed, and to
  // go on with its labelling session.
  const { workspaceState } = context;
  if (vscode.workspace.isTrusted && (rememberedRuns(workspaceState).length > 0 || hasRememberedSession(workspaceState)))
    void features();
  startForExperiments(context, () => {
    void features().then(({ server }) => server.start());
  });
  reloadOnBuild(context);
  return { features };
}
