import stringWidth from 'string-width';

/** Removes from a text, such as the name of a file, the control characters that could control the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

const graphemes = new Intl.Segmenter();

/** The beginning of a text that fits into `columns` of a terminal, where an East Asian character takes two. */
export function fit(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let fitting = '';
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(fitting + segment) > columns) break;
    fitting += segment;
  }
  return fitting;
}

/** Pads a text with spaces, after it (`left`) or before it (`right`), to `columns` of a terminal. */
export function aligned(side: 'left' | 'right', text: string, columns: number): string {
  const spaces = ' '.repeat(Math.max(0, columns - stringWidth(text)));
  return side === 'left' ? text + spaces : spaces + text;
}

/** The number of columns that the widest of some texts takes. */
export function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(text => stringWidth(text)));
}

/**
 * Formats a table for the terminal. Columns are as wide as their widest cell; the first is aligned to the left, the
 * others to the right.
 */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows].map(cells => cells.map(printable));
  const widths = heading.map((_, column) => widest(lines.map(cells => cells[column] ?? '')));
  return lines
    .map(cells => cells.map((cell, i) => aligned(i === 0 ? 'left' : 'right', cell, widths[i] ?? 0)).join('  '))
    .map(line => `${line.trimEnd()}\n`)
    .join('');
}

/**
 * Lines at the end of a terminal that are drawn again as they change. On a stream that is not a terminal nothing is
 * drawn.
 */
export class LiveLines {
  /** The number of lines on the terminal now; the cursor is at the end of the last one. */
  private count = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  /** Draws lines in place of the last ones. A long line is cut, since a wrapped one could not be removed again. */
  show(lines: readonly string[]): void {
    if (!this.stream.isTTY) return;
    const columns = (this.stream.columns || 80) - 1; // a terminal that does not know its width says 0
    this.stream.write(this.erasure() + lines.map(line => fit(line, columns)).join('\n'));
    this.count = lines.length;
  }

  /** Removes the lines, so that others can be written in their place. */
  clear(): void {
    if (this.count > 0) this.stream.write(this.erasure());
    this.count = 0;
  }

  private erasure(): string {
    return this.count > 1 ? `\x1b[${this.count - 1}A\r\x1b[0J` : '\r\x1b[2K';
  }
}

/** The exit status of a program that Ctrl-C ended: 128 + SIGINT. */
export const interruptedStatus = 130;

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborts at the first Ctrl-C, termination request or closing of the terminal, so that nothing is left half-written; the
 * second ends the process at once: by the signal's own action, since a normal end would wait for threads that are held
 * up in the file system.
 */
export function onInterrupt(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const release = () => {
    for (const signal of endingSignals) process.off(signal, stop);
  };
  const stop = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      release();
      process.kill(process.pid, signal);
      return;
    }
    controller.abort();
    // From now on the system ends the process, even while it is in a native call. A second signal that is waiting
    // already still comes here.
    setImmediate(release);
  };
  for (const signal of endingSignals) process.on(signal, stop);
  return { signal: controller.signal, release };
}
