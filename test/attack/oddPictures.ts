import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { faultOf } from './clearAnswer';
import { runCli } from './limitedRun';
import { device, pipe, type Maker } from './oddFiles';
import { writePicture } from './scenes';
import { spread, type Section, type Trial } from './trial';

/** Writes a PNG whose header claims a size that its few bytes of data do not fill. */
function pngBomb(width: number, height: number): Maker {
  return file => {
    const chunk = (type: string, data: Buffer) => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
      const framed = Buffer.alloc(body.length + 8);
      framed.writeUInt32BE(data.length, 0);
      body.copy(framed, 4);
      framed.writeUInt32BE(crc32(body), body.length + 4);
      return framed;
    };
    const header = Buffer.from('0000000000000000080200000000'.slice(0, 26), 'hex');
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    const signature = Buffer.from('89504e470d0a1a0a', 'hex');
    const pixels = deflateSync(Buffer.alloc(2_000_000));
    writeFileSync(
      file,
      Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]),
    );
  };
}

/** Writes a little-endian TIFF of one directory. @param next the offset of the next directory: 8 is the same again */
function tiff(tags: readonly (readonly [tag: number, type: number, count: number, value: number])[], next = 0): Maker {
  return file => {
    const bytes = Buffer.alloc(8 + 2 + tags.length * 12 + 4 + 64);
    bytes.write('II*\0', 0, 'latin1');
    bytes.writeUInt32LE(8, 4);
    bytes.writeUInt16LE(tags.length, 8);
    tags.forEach(([tag, type, count, value], index) => {
      const at = 10 + index * 12;
      bytes.writeUInt16LE(tag, at);
      bytes.writeUInt16LE(type, at + 2);
      bytes.writeUInt32LE(count, at + 4);
      bytes.writeUInt32LE(value, at + 8);
    });
    bytes.writeUInt32LE(next, 10 + tags.length * 12);
    writeFileSync(file, bytes);
  };
}

const tiffTags = (width: number, height: number, bands: number) =>
  [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, 1, 130],
    [277, 3, 1, bands],
    [278, 4, 1, height],
    [279, 4, 1, 16],
  ] as const;

const bytes =
  (...parts: (string | Buffer)[]): Maker =>
  file => {
    writeFileSync(
      file,
      Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
    );
  };

/** What is no regular file, and what has no picture in it, by name. */
const madeByHand: Readonly<Record<string, Maker>> = {
  'pipe.png': pipe,
  'device.png': device,
  'terminal.jpg': file => {
    symlinkSync('/dev/tty', file);
  },
  'circle.png': file => {
    symlinkSync(path.basename(file), file);
  },
  'nowhere.png': file => {
    symlinkSync('there is no such file', file);
  },
  'folder.png': file => {
    mkdirSync(file);
  },
  'empty.png': bytes(''),
  'text.jpg': bytes('this is no picture'),
  'vector.png': bytes('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
  'archive.webp': bytes('PK\x03\x04', Buffer.alloc(100)),
  'noise.png': bytes('\x89PNG\r\n\x1a\n', Buffer.alloc(4000, 'noise')),
  'noise.jpg': bytes('\xff\xd8\xff\xe0', Buffer.alloc(4000, 'noise')),
  'noise.gif': bytes('GIF89a\xff\xff\xff\xff', Buffer.alloc(4000, 'noise')),
  'noise.webp': bytes('RIFF\xff\xff\xff\x7fWEBPVP8 ', Buffer.alloc(4000, 'noise')),
  'noise.avif': bytes('\0\0\0\x20ftypavif', Buffer.alloc(4000, 'noise')),
  'noise.bmp': bytes('BM', Buffer.alloc(4000, 'noise')),
  'high.bmp': bytes(
    'BM',
    Buffer.from('ffffff7f000000003600000028000000ffffff7f00000080010018000000', 'hex'),
    Buffer.alloc(40),
  ),
  'wide.png': pngBomb(65_535, 65_535),
  'line.png': pngBomb(2_000_000_000, 1),
  'short.png': pngBomb(9000, 9000),
  'claims.tif': tiff(tiffTags(60_000, 60_000, 1)),
  'bands.tif': tiff(tiffTags(4, 4, 60_000)),
  'again.tif': tiff(tiffTags(4, 4, 1), 8),
  'endless.tif': tiff([[256, 4, 0xffffffff, 8], ...tiffTags(4, 4, 1).slice(1)]),
  'nothing.tif': tiff([]),
};

/** Pictures of every kind, cut off at a half and a few bytes before their end. */
async function cutPictures(): Promise<[string, Maker][]> {
  const noise = Buffer.from(Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 2654435761) >>> 24));
  const picture = sharp(noise, { raw: { width: 64, height: 48, channels: 3 } });
  const kinds = ['png', 'jpeg', 'webp', 'tiff', 'gif', 'avif'] as const;
  const cuts = await Promise.all(
    kinds.map(async kind => {
      const whole = await picture.clone().toFormat(kind).toBuffer();
      return [0.1, 0.5, 0.95].map((part): [string, Maker] => [
        `cut at ${part * 100} %.${kind}`,
        bytes(whole.subarray(0, Math.floor(whole.length * part))),
      ]);
    }),
  );
  return cuts.flat();
}

/** Bad pictures beside a good one: each is named with its reason, and the good one gets its mask. */
export const oddPictures: Section = {
  title: 'odd pictures, one beside a good one',
  prepare: async (folder, extent) => {
    const makers = [...Object.entries(madeByHand), ...(await cutPictures())];
    return (extent === 'full' ? makers : spread(makers, 6)).map(([name, make], index): Trial => ({
      title: name,
      run: async () => {
        const here = path.join(folder, String(index));
        mkdirSync(here);
        make(path.join(here, name));
        writePicture(path.join(here, 'good one.png'));
        const run = await runCli(['segment', path.join(here, name), path.join(here, 'good one.png'), '--json']);
        const isMissed = !existsSync(path.join(here, 'good one.mask.png')) ? 'the good one has no mask' : undefined;
        return { fault: faultOf(run, { statuses: [0, 1], names: name }) ?? isMissed, use: run.use };
      },
    }));
  },
};

/** All of them in one folder, which is segmented whole. */
export const oddFolder: Section = {
  title: 'a folder of all odd pictures',
  prepare: async folder => {
    for (const [name, make] of [...Object.entries(madeByHand), ...(await cutPictures())]) make(path.join(folder, name));
    writePicture(path.join(folder, 'good one.png'));
    return [
      {
        title: 'segment FOLDER',
        run: async () => {
          const run = await runCli(['segment', folder], { limits: { seconds: 120, megabytes: 1500 } });
          const isMissed = !existsSync(path.join(folder, 'good one.mask.png')) ? 'the good one has no mask' : undefined;
          return { fault: faultOf(run, { statuses: [1], names: 'noise.png' }) ?? isMissed, use: run.use };
        },
      },
    ];
  },
};
