import { execFileSync } from 'node:child_process';

/** The process id of the language server below a VS Code server; undefined when none runs. */
export function findServer(host: number): number | undefined {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => {
      const [pid, parent, ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
    });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const below = (pid: number | undefined): boolean => pid !== undefined && (pid === host || below(parents.get(pid)));
  return processes.find(({ pid, command }) => /dist[\\/]server\.js/.test(command) && below(pid))?.pid;
}

/** Kills the language server below a VS Code server, as the system does when memory runs out. */
export function killServer(host: number): void {
  const server = findServer(host);
  if (server === undefined) throw new Error('The language server does not run.');
  process.kill(server, 'SIGKILL');
}
