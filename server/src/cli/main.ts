#!/usr/bin/env node
import { version } from '../../../package.json';
import { help, UsageError } from './usage';

/** Runs a command with its arguments; answers the exit status. */
type Command = (args: string[]) => Promise<number>;

/** Loaded when called, so that help is at once there. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  segment: async () => (await import('./segment')).segmentCommand,
  evaluate: async () => (await import('./evaluate')).evaluateCommand,
  adapt: async () => (await import('./adapt')).adaptCommand,
  figure: async () => (await import('./figure')).figureCommand,
  doctor: async () => (await import('./doctor')).doctorCommand,
  serve: async () => (await import('./serve')).serveCommand,
};

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help(args[0]));
    return 0;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (!Object.hasOwn(commands, name)) throw new UsageError(`there is no command ${name}`);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(help(name));
    return 0;
  }
  const command = await commands[name]();
  return command(args);
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`labelless: ${error.message}\nTry labelless --help\n`);
    return 2;
  }
  process.stderr.write(`labelless: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

/** A reader that closes early (`labelless … | head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main(process.argv.slice(2))
  .catch(report)
  .then(status => {
    // Threads of a WebAssembly back end would keep the process alive; what is still to be written goes out first.
    process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
  });
