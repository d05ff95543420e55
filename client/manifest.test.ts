import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { imageExtensions, outputNames } from '../mask/files/fileNames';
import { pageActions } from '../protocol/pageActions';
import { defaultSettings, settingsSchema, windowSettingsSchema } from '../protocol/settings';

interface MenuItem {
  command?: string;
  when?: string;
}
interface Setting {
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
interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  items?: { enum: string[] };
}
interface Manifest {
  contributes: {
    commands: { command: string; title: string; icon?: string; enablement?: string }[];
    menus: { commandPalette: MenuItem[]; 'editor/title': MenuItem[]; [menu: string]: MenuItem[] };
    keybindings: { command: string; key: string; mac?: string; when?: string }[];
    configuration: { title: string; properties: Record<string, Setting> }[];
    customEditors: [{ selector: { filenamePattern: string }[] }];
    configurationDefaults: { 'explorer.fileNesting.patterns': Record<string, string> };
  };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
}

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

suite('contributed commands', () => {
  const { commands, menus, keybindings } = manifest.contributes;
  /** Letters that VS Code's own keybindings have with Shift and Alt, on any system (1.139; R in the desktop alone). */
  const taken = 'acdfhior';
  /** Letters that open its menus with Alt, with Shift too: File, Edit, Selection, View, Go, Run, Terminal, Help. */
  const ofMenus = 'fesvgrth';

  test('have a title, and an icon where they are a button of the editor', () => {
    for (const { command, title } of commands) assert.ok(texts[title.replaceAll('%', '')], command);
    for (const { command } of menus['editor/title'])
      assert.ok(commands.find(one => one.command === command)?.icon, command);
  });

  test('that need the mask editor have a condition in the palette', () => {
    const named = new Set(menus.commandPalette.map(({ command }) => command));
    for (const { command, enablement } of commands) {
      if (enablement?.includes('hasMask') || enablement?.includes('comparing')) assert.ok(named.has(command), command);
    }
    for (const { command, when } of menus.commandPalette) assert.ok(when, command);
  });

  test('of the page are those that it knows, each with an icon, a condition in the palette and a keybinding', () => {
    const own = commands.filter(({ command }) => command.includes('.', 'labelless.'.length));
    assert.deepEqual(own.map(({ command }) => command.slice('labelless.'.length)).sort(), [...pageActions].sort());
    for (const { command, icon } of own) {
      assert.match(icon ?? '', /^\$\([a-z-]+\)$/, command);
      for (const [place, items] of Object.entries({ palette: menus.commandPalette, keybindings })) {
        const found = items.filter(one => one.command === command);
        assert.equal(found.length, 1, `${command} in ${place}`);
        assert.match(found[0]?.when ?? '', /^activeCustomEditorId == 'labelless\.mask'/, `${command} in ${place}`);
      }
    }
  });

  test('of menus exist', () => {
    const known = new Set(commands.map(({ command }) => command));
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command } of items) if (command) assert.ok(known.has(command), `${command} in ${menu}`);
    }
  });

  test('of images are offered for every kind of image that can be segmented', () => {
    const conditions = manifestText.match(/resourceExtname =~ \/[^/]+\/i/g) ?? [];
    assert.ok(conditions.length > 5);
    for (const condition of conditions) {
      const pattern = new RegExp(/\/([^/]+)\//.exec(condition)![1].replaceAll('\\\\', '\\'), 'i');
      for (const extension of imageExtensions) assert.match(`.${extension}`, pattern);
    }
    const [{ selector }] = manifest.contributes.customEditors;
    const patterns = selector.map(({ filenamePattern }) => filenamePattern.replaceAll(/\[(.)[^\]]*\]/g, '$1'));
    assert.deepEqual(patterns.toSorted(), imageExtensions.map(extension => `*.${extension}`).toSorted());
  });

  test('do not have a key that others begin with', () => {
    const beginnings = new Set(keybindings.flatMap(({ key }) => (key.includes(' ') ? [key.split(' ')[0]] : [])));
    assert.deepEqual([...beginnings], ['shift+alt+p']);
    assert.deepEqual(
      keybindings.filter(({ key }) => beginnings.has(key)),
      [],
    );
  });

  test('have keys of their own, in the mask editor, that VS Code does not use', () => {
    const known = new Set(commands.map(({ command }) => command));
    const shared = keybindings.flatMap((one, index) =>
      keybindings.slice(index + 1).filter(other => other.key === one.key && !exclude(one.when, other.when)),
    );
    assert.deepEqual(shared, []);
    for (const { command, key, when } of keybindings) {
      assert.ok(known.has(command), command);
      assert.match(when ?? '', /activeCustomEditorId == 'labelless\.mask'/, command);
      const letter = /^shift\+alt\+(.)( .+)?$/.exec(key)?.[1];
      if (command !== 'labelless.saveMaskAs')
        assert.ok(letter !== undefined && !taken.includes(letter) && !ofMenus.includes(letter), `${command}: ${key}`);
    }
  });
});

/** Tells whether two conditions cannot both hold: one has a clause that the other negates. */
function exclude(when = '', other = ''): boolean {
  const clauses = when.split(' && ');
  const negated = (clause: string) => (clause.startsWith('!') ? clause.slice(1) : `!${clause}`);
  return other.split(' && ').some(clause => clauses.includes(negated(clause)));
}

function leaves(schema: JsonSchema, prefix: string): [string, JsonSchema][] {
  if (!schema.properties) return [[prefix, schema]];
  return Object.entries(schema.properties).flatMap(([name, value]) => leaves(value, `${prefix}.${name}`));
}

function defaultOf(key: string): unknown {
  return key
    .split('.')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], {
      ...defaultSettings,
      ...windowSettingsSchema.parse({}),
    });
}

suite('contributed settings', () => {
  const contributed = new Map(manifest.contributes.configuration.flatMap(group => Object.entries(group.properties)));
  const leavesOf = (read: z.ZodType) => leaves(z.toJSONSchema(read, { io: 'input' }) as JsonSchema, 'labelless');
  const ofWindow = new Map(leavesOf(windowSettingsSchema));
  const schema = new Map([...leavesOf(settingsSchema), ...ofWindow]);

  test('are those that the program reads', () => {
    assert.deepEqual([...contributed.keys()].sort(), [...schema.keys()].sort());
  });

  for (const [key, expected] of schema) {
    test(`${key} has the default, bounds and choices that the program checks`, () => {
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

  test('belong to a resource or a window, but for what loads code, which belongs to the machine', () => {
    for (const [key, { scope }] of contributed) {
      const usual = ofWindow.has(key) ? 'window' : 'resource';
      assert.equal(scope, key === 'labelless.tensorflow.folder' ? 'machine' : usual, key);
    }
  });

  test('that name a path to write, a model to read or a machine to connect to need trust', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'labelless.output.folder',
      'labelless.adaptation.checkpoint',
      'labelless.queue.url',
    ]);
  });

  test('and all other contributed texts exist, and no others', () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(match => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });
});

suite('the Explorer', () => {
  const patterns = manifest.contributes.configurationDefaults['explorer.fileNesting.patterns'];

  /** Whether a file is nested under a photo, as VS Code reads patterns. */
  function isNested(file: string, stem: string, extension: string): boolean {
    const children = patterns[`*.${extension}`] ?? '';
    const names = children
      .replaceAll(/\$\{capture\}|\$\(basename\)/g, stem)
      .replaceAll('$(extname)', extension)
      .split(', ');
    return names.some(name => (name.endsWith('*') ? file.startsWith(name.slice(0, -1)) : file === name));
  }

  test('nests what Labelless writes for a photo, of any kind, under it, and what it kept aside', () => {
    for (const extension of imageExtensions.flatMap(name => [name, name.toUpperCase()])) {
      for (const sibling of ['other.png', 'photo.x.png', 'photo.jpg', 'photo.png']) {
        const names = outputNames(`photo.${extension}`, [sibling]);
        for (const file of [names.mask, names.sidecar, names.npy, names.overlay, names.coco])
          assert.ok(isNested(file, 'photo', extension), `${file} under photo.${extension}`);
        assert.ok(isNested(`${names.mask}.previous-1`, 'photo', extension));
      }
    }
  });

  test('nests nothing else', () => {
    for (const file of ['photo.json', 'photo.txt', 'photo.png', 'photo2.mask.png', 'photos.mask.json', 'photo.xml'])
      assert.ok(!isNested(file, 'photo', 'jpg'), file);
  });
});
