import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { wholeList } from '../../mask/session/imageList';
import type { LearningShown } from '../../protocol/learningShown';
import type { TrainingRun } from '../../protocol/trainingRun';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { SegmentOptions } from '../segment/segmentResult';
import type { Segmentations } from '../segment/segmentations';
import type { Server } from '../server/server';
import type { Sessions } from '../session/sessions';
import { Learning } from './learning';

const images = ['1.png', '2.png', '3.png'].map(path => ({ path, status: 'none' }));
const training = { name: 'round', step: 50, steps: 300 };

/** A window with a session of a folder, and a server that trains as the test says. */
class FakeWindow {
  readonly requests: string[] = [];
  readonly shown: LearningShown[] = [];
  network: SegmentOptions | undefined;
  /** What becomes of the training of the next rounds. */
  train: (run: string) => Promise<{ state: string; error?: string }> = () => Promise.resolve({ state: 'finished' });
  private readonly sessions = {
    session: sessionOf('/a'),
    segmentBy: (network: SegmentOptions | undefined) => {
      this.network = network;
    },
    view: { showLearning: (shown: LearningShown) => this.shown.push(shown) },
    get current() {
      return { session: this.session, settled: () => Promise.resolve() };
    },
  };
  private number = 0;
  readonly learning = new Learning(
    {
      request: (request: { method: string }, params: object) => this.answer(request.method, params),
    } as unknown as Server,
    this.sessions as unknown as Sessions,
    { active: () => undefined, documentOf: () => undefined } as unknown as MaskEditors,
    {} as Segmentations,
    { get: () => undefined, update: () => Promise.resolve() } as unknown as vscode.Memento,
  );

  /** The user labels another folder. */
  async label(folder: string): Promise<void> {
    this.sessions.session = sessionOf(folder);
    await this.learning.sessionChanged();
  }

  /** News of a training run. */
  tell(folder: string, state: TrainingRun['state'], checkpoint?: number): void {
    this.learning.follow({ ...training, folder, state, ...(checkpoint !== undefined && { checkpoint }) });
  }

  private async answer(method: string, params: object): Promise<unknown> {
    const { folder = '', images: asked = [] } = params as { folder?: string; images?: string[] };
    const of = folder.replace('file://', '');
    this.requests.push(`${method.replace('labelless/', '')} ${of}`.trim());
    if (method === 'labelless/prepareRound') {
      const number = ++this.number;
      return { number, experiment: `${of}/round-${number}.adapt.json`, run: `${of}/round-${number}`, labelled: 4 };
    }
    if (method === 'labelless/adapt') return this.train(`/a/round-${this.number}`);
    if (method === 'labelless/undoRound') return { number: this.number, restored: [], left: [], failures: [] };
    return { outcomes: asked.map(image => ({ image, proposed: true, uncertainty: 0 })) };
  }
}

function sessionOf(folder: string) {
  return {
    folder: vscode.Uri.file(folder),
    place: { images, view: wholeList, current: undefined },
    uriOf: (path: string) => vscode.Uri.file(`${folder}/${path}`),
    refresh: () => Promise.resolve(),
  };
}

const networkOf = (run: string) => ({ method: 'adapted', checkpoint: run });

suite('Learning in a window', () => {
  test('goes on with the network of the round before when one fails', async () => {
    const window = new FakeWindow();
    await window.learning.learn();
    assert.deepEqual(window.network, networkOf('/a/round-1'));
    window.train = run => {
      window.tell(run, 'running');
      assert.equal(window.network, undefined); // no network of a round that has none yet
      window.tell(run, 'failed');
      return Promise.resolve({ state: 'failed', error: 'the disk is full' });
    };
    await assert.rejects(window.learning.learn(), /Round 2 failed: the disk is full/);
    assert.deepEqual([window.learning.run, window.network], ['/a/round-1', networkOf('/a/round-1')]);
    assert.deepEqual(window.shown.at(-1), { phase: 'none' });
    window.train = () => Promise.reject(new Error('the server has ended'));
    await assert.rejects(window.learning.learn(), /the server has ended/);
    assert.deepEqual(window.network, networkOf('/a/round-1'));
    await window.learning.proposeAll(1);
  });

  test('does without the network of one folder in the session of another', async () => {
    const window = new FakeWindow();
    await window.learning.learn();
    await window.label('/b');
    assert.equal(window.network, undefined);
    await assert.rejects(window.learning.proposeAll(1), /Nothing has been learned in this folder yet/);
    await window.label('/a');
    assert.deepEqual(window.network, networkOf('/a/round-1'));
  });

  test('proposes nothing in another folder when a network has been learned meanwhile', async () => {
    const window = new FakeWindow();
    window.train = async run => {
      await window.label('/b');
      window.tell(run, 'running', 50);
      return { state: 'finished' };
    };
    await window.learning.learn();
    assert.deepEqual(window.requests, ['prepareRound /a', 'adapt']);
    assert.equal(window.network, undefined);
    assert.ok(window.shown.every(({ phase }) => phase !== 'proposing'));
    await window.label('/a');
    assert.deepEqual(window.network, networkOf('/a/round-1'));
    await window.label('/b');
    await window.learning.undo();
    assert.equal(window.learning.run, '/a/round-1');
    await window.label('/a');
    await window.learning.proposeAll(1);
    assert.equal(window.requests.at(-1), 'propose /a');
  });
});
