// The notices that the licences of others' work demand of a package that contains it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import spdx from 'spdx-license-list/full.js';

/** The name of the file in a package. */
export const noticesFile = 'THIRD-PARTY-NOTICES.txt';

/** Who holds the rights in packages that come without the text of their licence. */
const holders = new Map([
  ['@vscode/l10n', 'Microsoft Corporation'],
  ['onnxruntime-common', 'Microsoft Corporation'],
  ['onnxruntime-node', 'Microsoft Corporation'],
  ['onnxruntime-web', 'Microsoft Corporation'],
]);

const rule = '='.repeat(80);

/**
 * Returns the notices of installed packages, and of the pretrained weights where they ship.
 * @param folders the packages' folders
 * @throws Error for a package whose licence is not known
 */
export function noticesOf(root, folders) {
  const packages = folders.map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = [...new Map(packages.map(each => [`${each.name} ${each.version}`, each])).values()].map(part =>
    section(`${part.name} ${part.version}`, part.licence, textsOf(part)),
  );
  if (packages.some(({ name }) => name.startsWith('onnxruntime')))
    parts.push(section('What ONNX Runtime contains', 'various', [read(path.join(licences, 'onnxruntime.txt'))]));
  const weights = path.join(root, 'weights');
  if (existsSync(path.join(weights, 'NOTICE.md')))
    parts.push(
      section(
        'Pretrained weights',
        'Apache-2.0',
        ['NOTICE.md', 'LICENSE.txt'].map(name => read(path.join(weights, name))),
      ),
    );
  return `Labelless contains work of others, under the licences below.\n\n${parts.join('\n')}`;
}

const licences = path.join(import.meta.dirname, 'licences');

function readPackage(folder) {
  const { name, version, license: licence } = JSON.parse(read(path.join(folder, 'package.json')));
  if (typeof licence !== 'string') throw new Error(`${name} ${version} names no licence: it must not be packaged`);
  return { folder, name, version, licence };
}

/** The texts that come with a package; the standard one where there is none. */
function textsOf(part) {
  const { folder, name, licence } = part;
  const found = readdirSync(folder).filter(file => /^(licen[cs]e|copying|notice|third-party)/i.test(file));
  const texts = found.sort().map(file => read(path.join(folder, file)));
  if (existsSync(path.join(folder, 'versions.json'))) return [...texts, ...libvipsTexts(folder)];
  return texts.length > 0 ? texts : [standardText(name, licence)];
}

function standardText(name, licence) {
  const holder = holders.get(name);
  if (!holder || !spdx[licence])
    throw new Error(`${name} has no text of its licence, ${licence}: add its holder in ${import.meta.filename}`);
  return spdx[licence].licenseText.replace('<year> <copyright holders>', holder);
}

/**
 * What the package of libvips, or on Windows sharp's, is made of, with the licences, and where its sources are: the
 * LGPL demands that it can be replaced.
 */
function libvipsTexts(folder) {
  const versions = Object.entries(JSON.parse(read(path.join(folder, 'versions.json'))));
  return [
    read(path.join(folder, 'README.md')),
    `Versions:\n${versions.map(([library, version]) => `  ${library} ${version}`).join('\n')}`,
    'The libraries are one shared library beside this package, which may be replaced by another build of it.\n' +
      'Sources and build scripts: https://github.com/lovell/sharp-libvips',
    ...['LGPL-3.0-or-later', 'GPL-3.0-or-later'].map(id => spdx[id].licenseText),
  ];
}

function section(title, licence, texts) {
  return `${rule}\n${title}\nLicence: ${licence}\n${rule}\n\n${texts.map(text => text.trim()).join('\n\n---\n\n')}\n`;
}

function read(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}
