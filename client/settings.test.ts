import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { defaultSettings, settingsSchema } from '../protocol/settings';

interface Contributed {
  scope: string;
  type: string;
  default: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  items?: { enum: string[] };
  markdownDescription: string;
  markdownEnumDescriptions?: string[];
}
interface Json {
  type?: string;
  properties?: Record<string, Json>;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  items?: { enum: string[] };
}
interface Manifest {
  contributes: { configuration: { title: string; properties: Record<string, Contributed> }[] };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
}

function leaves(schema: Json, prefix: string): [string, Json][] {
  if (!schema.properties) return [[prefix, schema]];
  return Object.entries(schema.properties).flatMap(([name, value]) => leaves(value, `${prefix}.${name}`));
}

function defaultOf(key: string): unknown {
  return key
    .split('.')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], defaultSettings);
}

suite('contributed settings', () => {
  const manifestText = readFileSync('package.json', 'utf8');
  const manifest = JSON.parse(manifestText) as Manifest;
  const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
  const contributed = new Map(manifest.contributes.configuration.flatMap(group => Object.entries(group.properties)));
  const schema = new Map(leaves(z.toJSONSchema(settingsSchema, { io: 'input' }) as Json, 'labelless'));

  test('are those that the server reads', () => {
    assert.deepEqual([...contributed.keys()].sort(), [...schema.keys()].sort());
  });

  for (const [key, expected] of schema) {
    test(`${key} has the default, bounds and choices that the server checks`, () => {
      const actual = contributed.get(key)!;
      assert.deepEqual(actual.default, defaultOf(key));
      for (const bound of ['minimum', 'maximum', 'exclusiveMinimum'] as const)
        assert.equal(actual[bound], expected[bound], bound);
      assert.equal(actual.type, expected.type);
      assert.deepEqual(actual.enum, expected.enum);
      assert.deepEqual(actual.items?.enum, expected.items?.enum);
      assert.equal(actual.markdownEnumDescriptions?.length, expected.enum?.length);
      assert.ok(actual.markdownDescription);
    });
  }

  test('belong to a resource, but for what loads code, which belongs to the machine', () => {
    for (const [key, { scope }] of contributed)
      assert.equal(scope, key === 'labelless.tensorflow.folder' ? 'machine' : 'resource', key);
  });

  test('that name a path to write or a model to read need trust', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'labelless.output.folder',
      'labelless.adaptation.checkpoint',
    ]);
  });

  test('and all other contributed texts exist, and no others', () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(match => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });
});
