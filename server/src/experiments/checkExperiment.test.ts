import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { checkExperiment } from './checkExperiment';
import { toDiagnostic, type TextProblem } from '../jsonFiles/problems';
import { fixEdits } from '../jsonFiles/quickFixes';
import { experimentSections, validPart } from './experimentText';
import { parseJsonText } from '../jsonFiles/jsonText';

const minimal = '"source": {}, "target": { "images": "photos" }, "classes": "camvid11"';

function check(text: string) {
  const document = TextDocument.create('file:///x.adapt.json', 'labelless-adapt', 1, text);
  const source = parseJsonText(text);
  const problems = checkExperiment(source);
  const shown = problems.map(problem => {
    const { range, message, code } = toDiagnostic(document, source, problem);
    return { at: document.getText(range), code, message: message as string };
  });
  const mended = (problem: TextProblem, index = 0) =>
    TextDocument.applyEdits(document, fixEdits(document, source, problem.fixes![index], experimentSections));
  return { problems, shown, mended };
}

suite('Problems of experiment files', () => {
  test('a sound one has none', () => {
    assert.deepEqual(check(`{ ${minimal} }`).problems, []);
    assert.deepEqual(check(`{ ${minimal}, // why\n "training": { "steps": 10, }, }`).problems, []);
  });

  test('an unknown key is told at the key, with the one that was meant, and mended', () => {
    const { shown, problems, mended } = check(`{ ${minimal}, "training": { "lerningRate": 0.1, "steps": 10 } }`);
    assert.deepEqual(shown, [
      {
        at: '"lerningRate"',
        code: 'unknown-key',
        message: 'Unknown key "lerningRate" in training: did you mean "learningRate"?',
      },
    ]);
    assert.equal(mended(problems[0]), `{ ${minimal}, "training": { "learningRate": 0.1, "steps": 10 } }`);
    assert.deepEqual(JSON.parse(mended(problems[0], 1)), JSON.parse(`{ ${minimal}, "training": { "steps": 10 } }`));
  });

  test('what a key already there may not be meant by another', () => {
    const { problems } = check(`{ ${minimal}, "training": { "learningRate": 0.1, "learningrate": 0.2 } }`);
    assert.deepEqual(
      problems[0].fixes?.map(({ title }) => title),
      ['Remove "learningrate"'],
    );
  });

  test('a wrong choice is told at the value and gives way to the nearest', () => {
    const { shown, problems, mended } = check(`{ ${minimal}, "adaptation": { "strategy": "adverserial" } }`);
    assert.equal(shown[0].at, '"adverserial"');
    assert.match(
      shown[0].message,
      /^adaptation\.strategy: "adverserial" is not one of none, adversarial, entropy, self-training; did you mean "adversarial"\?$/,
    );
    assert.match(mended(problems[0]), /"strategy": "adversarial"/);
    assert.equal(problems[0].fixes?.length, 4);
  });

  test('a wrong type is told by name, and a number in quotes is unquoted', () => {
    const { shown, problems, mended } = check(`{ ${minimal}, "training": { "steps": "3000", "batch": 2.6 } }`);
    assert.deepEqual(
      shown.map(({ at, code }) => [at, code]),
      [
        ['"3000"', 'wrong-type'],
        ['2.6', 'wrong-type'],
      ],
    );
    assert.match(shown[0].message, /^training\.steps: expected number/);
    assert.match(mended(problems[0]), /"steps": 3000/);
    assert.match(mended(problems[1]), /"batch": 3/);
  });

  test('a number out of its range is brought to the end of it', () => {
    const { shown, problems, mended } = check(`{ ${minimal}, "training": { "batch": 100 } }`);
    assert.deepEqual([shown[0].at, shown[0].code], ['100', 'out-of-range']);
    assert.match(mended(problems[0]), /"batch": 64/);
  });

  test('missing sections are told at what should have them, and added where they belong', () => {
    const { shown, problems, mended } = check('{\n\t"target": {},\n\t"classes": "camvid11"\n}');
    assert.deepEqual(
      shown.map(({ at, message }) => [at, message]),
      [
        ['{', 'source is missing. The labelled images to learn from.'],
        ['"target"', 'target.images is missing. Folder of unlabelled photos. Subfolders are taken too.'],
      ],
    );
    const text = mended(problems[0]);
    assert.deepEqual(Object.keys(JSON.parse(text) as object), ['source', 'target', 'classes']);
    assert.match(text, /^\{\n\t"source": \{\n\t\t"layout"/, "in the file's own indentation");
  });

  test('an empty file is made a minimal one', () => {
    const { problems, mended } = check(' \n');
    assert.deepEqual(checkExperiment(parseJsonText(mended(problems[0]))), []);
  });

  test('of half-written text what is missing is not told, what is wrong is', () => {
    assert.deepEqual(
      check('{ "source": { "layuot": "gta5", "root": ').shown.map(({ code }) => code),
      ['unknown-key'],
    );
  });

  test('classes that share a name or a value', () => {
    const { shown, problems, mended } = check(
      `{ ${minimal.replace(
        '"camvid11"',
        `[
      { "name": "road", "values": [0, 7], "colour": "#804080" },
      { "name": "Road", "values": [1, 7], "colour": "red" }]`,
      )} }`,
    );
    assert.deepEqual(
      shown.map(({ at, code }) => [at, code]),
      [
        ['"red"', 'wrong-value'],
        ['"Road"', 'duplicate-name'],
        ['7', 'duplicate-value'],
      ],
    );
    assert.match(shown[2].message, /already means "road"/);
    assert.deepEqual(problems[2].related, {
      path: ['classes', 0, 'values', 1],
      message: 'The first class of the value 7',
    });
    assert.match(mended(problems[2]), /"name": "Road", "values": \[1\]/);
  });

  test('a misspelt built-in list of classes', () => {
    const { shown, problems, mended } = check(`{ ${minimal.replace('camvid11', 'cityscape19')} }`);
    assert.equal(shown[0].at, '"cityscape19"');
    assert.match(mended(problems[0]), /"cityscapes19"/);
  });

  test('settings that cannot go together', () => {
    const { shown, problems, mended } = check(`{ ${minimal}, "adaptation": { "levels": "multi" } }`);
    assert.deepEqual([shown[0].at, shown[0].code], ['"multi"', 'conflict']);
    for (const index of [0, 1]) assert.deepEqual(checkExperiment(parseJsonText(mended(problems[0], index))), []);
    const without = check('{ "source": {}, "classes": "camvid11" }');
    assert.equal(without.shown[0].at, '{');
    for (const index of [0, 1])
      assert.deepEqual(checkExperiment(parseJsonText(without.mended(without.problems[0], index))), []);
  });

  test("every conflict's fixes resolve it", () => {
    for (const more of [
      '"adaptation": { "warmUp": 3000 }',
      '"training": { "size": [40, 20] }',
      '"network": { "name": "mobilenetv2-aspp" }, "adaptation": { "strategy": "self-training", "levels": "multi" }',
    ]) {
      const { problems, mended } = check(`{ ${minimal}, ${more} }`);
      assert.equal(problems.length, 1, more);
      problems[0].fixes!.forEach((_, index) => {
        assert.deepEqual(checkExperiment(parseJsonText(mended(problems[0], index))), [], `${more}: fix ${index}`);
      });
    }
  });
});

suite('The sound part of an experiment', () => {
  test('leaves out what is wrong', () => {
    const sound = validPart({
      source: { layout: 'nothing', limit: 3, x: 1 },
      classes: 'camvid11',
      training: { size: [1, 'b'], steps: 7 },
      network: 3,
    });
    assert.deepEqual(
      [sound?.source.layout, sound?.source.limit, sound?.training.size, sound?.training.steps, sound?.network.name],
      ['folders', 3, [160, 120], 7, 'compact'],
    );
  });

  test('is none where too much is wrong', () => {
    for (const value of [undefined, null, 3, [], {}, { source: {}, classes: [] }])
      assert.equal(validPart(value), undefined);
  });
});
