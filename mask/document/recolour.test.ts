import assert from 'node:assert/strict';
import { neighboursOf } from '../regions/connectivity';
import { MaskDocument } from './maskDocument';
import { palettes, paletteNames } from '../colours/palettes';
import { stateFromSegmentation } from './segmentation';
import { edit, randomResult, seeded } from '../testing/randomMasks';

suite('Palettes', () => {
  for (const name of paletteNames) {
    test(`${name}: labels take its colours, neighbours different ones where they can, and it is one edit`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(seed), 40, 30, 30)));
        const before = document.view();
        const { state } = document;
        edit(document, { kind: 'palette', palette: name });
        const { labels, labelOf } = document.view();
        const colourOf = new Map(labels.map(label => [label.value, label.colour]));
        assert.ok(labels.every(label => (palettes[name] as readonly string[]).includes(label.colour)));
        const { offsets, targets } = neighboursOf(document.state.regions);
        let clashes = 0,
          borders = 0;
        for (let region = 0; region < labelOf.length; region++) {
          for (let at = offsets[region]; at < offsets[region + 1]; at++) {
            if (labelOf[region] === labelOf[targets[at]]) continue;
            borders++;
            if (colourOf.get(labelOf[region]) === colourOf.get(labelOf[targets[at]])) clashes++;
          }
        }
        assert.ok(clashes <= 0.02 * borders, `${clashes} of ${borders}`);
        assert.equal(edit(document, { kind: 'palette', palette: name }), false, 'a second time changes nothing');
        document.take(state);
        assert.deepEqual(document.view(), before);
      }
    });
  }
});
