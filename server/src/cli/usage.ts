/** A wrong call: the message says what is wrong with it, the exit status is 2. */
export class UsageError extends Error {}

const overview = `Labelless segments images without annotations.

labelless segment [IMAGE|FOLDER…] [options]  write a mask for each image
labelless doctor [--json]                    what works on this machine, and how to get the rest
labelless serve --stdio                      the language server, for any editor
labelless --version
labelless COMMAND --help
`;

const segment = `labelless segment [IMAGE|FOLDER…] [options]

Segments each image and writes photo.mask.png, and photo.mask.json with names, colours and the hierarchy of regions, beside it.
Without an image it segments a sample picture into the current folder.

  -o, --output DIR       write into DIR instead
  -r, --recursive        take the images of a folder's folders too
      --method NAME      clustering (default), superpixel or continuity
      --granularity G    from 0, few large regions, to 1, many small ones (default 0.5)
      --regions N        the granularity that gives N regions, or as near as can be
      --backend NAME     auto (default), cpu, webgpu, cuda, directml, coreml, wasm or tensorflow
      --threads N        threads of the CPU back ends (default: the free cores)
      --seed N           start of the random numbers (default 1)
      --format LIST      what to write, of mask, overlay, npy (default mask)
      --set KEY=VALUE    any setting of the editor, such as clustering.iterations=30
      --json             one JSON object on standard output, everything else on standard error

Exit status: 0; 1 when an image failed, the others are written; 2 for a wrong call; 130 when interrupted.
`;

const doctor = `labelless doctor [--json] [--set tensorflow.folder=DIR]

Tries each back end with a small training step, and says what works, how fast, and why others do not.
`;

const serve = `labelless serve --stdio

Runs the language server on standard input and output, for any editor that speaks the language-server protocol.
`;

const byCommand: Readonly<Record<string, string>> = { segment, doctor, serve };

/** The help of a command, or of all. */
export function help(command?: string): string {
  return command !== undefined && Object.hasOwn(byCommand, command) ? byCommand[command] : overview;
}
