const magic = [0x93, ...Buffer.from('NUMPY'), 1, 0];
/** The pixels start at a multiple of this, so that readers can map the file into memory. */
const alignment = 64;

/**
 * Encodes a label map as a NumPy array file of format 1.0 (numpy.lib.format), C order, little-endian.
 * @param labels one value a pixel, row-major
 * @returns `uint8` of shape (height, width) where every label fits, else `uint16`
 */
export function encodeNpy(labels: Uint16Array, width: number, height: number): Uint8Array {
  if (labels.length !== width * height)
    throw new RangeError(`${labels.length} labels do not fill ${width} × ${height} pixels`);
  const wide = labels.some(label => label > 255);
  const header = headerOf(wide ? '<u2' : '|u1', width, height);
  const file = new Uint8Array(header.length + labels.length * (wide ? 2 : 1));
  file.set(header);
  if (wide) {
    const view = new DataView(file.buffer, header.length);
    for (let i = 0; i < labels.length; i++) view.setUint16(i * 2, labels[i]!, true);
  } else file.set(labels, header.length);
  return file;
}

function headerOf(type: string, width: number, height: number): Uint8Array {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${height}, ${width}), }`;
  const prefix = magic.length + 2;
  const length = Math.ceil((prefix + text.length + 1) / alignment) * alignment - prefix;
  return Buffer.concat([
    Buffer.from(magic),
    Buffer.from([length & 255, length >> 8]),
    Buffer.from(`${text.padEnd(length - 1)}\n`, 'latin1'),
  ]);
}
