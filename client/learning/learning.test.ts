import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { wholeList, type SessionImage } from '../../mask/session/imageList';
import type { Place } from '../../mask/session/steps';
import type { LearningShown } from '../../protocol/learningShown';
import type { TrainingRun } from '../../protocol/trainingRun';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { SegmentOptions } from '../segment/segmentResult';
import type { Segmentations } from '../segment/segmentations';
import type { Server } from '../server/server';
import type { Sessions } from '../session/sessions';
import { until } from '../../test/support/until';
import { Learning } from './learning';
import type { RememberedRound } from './rememberedRound';

const images = imagesOf(3);
const training = { name: 'round', step: 50, steps: 300 };

/** A window with a session of a folder, and a server that trains as the test says. */
class FakeWindow {
  readonly requests: string[] = [];
  /** The images for which proposals were asked for, in their order. */
  readonly proposed: string[] = [];
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
    { get: () => this.remembered, update: () => Promise.resolve() } as unknown as vscode.Memento,
  );

  /**
   * @param place the images of the session and where its user is
   * @param remembered the round that the workspace remembers, which is under way
   */
  constructor(
    place: Partial<Place> = {},
    private readonly remembered?: RememberedRound,
  ) {
    this.sessions.session = sessionOf('/a', place);
  }

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
    if (method === 'labelless/readRun') return { run: { ...training, folder, state: 'running', checkpoint: 40 } };
    if (method === 'labelless/undoRound') return { number: this.number, restored: [], left: [], failures: [] };
    this.proposed.push(...asked);
    return { outcomes: asked.map(image => ({ image, proposed: true, uncertainty: 0 })) };
  }
}

function imagesOf(count: number): SessionImage[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `${index + 1}.png`,
    status: 'none',
    labels: 0,
    classes: [],
    uncertainty: null,
  }));
}

function sessionOf(folder: string, place: Partial<Place> = {}) {
  return {
    folder: vscode.Uri.file(folder),
    place: { images, view: wholeList, current: undefined, ...place },
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

  test('proposes as far ahead as a person comes soon among 20,000 images, and all on demand', async () => {
    const window = new FakeWindow({ images: imagesOf(20_000), current: 4999 });
    await window.learning.learn();
    assert.deepEqual(
      window.proposed,
      Array.from({ length: 40 }, (_, index) => `${5001 + index}.png`),
    );
    window.proposed.length = 0;
    await window.learning.proposeAll(100);
    assert.deepEqual([window.proposed[0], new Set(window.proposed).size], ['5001.png', 100]);
  });

  test('goes on with a round in whose training the window was closed', async () => {
    const round = { folder: 'file:///a', number: 2, experiment: '/a/round-2.adapt.json', run: '/a/round-2' };
    const window = new FakeWindow({}, round);
    await window.learning.sessionChanged();
    assert.deepEqual(window.shown[0], { phase: 'training', round: 2, step: 50, steps: 300, paused: false });
    assert.deepEqual(window.network, networkOf('/a/round-2'));
    await assert.rejects(window.learning.learn(), /being learned already/);
    window.tell('/a/round-2', 'finished', 300);
    await until(
      'all images have proposals of the finished network',
      () => window.proposed.length === 2 * images.length,
    );
  });
});
