import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pageActions } from '../protocol/pageActions';

interface Item {
  command?: string;
  when?: string;
}
interface Manifest {
  contributes: {
    commands: { command: string; title: string; icon?: string; enablement?: string }[];
    menus: Record<string, Item[]>;
    keybindings: { command: string; key: string; mac?: string; when?: string }[];
  };
}

suite('contributed commands', () => {
  const { commands, menus, keybindings } = (JSON.parse(readFileSync('package.json', 'utf8')) as Manifest).contributes;
  const titles = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
  /** Letters that VS Code's own keybindings have with Shift and Alt, on any system (1.139; R in the desktop alone). */
  const taken = 'acdfhior';
  /** Letters that open its menus with Alt, with Shift too: File, Edit, Selection, View, Go, Run, Terminal, Help. */
  const ofMenus = 'fesvgrth';

  test('have a title, and an icon where they are a button of the editor', () => {
    for (const { command, title } of commands) assert.ok(titles[title.replaceAll('%', '')], command);
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
        assert.match(found[0].when ?? '', /^activeCustomEditorId == 'labelless\.mask'/, `${command} in ${place}`);
      }
    }
  });

  test('of menus exist', () => {
    const known = new Set(commands.map(({ command }) => command));
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command } of items) if (command) assert.ok(known.has(command), `${command} in ${menu}`);
    }
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
    const used = keybindings.map(
      ({ key, when }) =>
        `${key}${when?.includes('!labelless.running') ? '' : ` ${when?.includes('labelless.running') ? 'running' : 'any'}`}`,
    );
    assert.equal(new Set(used).size, used.length);
    for (const { command, key, when } of keybindings) {
      assert.ok(known.has(command), command);
      assert.match(when ?? '', /activeCustomEditorId == 'labelless\.mask'/, command);
      const letter = /^shift\+alt\+(.)( .+)?$/.exec(key)?.[1];
      if (command !== 'labelless.saveMaskAs')
        assert.ok(letter !== undefined && !taken.includes(letter) && !ofMenus.includes(letter), `${command}: ${key}`);
    }
  });
});
