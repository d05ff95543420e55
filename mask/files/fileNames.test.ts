import assert from 'node:assert/strict';
import {
  foldedName,
  isImageName,
  isMaskName,
  isOwnFolder,
  isOwnOutput,
  isSkippedFolder,
  maskCandidates,
  maskName,
  nameLookup,
  outputNames,
  imageCandidates,
  sameFileName,
  siblingsByStem,
  sidecarName,
} from './fileNames';

suite('File names', () => {
  test('of masks: the stem, or the whole name where another image has the stem', () => {
    assert.equal(maskName('photo.jpg'), 'photo.mask.png');
    assert.equal(maskName('photo.jpg', ['photo.jpg', 'other.png']), 'photo.mask.png');
    assert.equal(maskName('photo.jpg', ['photo.png']), 'photo.jpg.mask.png');
    assert.equal(maskName('photo.png', ['photo.jpg', 'photo.png']), 'photo.png.mask.png');
    assert.equal(
      maskName('Photo.JPG', ['photo.png']),
      'Photo.JPG.mask.png',
      'on Windows and macOS they would be one file',
    );
    assert.equal(
      maskName('photo.jpg', ['photo.txt', 'photo.mask.png', 'photo.mask.json', 'photo.overlay.png']),
      'photo.mask.png',
    );
    assert.equal(maskName('a.b.jpg', ['a.jpg']), 'a.b.mask.png');
    assert.equal(maskName('café.jpg'.normalize('NFC'), ['café.jpg'.normalize('NFD')]), 'café.mask.png');
    assert.equal(maskName('café.jpg'.normalize('NFC'), ['café.png'.normalize('NFD')]), 'café.jpg.mask.png');
    assert.equal(maskName('Ünïcode “photo” 1.jpeg'), 'Ünïcode “photo” 1.mask.png');
  });

  test('of all outputs go together', () => {
    assert.deepEqual(outputNames('photo.jpg'), {
      stem: 'photo',
      mask: 'photo.mask.png',
      sidecar: 'photo.mask.json',
      npy: 'photo.mask.npy',
      overlay: 'photo.overlay.png',
      classes: 'photo.mask.classes',
      coco: 'photo.coco.json',
      labelme: 'photo.json',
      voc: 'labelless.voc',
      yolo: 'labelless.yolo',
    });
    for (const name of ['photo.mask.classes', 'labelless.voc', 'Labelless.YOLO']) assert.ok(isOwnFolder(name), name);
    for (const name of ['voc', 'classes', 'labelless']) assert.ok(!isOwnFolder(name), name);
    const siblings = siblingsByStem(['Photo.png', 'photo.jpg', 'other.png', 'photo.tar.png']);
    assert.deepEqual(['photo.jpg', 'other.png', 'new.png'].map(siblings), [
      ['Photo.png', 'photo.jpg'],
      ['other.png'],
      [],
    ]);
    assert.equal(outputNames('photo.jpg', ['photo.png']).overlay, 'photo.jpg.overlay.png');
    assert.equal(sidecarName('My Mask.PNG'), 'My Mask.json');
  });

  test('tell own outputs from images', () => {
    for (const name of [
      'photo.mask.png',
      'photo.jpg.mask.png',
      'PHOTO.MASK.PNG',
      'photo.mask.json',
      'photo.overlay.png',
      'photo.figure.png',
      'photo.mask.npy',
    ]) {
      assert.ok(isOwnOutput(name), name);
      assert.ok(!isImageName(name), name);
    }
    for (const name of ['photo.jpg', 'a.b.TIFF', 'mask.png', 'overlay.png', 'x.avif', 'x.jfif', 'X.JPE']) {
      assert.ok(isImageName(name), name);
      assert.ok(!isOwnOutput(name), name);
    }
    for (const name of ['.png', '.mask.png', 'photo', 'photo.txt', 'photo.svg', 'png'])
      assert.ok(!isImageName(name) || name === '.mask.png', name);
    assert.ok(isMaskName('photo.mask.png') && !isMaskName('photo.png') && !isMaskName('.mask.png'));
  });

  test('tell what an operating system adds from images and folders of images', () => {
    for (const name of ['._photo.jpg', 'a/._photo.png', '._photo.mask.png']) {
      assert.ok(!isImageName(name), name);
      assert.ok(!isMaskName(name), name);
    }
    assert.ok(isImageName('_photo.jpg') && isImageName('a._b.jpg'));
    for (const name of ['__MACOSX', '@eaDir', '$RECYCLE.BIN', '.git', 'labelless.voc', 'a.mask.classes'])
      assert.ok(isSkippedFolder(name), name);
    assert.ok(!isSkippedFolder('photos') && !isSkippedFolder('MACOSX'));
  });

  test('meet whether their letters are composed or not', () => {
    const [composed, decomposed] = ['café.png'.normalize('NFC'), 'café.png'.normalize('NFD')];
    assert.notEqual(composed, decomposed);
    assert.ok(sameFileName(composed, decomposed) && !sameFileName(composed, 'cafe.png'));
    assert.equal(nameLookup([decomposed, 'x.png'])(composed), decomposed);
    assert.equal(nameLookup([decomposed, composed])(composed), composed);
    assert.equal(nameLookup([composed, decomposed])(decomposed), decomposed);
    assert.equal(nameLookup([composed])('cafe.png'), undefined);
    assert.equal(foldedName('CAFÉ.png'.normalize('NFD')), composed);
    assert.deepEqual(imageCandidates('café.mask.png'.normalize('NFC'), [decomposed]), [decomposed]);
    assert.deepEqual(siblingsByStem([decomposed])(composed), [decomposed]);
  });

  test('lead back from a mask to its photo', () => {
    const names = ['photo.png', 'photo.jpg', 'photo.mask.png', 'photo.jpg.webp', 'other.jpg'];
    assert.deepEqual(imageCandidates('photo.mask.png', names), ['photo.png', 'photo.jpg']);
    assert.deepEqual(imageCandidates('photo.jpg.mask.png', names), ['photo.jpg', 'photo.jpg.webp']);
    assert.deepEqual(imageCandidates('photo.jpg', names), []);
    for (const [image, siblings] of [
      ['photo.jpg', ['photo.png']],
      ['photo.jpg', []],
      ['a.b.jpg', []],
    ] as const) {
      assert.deepEqual(imageCandidates(maskName(image, siblings), [image]), [image]);
    }
  });

  test('of a mask that was written before a neighbour came or went are looked for too', () => {
    assert.deepEqual(maskCandidates('photo.jpg'), ['photo.mask.png', 'photo.jpg.mask.png']);
    assert.deepEqual(maskCandidates('photo.jpg', ['photo.png']), ['photo.jpg.mask.png', 'photo.mask.png']);
  });
});
