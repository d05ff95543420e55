import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '../../../../files/sha256';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { emptyState, type MaskState } from '../../../../mask/document/maskState';
import { statusOf } from '../../../../mask/document/statusOf';
import { encodeMask, openMask } from '../../../../mask/files/maskFiles';
import { defaultSettings } from '../../../../protocol/settings';
import { ModelCache } from '../adaptation/prediction/modelCache';
import { openBackend } from '../backend/openBackend';
import { toPng } from '../image/picture';
import { blue, labelled, red, yard, yardHeight, yardWidth, type Yard } from '../series/testing/yard';
import { proposeFromPrevious } from './seriesProposal';

const settings = { ...defaultSettings, clustering: { ...defaultSettings.clustering, iterations: 2, superpixels: 500 } };
const services = { openBackend: () => openBackend('cpu', { threads: 1 }), models: new ModelCache() };
const balls = [
  { x: 50, y: 100, radius: 16, rgb: red },
  { x: 140, y: 90, radius: 16, rgb: blue },
];

suite('A proposal from the image before', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const write = async (name: string, { picture }: Yard) => {
    writeFileSync(at(`${name}.png`), await toPng(picture));
  };
  const writeMask = (name: string, state: MaskState) => {
    const image = { name: `${name}.png`, sha256: sha256(readFileSync(at(`${name}.png`))) };
    const { png, sidecar } = encodeMask(new MaskDocument(state), { image, version: '0', sha256 });
    writeFileSync(at(`${name}.mask.png`), png);
    writeFileSync(at(`${name}.mask.json`), sidecar);
  };
  const open = (name: string) =>
    openMask(readFileSync(at(`${name}.mask.png`)), readFileSync(at(`${name}.mask.json`))).document;
  const never = new AbortController().signal;
  const propose = (next: string, previous: string, beginWriting = () => undefined as void, right = 1) =>
    proposeFromPrevious(
      at(`${next}.png`),
      { file: at(`${previous}.png`), right },
      {
        settings,
        services,
        sight: { features: () => Promise.resolve(undefined), classes: () => Promise.resolve(undefined) },
        signals: { stop: never, cancel: never },
        beginWriting,
      },
    );
  const approved = (name: string) => {
    writeMask(name, { ...emptyState(yardWidth, yardHeight), status: 'approved' });
  };

  setup(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'labelless-series-'));
    const first = yard(balls);
    await write('1', first);
    writeMask('1', { ...labelled(first).document.state, status: 'approved' });
    await write('2', yard([{ ...balls[0], x: 62 }, balls[1]], 0.9, 2));
  });
  teardown(() => {
    rmSync(folder, { recursive: true });
  });

  test('has its classes and its hierarchy, replaces an earlier proposal, and goes on from image to image', async () => {
    writeMask('2', { ...emptyState(yardWidth, yardHeight), status: 'proposed' });
    await write('3', yard([{ ...balls[0], x: 74 }, balls[1]], 0.9, 3));
    assert.equal((await propose('2', '1')).kind, 'written');
    assert.equal((await propose('3', '2')).kind, 'written');
    const document = open('3');
    assert.equal(statusOf(document.state), 'proposed');
    assert.ok(document.state.hierarchy);
    const labels = document.labelMap();
    const classAt = (x: number, y: number) =>
      document.view().labels.find(({ value }) => value === labels[y * yardWidth + x])?.class;
    assert.deepEqual([classAt(74, 100), classAt(140, 90), classAt(100, 20), classAt(95, 140)], [30, 30, 10, 20]);
    assert.equal(document.view().labels.filter(label => label.class === 30).length, 2);
  });

  test('leaves what a person approved, edited or skipped, also meanwhile', async () => {
    approved('2');
    const before = readFileSync(at('2.mask.json'), 'utf8');
    assert.deepEqual(await propose('2', '1'), { kind: 'kept', isLabelled: false });
    assert.equal(readFileSync(at('2.mask.json'), 'utf8'), before);
    writeMask('2', { ...labelled(yard(balls)).document.state, status: 'edited' });
    assert.deepEqual(await propose('2', '1'), { kind: 'kept', isLabelled: true });
    writeMask('2', { ...emptyState(yardWidth, yardHeight), status: 'proposed' });
    const outcome = await propose('2', '1', () => {
      approved('2');
    });
    assert.deepEqual(outcome, { kind: 'kept', isLabelled: false });
    assert.equal(statusOf(open('2').state), 'approved');
  });

  test('is not written where it is unsure', async () => {
    const noise = yard([], 1, 4);
    const rgb = noise.picture.rgb.map((_, i) => (i * i * 31) % 251);
    await write('2', { ...noise, picture: { ...noise.picture, rgb } });
    const outcome = await propose('2', '1');
    assert.ok(outcome.kind === 'unsure' && outcome.right < 0.7);
    assert.throws(() => readFileSync(at('2.mask.png')));
  });

  test('is not written either where the labels before it are doubtful already', async () => {
    const sure = await propose('2', '1');
    assert.ok(sure.kind === 'written' && sure.right > 0.85 && sure.right < 1);
    const outcome = await propose('2', '1', undefined, 0.8);
    assert.ok(outcome.kind === 'unsure' && outcome.right < 0.8);
  });

  test('names the image before it where that has no mask, or no classes', async () => {
    await write('3', yard(balls, 1, 3));
    await assert.rejects(propose('3', '2'), { message: '2.png: it has no mask' });
    approved('2');
    await assert.rejects(propose('3', '2'), { message: '2.png: no label of its mask has a class or a name' });
    writeFileSync(at('3.png'), 'not a picture');
    await assert.rejects(propose('3', '1'), /3\.png: /);
  });
});
