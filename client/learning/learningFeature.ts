import type * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import { reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Segmentations } from '../segment/segmentations';
import type { Server } from '../server/server';
import type { Sessions } from '../session/sessions';
import type { TrainingViews } from '../training/trainingViews';
import { Learning } from './learning';

/** The features that learning makes use of. */
interface LearningParts {
  readonly server: Server;
  readonly sessions: Sessions;
  readonly editors: MaskEditors;
  readonly segmentations: Segmentations;
  readonly trainingViews: TrainingViews;
}

/** Activates *Learn from My Masks*, *Propose All* and *Undo Round* in a labelling session. */
export function activateLearning(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  { server, sessions, editors, segmentations, trainingViews }: LearningParts,
): void {
  const learning = new Learning(server, sessions, editors, segmentations, context.workspaceState);
  const trusted = (action: () => Promise<void>) => async () => {
    if (await requireTrust('train')) await action();
  };
  commands.add(
    'learn',
    trusted(() => learning.learn()),
  );
  commands.add(
    'proposeAll',
    trusted(() => learning.proposeAll(Number.POSITIVE_INFINITY)),
  );
  commands.add(
    'undoRound',
    trusted(() => learning.undo()),
  );
  // A round whose run is gone, or cannot be read, is not gone on with.
  const sessionChanged = () =>
    void learning.sessionChanged().catch((error: unknown) => {
      server.log.info(`learning is not gone on with: ${String(error)}`);
    });
  context.subscriptions.push(
    server.onTraining(({ run }) => {
      learning.follow(run);
    }),
    sessions.onChange(sessionChanged),
    sessions.onLearningAction(action => {
      switch (action) {
        case 'learn':
          void commands.run('learn', []);
          break;
        case 'stop':
          learning.stop().catch(reportError);
          break;
        case 'curves':
          if (learning.run !== undefined) trainingViews.open(learning.run);
      }
    }),
  );
  sessionChanged();
}
