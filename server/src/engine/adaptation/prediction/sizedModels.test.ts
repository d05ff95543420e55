import assert from 'node:assert/strict';
import type { Size } from '../../image/picture';
import type { Model } from './model';
import { SizedModels } from './sizedModels';

suite('Networks for sizes of pictures', () => {
  /** Opens networks that take as many megabytes as they are wide, and keeps a record. */
  const watched = (limit: number) => {
    const record: string[] = [];
    const open = ({ width }: Size): Promise<Model> => {
      record.push(`open ${width}`);
      const dispose = () => Promise.resolve(void record.push(`free ${width}`));
      return Promise.resolve({ predict: () => Promise.resolve({}), load: () => Promise.resolve(), dispose });
    };
    return { record, models: new SizedModels(open, ({ width }) => width, limit) };
  };
  const wide = (width: number) => ({ width, height: 10 });

  test('are opened once a size, and the one used longest ago goes where there is no room', async () => {
    const { record, models } = watched(100);
    const first = await models.get(wide(40));
    await models.get(wide(50));
    assert.equal(await models.get(wide(40)), first);
    await models.get(wide(60));
    await models.get(wide(40));
    assert.deepEqual(record, ['open 40', 'open 50', 'free 50', 'open 60']);
    await models.dispose();
    assert.deepEqual(record.slice(4).sort(), ['free 40', 'free 60']);
    assert.notEqual(await models.get(wide(40)), first);
  });

  test('one that is above the limit is alone', async () => {
    const { record, models } = watched(100);
    await models.get(wide(30));
    await models.get(wide(300));
    await models.get(wide(20));
    assert.deepEqual(record, ['open 30', 'free 30', 'open 300', 'free 300', 'open 20']);
  });
});
