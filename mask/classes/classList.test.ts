import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { formatClassFile, openClassFile, parseClassFile } from '../files/classFile';
import { checkClassList, describeClassProblem } from './checkClassList';
import { ClassList } from './classList';
import { classFileSchema, ignoredValue } from './classListSchema';

const road = { id: 1, name: 'road', colour: '#804080', key: '1' };
const ground = { id: 0, name: 'background', colour: '#000000', background: true };

function problemsOf(classes: unknown) {
  const checked = checkClassList({ classes });
  return 'problems' in checked
    ? checked.problems.map(problem => `${problem.kind} ${describeClassProblem(problem)}`)
    : [];
}

suite('A class list', () => {
  test('has a schema file that is up to date (UPDATE_SCHEMA=1 writes it)', () => {
    const file = path.join(process.cwd(), 'schemas', 'classes.schema.json');
    const expected = `${JSON.stringify(z.toJSONSchema(classFileSchema, { io: 'input' }), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMA) writeFileSync(file, expected);
    assert.equal(readFileSync(file, 'utf8'), expected);
  });

  test('finds classes by id, name and key, and knows its background', () => {
    const list = new ClassList([{ ...road, name: ' road ', colour: '#80408A' }, ground]);
    assert.equal(list.byId(1)?.name, 'road');
    assert.equal(list.byId(1)?.colour, '#80408a');
    assert.equal(list.byId(undefined), undefined);
    assert.equal(list.byName('road '), list.byId(1));
    assert.equal(list.byKey('1'), list.byId(1));
    assert.equal(list.background?.id, 0);
    assert.equal(list.valueOf(1), 1);
    assert.equal(list.valueOf(2), ignoredValue);
    assert.equal(list.valueOf(undefined), ignoredValue);
  });

  test('gives pixels of no label the background, 0, or 255 where 0 means another class', () => {
    assert.equal(new ClassList([{ ...ground, id: 7 }]).backgroundValue, 7);
    assert.equal(new ClassList([road]).backgroundValue, 0);
    assert.equal(new ClassList([{ ...road, id: 0 }]).backgroundValue, ignoredValue);
  });

  test('tells each problem with its place', () => {
    assert.deepEqual(problemsOf([road, { ...ground, id: 1, key: '1' }]), [
      'duplicateId classes[1].id: 1 is the id of ‘road’ too',
      'duplicateKey classes[1].key: ‘1’ is the key of ‘road’ too',
    ]);
    assert.deepEqual(problemsOf([road, { ...road, id: 2, name: 'road ', key: '2' }]), [
      'duplicateName classes[1].name: another class is named ‘road’ too',
    ]);
    assert.deepEqual(problemsOf([ground, { ...road, background: true }]), [
      'secondBackground classes[1].background: ‘background’ is the background already',
    ]);
    assert.deepEqual(problemsOf([{ ...road, id: 255, name: ' ', colour: 'red', key: 'ab', color: 'x' }]), [
      'form classes[0].id: it has to be at most 254',
      'form classes[0].name: it is empty',
      'form classes[0].colour: it is not written as it has to be',
      'form classes[0].key: it is not a single character',
      'unknownKey classes[0].color: there is no such entry',
    ]);
    assert.deepEqual(problemsOf([{ ...road, name: 'a\nb' }]), [
      'form classes[0].name: it has line breaks or other control characters',
    ]);
    assert.deepEqual(problemsOf('road'), ['form classes: it is not a list']);
    assert.deepEqual(checkClassList(null), { problems: [{ kind: 'form', path: [], message: 'it is not an object' }] });
  });

  test('is read with comments, and written so that it reads as the same', () => {
    const list = new ClassList([ground, { ...road, name: '=1+1, "quoted"/..\\x', key: '"' }]);
    const text = formatClassFile(list);
    assert.equal(text.split('\n').length, 7);
    const parsed = parseClassFile(`// ours\n${text}`);
    assert.deepEqual('list' in parsed && parsed.list.classes, list.classes);
    assert.deepEqual(parseClassFile('{"classes":['), {
      problems: [{ kind: 'form', path: [], message: 'it is no JSON: close bracket is missing in line 1' }],
    });
  });

  test('that is broken is a problem, not an absent list', () => {
    const content = (text: string) => new TextEncoder().encode(text);
    assert.equal(openClassFile(undefined), undefined);
    assert.deepEqual(openClassFile({ file: 'c', unreadable: 'it is a folder, not a file' }), {
      file: 'c',
      problem: 'it is a folder, not a file',
    });
    assert.deepEqual(openClassFile({ file: 'c', content: content('{"classes":[{"id":1}]}') }), {
      file: 'c',
      problem: 'classes[0].name: a text is missing, and 1 more',
    });
    const opened = openClassFile({ file: 'c', content: content(formatClassFile(new ClassList([road]))) });
    assert.equal(opened && 'list' in opened && opened.list.classes.length, 1);
  });
});
