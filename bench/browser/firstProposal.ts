// Seconds from *Learn from My Masks* until the image in sight shows what the network proposes, in a real window: a
// folder with a class list and approved masks is copied into the workspace and labelled as a session.
// Usage: node bench/bundle.mjs browser/firstProposal FOLDER, behind `npm run package`
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classFileName } from '../../mask/classes/classFileName';
import { chooseInExplorer } from '../../test/e2e/support/explorer';
import { MaskEditor, sessionList } from '../../test/e2e/support/maskEditor';
import { openSession, openWindow } from '../../test/e2e/support/vscodeSession';
import { until } from '../../test/support/until';

async function main(folder: string): Promise<void> {
  const photos = readdirSync(folder);
  const approved = photos.filter(name => name.endsWith('.mask.json')).length;
  const { classes } = JSON.parse(readFileSync(path.join(folder, classFileName), 'utf8')) as {
    classes: { name: string }[];
  };
  const session = await openSession();
  try {
    const prepare = (workspace: string) => {
      cpSync(folder, path.join(workspace, 'photos'), { recursive: true });
    };
    const window = await openWindow(session, { width: 1440, height: 900, prepare });
    const { page } = window;
    await chooseInExplorer(page, 'photos', 'Label This Folder');
    await sessionList(page)
      .getByText(new RegExp(`^${approved} of \\d+ approved`))
      .waitFor({ timeout: 60_000 });
    const editor = new MaskEditor(page);
    await editor.finished();
    const isNamed = (label: string) => classes.some(({ name }) => label.startsWith(name));
    if ((await editor.labels()).some(isNamed)) throw new Error('the image in sight has labels with classes already');
    const started = performance.now();
    await sessionList(page).getByText('Learn from My Masks').click();
    await until('labels of the network', async () => (await editor.labels()).some(isNamed), 600_000);
    console.log(
      `${approved} labelled images: the first proposal after ${Math.round((performance.now() - started) / 1000)} s`,
    );
    await window.close();
  } finally {
    await session.close();
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('FOLDER: with a class list, approved masks and other photos');
void main(folder);
