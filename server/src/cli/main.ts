#!/usr/bin/env node
import { reasonOf } from '../../../mask/errors';
import { runCommandLine } from './cliProgram';
import { UsageError } from './settingOptions';
import { flushStandardStreams, outputFailure, watchStandardStreams } from './standardStreams';

function report(error: unknown): number {
  const wrongCall = error instanceof UsageError;
  process.stderr.write(`labelless: ${reasonOf(error)}\n${wrongCall ? 'Try labelless --help\n' : ''}`);
  return wrongCall ? 2 : 1;
}

async function run(args: string[]): Promise<number> {
  const status = await runCommandLine(args).catch(report);
  await flushStandardStreams();
  const lost = outputFailure(args.includes('--json'));
  if (lost === undefined) return status;
  process.stderr.write(`labelless: standard output could not be written: ${lost}\n`);
  await flushStandardStreams();
  return status === 0 ? 1 : status;
}

watchStandardStreams();
// Threads of a WebAssembly back end would keep the process alive.
void run(process.argv.slice(2)).then(status => process.exit(status));
