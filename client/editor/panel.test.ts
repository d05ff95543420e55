import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import * as vscode from 'vscode';
import { stateFromSegmentation } from '../../mask/document/segmentation';
import { unpackMap } from '../../mask/regions/packedMap';
import { randomResult, seeded } from '../../mask/testing/randomMasks';
import type { EditorHostPost, EditorPageMessage } from '../../protocol/editorPage';
import { EditedDocument } from '../../test/support/editedDocument';
import type { Server } from '../server/server';
import { Panel } from './panel';
import { SharedDisplay } from './sharedDisplay';

const result = randomResult(seeded(1), 24, 18, 30);

suite('An editor on a document', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless panel-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  /** Opens a panel in front of a page that does nothing by itself. */
  async function opened() {
    const picture = path.join(folder, 'photo.png');
    await writeFile(
      picture,
      await sharp({ create: { width: 24, height: 18, channels: 3, background: '#205080' } })
        .png()
        .toBuffer(),
    );
    const { document } = new EditedDocument(picture);
    document.set(stateFromSegmentation(result));
    const posts: EditorHostPost[] = [];
    const fromPage = new vscode.EventEmitter<EditorPageMessage>();
    const never = new vscode.EventEmitter<never>();
    const webview = {
      cspSource: '',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: fromPage.event,
      postMessage: (post: EditorHostPost) => {
        posts.push(post);
        return Promise.resolve(true);
      },
    };
    const events = { onDidDispose: never.event, onDidChangeViewState: never.event };
    const panel = { webview, active: true, visible: true, ...events } as unknown as vscode.WebviewPanel;
    const request = () => Promise.reject(new Error('no server runs here'));
    const server = { request, log: { warn: () => undefined } } as unknown as Server;
    const nothing = () => undefined;
    new Panel(panel, document, server, nothing, vscode.Uri.file(process.cwd()), new SharedDisplay());
    return { posts, fromPage };
  }

  /** The posts, once there are enough of them. */
  async function posted(posts: readonly EditorHostPost[], count: number): Promise<readonly EditorHostPost[]> {
    while (posts.length < count) await setTimeout(5);
    return posts;
  }

  /** Checks that posts are all that a page shows. */
  function assertWhole(posts: readonly EditorHostPost[]): void {
    const messages = posts.flatMap(post => (post.type === 'several' ? post.messages : [post]));
    const types = new Set<string>(messages.map(({ type }) => type));
    for (const type of ['picture', 'names', 'keys', 'classes', 'hierarchy', 'mask', 'segmentation'])
      assert.ok(types.has(type), type);
    const map = messages.find(message => message.type === 'regions');
    assert.deepEqual(map && unpackMap(map), result.regions);
  }

  test('posts what its page shows before the page asks, and nothing twice', async () => {
    const { posts, fromPage } = await opened();
    assertWhole(await posted(posts, 2));
    fromPage.fire({ type: 'ready' });
    assert.deepEqual((await posted(posts, 3))[2], { type: 'sent', posts: 2 });
    await setTimeout(50);
    assert.equal(posts.length, 3);
  });

  test('posts it again to a page that was made anew, or lost some of it', async () => {
    const { posts, fromPage } = await opened();
    await posted(posts, 2);
    fromPage.fire({ type: 'ready' });
    await posted(posts, 3);
    fromPage.fire({ type: 'ready' });
    assertWhole((await posted(posts, 5)).slice(3));
  });
});
