import { exportNetwork } from '../engine/adaptation/export/exportNetwork';
import { printOut } from './standardStreams';
import { interruptedStatus, onInterrupt, printable } from './terminal';

/** The arguments of `labelless export-network`. */
interface ExportNetworkOptions {
  /** The folder of a run. */
  readonly run: string;
  /** The folder to write into. */
  readonly output: string;
  /** Whether files of these names are replaced. */
  readonly force: boolean;
  readonly json: boolean;
}

/** `labelless export-network`: writes the network of a run as an ONNX model with a card. */
export async function exportRun({ run, output, force, json }: ExportNetworkOptions): Promise<number> {
  const interrupt = onInterrupt();
  try {
    const result = await exportNetwork(run, output, { replace: force, signal: interrupt.signal });
    if ('existing' in result)
      throw new Error(
        `${result.existing.join(' and ')} ${result.existing.length === 1 ? 'exists' : 'exist'}; ` +
          'nothing was written. Add --force to replace, or name another folder with -o',
      );
    printOut(json ? `${JSON.stringify(result)}\n` : result.written.map(file => `${printable(file)}\n`).join(''));
    return 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write('labelless: interrupted; nothing was written\n');
    return interruptedStatus;
  } finally {
    interrupt.release();
  }
}
