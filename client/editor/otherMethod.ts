import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { stateFromRun } from '../../mask/run';
import type { ComparisonView } from '../../protocol/editor';
import { methodNames } from '../../protocol/settings';
import { nameOf } from '../files/places';
import { showProgress } from '../progress';
import type { How } from '../segment/how';
import { payloadOf, resultOf } from '../segment/payload';
import type { Server } from '../server/server';
import { chooseModel } from '../training/model';
import { requireTrust } from '../trust';
import type { ImageDocument } from './document';
import { comparisonView } from './otherMask';

/**
 * Has the user choose a method, and segments the image by it, to be compared with and no more; undefined when they
 * choose none.
 */
export async function chooseMethod(document: ImageDocument, server: Server): Promise<ComparisonView | undefined> {
  const others = methodNames.filter(method => method !== document.state?.run?.method);
  const chosen = await vscode.window.showQuickPick(others, {
    placeHolder: vscode.l10n.t('Segment {0} by another method, for comparison alone', nameOf(document.uri)),
  });
  const method = methodNames.find(one => one === chosen);
  if (method === undefined || !(await requireTrust('compare'))) return undefined;
  const how = method === 'adapted' ? await chooseModel(server, document.uri) : { method };
  return how && byMethod(document.uri, server, how);
}

/** An image as another method segments it. @throws Error saying why it cannot be, `CancellationError` when cancelled */
export async function byMethod(image: vscode.Uri, server: Server, how: How): Promise<ComparisonView> {
  const title = vscode.l10n.t('Segmenting {0}', nameOf(image));
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title },
    (progress, token) =>
      server.segment(
        { uris: [image.toString()], target: 'return', workDoneToken: randomUUID(), ...how },
        token,
        showProgress(progress),
      ),
  );
  const result = resultOf(await payloadOf(answer, image));
  return comparisonView(result.run.model ?? result.run.method, stateFromRun(result));
}
