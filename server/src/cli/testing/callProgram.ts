import { execFile } from 'node:child_process';
import path from 'node:path';
import sharp from 'sharp';

/** The bundle of the command line. */
export const program = path.resolve('dist', 'cli.js');

export interface Call {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs `labelless` in a folder. */
export function callProgram(cwd: string, ...args: string[]): Promise<Call> {
  return callProgramIn(process.env, cwd, ...args);
}

/** Runs `labelless` in a folder, with only these environment variables. */
export function callProgramIn(env: NodeJS.ProcessEnv, cwd: string, ...args: string[]): Promise<Call> {
  return new Promise(resolve => {
    execFile(process.execPath, [program, ...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** A dark picture with a bright square in it. */
export function square(width = 60, height = 40) {
  const rgb = new Uint8Array(width * height * 3).fill(40);
  for (let y = height >> 2; y < (height * 3) >> 2; y++)
    rgb.fill(220, (y * width + (width >> 2)) * 3, (y * width + ((width * 3) >> 2)) * 3);
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}
