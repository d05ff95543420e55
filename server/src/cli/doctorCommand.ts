import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import sharp from 'sharp';
import { version } from '../../../package.json';
import type { BackendReport } from '../../../protocol/backends';
import type { Settings } from '../../../protocol/settings';
import { probeBackends } from '../engine/backend/backendTrials';
import { printOut } from './standardStreams';

/** The JSON that `labelless doctor --json` prints. */
interface MachineReport {
  labelless: string;
  node: string;
  system: string;
  processor: string;
  /** The number of threads that can run at once. */
  cores: number;
  /** Memory in gigabytes. */
  memory: { total: number; free: number };
  libraries: { sharp: string; libvips: string };
  backends: BackendReport[];
}

/** `labelless doctor`: shows which parts work on this machine. The exit status is 1 when nothing can train. */
export async function examineMachine({ json, settings }: { json: boolean; settings: Settings }): Promise<number> {
  const report: MachineReport = { ...machine(), backends: [] };
  if (!json) printOut(heading(report));
  for await (const backend of probeBackends({
    threads: settings.limits.threads,
    tensorflowFolder: settings.tensorflow.folder,
  })) {
    report.backends.push(backend);
    if (!json) printOut(`${backendLine(backend)}\n`);
  }
  const works = report.backends.filter(backend => backend.state === 'works');
  if (json) printOut(`${JSON.stringify(report)}\n`);
  else if (works.length === 0) printOut('\nNo back end works: nothing can be trained on this machine.\n');
  return works.length > 0 ? 0 : 1;
}

function machine(): Omit<MachineReport, 'backends'> {
  const gigabytes = (bytes: number) => Math.round(bytes / 1e8) / 10;
  return {
    labelless: version,
    node: process.versions.node,
    system: `${platform()} ${arch()} ${release()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: { total: gigabytes(totalmem()), free: gigabytes(freemem()) },
    libraries: { sharp: sharp.versions.sharp ?? 'unknown', libvips: sharp.versions.vips },
  };
}

function heading({ labelless, node, system, processor, cores, memory, libraries }: MachineReport): string {
  return [
    `Labelless ${labelless}, Node ${node}, sharp ${libraries.sharp} (libvips ${libraries.libvips})`,
    `${system}; ${processor}, ${cores} cores; ${memory.total} GB of memory, ${memory.free} GB free`,
    '',
    'Back ends, each tried with small training steps of both methods, compared with the right numbers:',
    '',
  ].join('\n');
}

const marks: Readonly<Record<BackendReport['state'], string>> = { works: '✔', failed: '✘', missing: '–', untried: '?' };

function backendLine({ name, state, milliseconds, detail }: BackendReport): string {
  const time = milliseconds === undefined ? '' : `, ${milliseconds.toFixed(1)} ms a step`;
  return `  ${marks[state]} ${name.padEnd(10)} ${state}${time}${detail ? `: ${detail}` : ''}`;
}
