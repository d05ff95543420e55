import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { faultOf } from './clearAnswer';
import { runCli } from './limitedRun';
import { chosen, device, makersOf, pipe } from './oddFiles';
import { writePicture } from './scenes';
import type { Section, Trial } from './trial';

const good = 'good one.png';

/** Lists of a good image among entries that are none: the good one gets its mask, whatever the others are. */
const besideGood: Readonly<Record<string, string | Uint8Array>> = {
  'a mark of byte order and line ends of Windows': `\ufeff${good}\r\n\r\n`,
  'a name that is not UTF-8': Buffer.concat([Buffer.from([0xff, 0xfe, 0x41, 10]), Buffer.from(`${good}\n`)]),
  'names with quotes, stars and a minus': `*\n"${good}"\n--resume\n-o\n$(touch hacked)\n${good}\n`,
  'names of control characters': `\x1b[2J\x07.png\n\t\n${good}\n`,
  'a pipe, a device, a folder and the list itself': `pipe.png\ndevice.png\n.\nlist\n${good}\n`,
  'a name of 5,000 characters': `${'long '.repeat(1000)}.png\n${good}\n`,
  'a path out of the folder': `../../../../../../etc/passwd\n${good}\n`,
  'own masks and their sidecars': `good one.mask.png\nphoto.mask.json\n${good}\n`,
  'the same image a thousand times': `${good}\n./${good}\n`.repeat(500),
  'a last line without its end': `gone.png\n${good}`,
};

/** Lists that cannot be used: the call is wrong, and says which list it is. */
const unusable: Readonly<Record<string, string | Uint8Array>> = {
  'NUL characters without --null': `${good}\0${good}\0`,
  'UTF-16': Buffer.from(`${good}\n`, 'utf16le'),
  'a line of a megabyte': 'x'.repeat(1_000_000),
};

export const oddLists: Section = {
  title: 'odd lists of files',
  prepare: (folder, extent) => {
    let count = 0;
    const makers = makersOf({ ...besideGood, ...unusable });
    const trials = makers.map(([title, make]): Trial => {
      const here = path.join(folder, String(count++));
      return {
        title,
        run: async () => {
          mkdirSync(here);
          writePicture(path.join(here, good));
          pipe(path.join(here, 'pipe.png'));
          device(path.join(here, 'device.png'));
          make(path.join(here, 'list'));
          const run = await runCli(['segment', '--files-from', 'list', '--json-lines'], { cwd: here });
          if (!(title in besideGood)) return { fault: faultOf(run, { statuses: [2], names: 'list' }), use: run.use };
          const isMissed = existsSync(path.join(here, 'good one.mask.png')) ? undefined : 'the good one has no mask';
          const isHacked = existsSync(path.join(here, 'hacked')) ? 'a name was run as a command' : undefined;
          return { fault: faultOf(run, { statuses: [0, 1] }) ?? isMissed ?? isHacked, use: run.use };
        },
      };
    });
    return chosen(trials, extent, 4);
  },
};
