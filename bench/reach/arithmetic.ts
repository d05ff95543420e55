import type { RedisUse } from './commandCosts';

/** The seconds that a processor core needs for a photo. */
interface PhotoTime {
  readonly name: string;
  readonly seconds: number;
}

/** A table of how long a million photos take on machines of two cores, and how busy one Redis is meanwhile. */
export function millionTable(photo: RedisUse, times: readonly PhotoTime[]): string {
  const rows = times.flatMap(({ name, seconds }) =>
    [1, 10, 100, 1000].map(machines => {
      const perSecond = (machines * coresOfMachine) / seconds;
      const hours = 1e6 / perSecond / 3600;
      return [
        `${name}, ${seconds} s`,
        String(machines),
        perSecond.toFixed(1),
        hours >= 48 ? `${(hours / 24).toFixed(1)} days` : `${hours.toFixed(1)} h`,
        (hours * machines).toFixed(0),
        `${Number((perSecond * photo.seconds * 100).toPrecision(2))} %`,
      ];
    }),
  );
  const heading = [
    'photo, of one core',
    'machines',
    'photos per second',
    'a million photos',
    'hours of machines',
    'of one Redis',
  ];
  return [heading, heading.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Photos per second at which one Redis, which computes on one core, has no time left. */
export function saturation({ seconds }: RedisUse): number {
  return 1 / seconds;
}

const coresOfMachine = 2;
