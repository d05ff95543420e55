import * as l10n from '@vscode/l10n';
import path from 'node:path';
import {
  PrepareRoundRequest,
  ProposeRequest,
  UndoRoundRequest,
  type ProposalOutcome,
} from '../../../protocol/learningMessages';
import { CancelledError } from '../jobs/jobErrors';
import { withTaskProgress } from './progress';
import { handleRequest, requiredPath } from './requests';
import type { ServerContext } from './serverState';

/** Registers the requests about learning from the masks of a folder. The training itself is an `AdaptRequest`. */
export function registerLearning({ connection, lanes, settings }: ServerContext): void {
  handleRequest(connection, PrepareRoundRequest, async ({ folder: uri }, cancel) => {
    const task = {
      kind: 'prepareRound' as const,
      folder: requiredPath(uri, 'folder'),
      settings: await settings.read(uri),
    };
    return lanes.inspection.run(task, { cancel }, 1);
  });

  handleRequest(connection, ProposeRequest, async ({ folder: uri, round, images, workDoneToken }, cancel) => {
    const folder = requiredPath(uri, 'folder');
    const task = { kind: 'proposeImage' as const, folder, round, settings: await settings.read(uri) };
    const title = l10n.t('Proposing masks for {0}', path.basename(folder));
    const outcomes: ProposalOutcome[] = [];
    const progress = { token: workDoneToken, title, count: images.length };
    await withTaskProgress(connection, progress, async onEvent => {
      for (const image of images) {
        if (cancel.aborted) return;
        try {
          outcomes.push(await lanes.background.run({ ...task, image }, { cancel, onEvent }));
        } catch (error) {
          if (error instanceof CancelledError) return;
          throw error;
        }
        onEvent({ type: 'pictures', done: outcomes.length });
      }
    });
    return { outcomes };
  });

  handleRequest(connection, UndoRoundRequest, async ({ folder: uri }, cancel) => {
    const task = {
      kind: 'undoRound' as const,
      folder: requiredPath(uri, 'folder'),
      settings: await settings.read(uri),
    };
    return lanes.inspection.run(task, { cancel }, 1);
  });
}
