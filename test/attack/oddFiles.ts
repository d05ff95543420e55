import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import type { Extent, Trial } from './trial';
import { spread } from './trial';

/** Puts a file of a given path that a program should not trust. */
export type Maker = (file: string) => void;

/** Makes a pipe without a writer: who opens it waits for ever. */
export const pipe: Maker = file => void execFileSync('mkfifo', [file]);

/** Makes a link to a device that never ends. */
export const device: Maker = file => {
  symlinkSync('/dev/zero', file);
};

export const written =
  (content: string | Uint8Array): Maker =>
  file => {
    writeFileSync(file, content);
  };

/** The makers of some contents by title, and those of a pipe and a device. */
export function makersOf(contents: Readonly<Record<string, string | Uint8Array>>): [title: string, make: Maker][] {
  return [
    ...Object.entries(contents).map(([title, content]): [string, Maker] => [title, written(content)]),
    ['a pipe', pipe],
    ['a device', device],
  ];
}

/** All trials, or in the short form `count` of them. */
export function chosen(trials: readonly Trial[], extent: Extent, count: number): Promise<Trial[]> {
  return Promise.resolve(extent === 'full' ? [...trials] : spread(trials, count));
}
