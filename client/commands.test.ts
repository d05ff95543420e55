import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Item { command: string; when?: string }
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

  test('have a title, and an icon where they are a button of the editor', () => {
    for (const { command, title } of commands) assert.ok(titles[title.replaceAll('%', '')], command);
    for (const { command } of menus['editor/title']) assert.ok(commands.find(one => one.command === command)?.icon, command);
  });

  test('that need the mask editor have a condition in the palette', () => {
    const named = new Set(menus.commandPalette.map(({ command }) => command));
    for (const { command, enablement } of commands) {
      if (enablement?.includes('hasMask') || enablement?.includes('comparing')) assert.ok(named.has(command), command);
    }
    for (const { command, when } of menus.commandPalette) assert.ok(when, command);
  });

  test('have keys of their own, in the mask editor, that VS Code does not use', () => {
    const known = new Set(commands.map(({ command }) => command));
    const used = keybindings.map(({ key, when }) => `${key}${when?.includes('!labelless.running') ? '' : ` ${when?.includes('labelless.running') ? 'running' : 'any'}`}`);
    assert.equal(new Set(used).size, used.length);
    for (const { command, key, when } of keybindings) {
      assert.ok(known.has(command), command);
      assert.match(when ?? '', /activeCustomEditorId == 'labelless\.mask'/, command);
      const letter = /^shift\+alt\+(.)$/.exec(key)?.[1];
      if (command !== 'labelless.saveMaskAs') assert.ok(letter !== undefined && !taken.includes(letter), `${command}: ${key}`);
    }
  });
});
