import assert from 'node:assert/strict';
import { parseLabelNames } from './labelNames';
import { palette } from './palettes';

suite('Names from the settings', () => {
  test('are names with colours of their own or of the palette', () => {
    assert.deepEqual(parseLabelNames(['sky #87CEEB', ' road ', 'traffic light']), [
      { name: 'sky', colour: '#87ceeb' },
      { name: 'road', colour: palette[1] },
      { name: 'traffic light', colour: palette[2] },
    ]);
  });

  test('leave out what is no name, and what is there already', () => {
    for (const none of [undefined, null, 'sky', 7, {}, [1, null, {}, '', '  ', 'x'.repeat(201)]])
      assert.deepEqual(parseLabelNames(none), []);
    assert.deepEqual(
      parseLabelNames(['a', 'b', 'a #ffffff']).map(one => one.name),
      ['a', 'b'],
    );
    assert.equal(parseLabelNames(Array.from({ length: 5000 }, (_, i) => `label ${i}`)).length, 1000);
    assert.equal(parseLabelNames(['#ffffff'])[0].name, '#ffffff');
  });
});
