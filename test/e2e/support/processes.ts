import { execFileSync } from 'node:child_process';

/** Kills the language server below a VS Code server, as the system does when memory runs out. */
export function killServer(host: number): void {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n').map(line => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
  });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const below = (pid: number | undefined): boolean => pid !== undefined && (pid === host || below(parents.get(pid)));
  const server = processes.find(({ pid, command }) => /dist[\\/]server\.js/.test(command) && below(pid));
  if (server === undefined) throw new Error('The language server does not run.');
  process.kill(server.pid, 'SIGKILL');
}
