import assert from 'node:assert/strict';
import { ClassList } from '../../mask/classes/classList';
import { KeptClasses } from './keptClasses';

const file = '/photos/labelless.classes.json';
const road = { id: 7, name: 'road', colour: '#804080' };

suite('The class file of an image', () => {
  test('that breaks leaves the last good classes, with what is wrong', () => {
    const kept = new KeptClasses();
    assert.deepEqual(kept.message(), { type: 'classes', classes: null, file: null });
    kept.set({ file, problem: 'it is empty' });
    assert.deepEqual(kept.message().classes, null);
    kept.set({ file, list: new ClassList([road]) });
    kept.set({ file, problem: 'it is no JSON' });
    assert.deepEqual(kept.message(), {
      type: 'classes',
      classes: [road],
      file: { name: 'labelless.classes.json', problem: 'it is no JSON' },
    });
    assert.equal(kept.list?.byId(7)?.name, 'road');
    kept.set(undefined);
    assert.equal(kept.list, undefined);
  });
});
