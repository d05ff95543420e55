#!/usr/bin/env node
import { reasonOf } from '../../../mask/errors';
import { runCommandLine } from './cliProgram';
import { UsageError } from './settingOptions';

function report(error: unknown): number {
  const wrongCall = error instanceof UsageError;
  process.stderr.write(`labelless: ${reasonOf(error)}\n${wrongCall ? 'Try labelless --help\n' : ''}`);
  return wrongCall ? 2 : 1;
}

/** A reader that closes early (`labelless … | head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void runCommandLine(process.argv.slice(2))
  .catch(report)
  .then(status => {
    // Threads of a WebAssembly back end would keep the process alive; what is still to be written goes out first.
    process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
  });
