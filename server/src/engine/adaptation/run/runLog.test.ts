import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyLog } from './runLog';

suite('The table of a training run', () => {
  test('has classes as text in its heading, whatever they are named', () => {
    const classes = ['car', '=1+1', '@x, "y"'].map(name => ({ name, colour: '#000000' }));
    const table = emptyLog('/run', classes).get(path.join('/run', 'metrics.csv'));
    assert.match(table ?? '', /,car,'=1\+1,"'@x, ""y""",held-out mIoU,held-out pixel accuracy,held-out car,/);
  });
});
