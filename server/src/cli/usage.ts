/** A wrong call: the message says what is wrong with it, the exit status is 2. */
export class UsageError extends Error {}

const overview = `Labelless segments images without annotations.

labelless segment [IMAGE|FOLDER…] [options]  write a mask for each image
labelless evaluate --predictions DIR --truth DIR  how good label maps are
labelless adapt CONFIG.adapt.json [options]  train a network, and adapt it to photos without labels
labelless figure IMAGE… --checkpoint DIR -o FILE.png
                                             input, Method 1 and Method 2 side by side
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
      --method NAME      clustering (default), superpixel, continuity, or adapted, which needs a checkpoint
      --checkpoint DIR   folder of a run of labelless adapt, whose network is used
      --granularity G    from 0, few large regions, to 1, many small ones (default 0.5)
      --reference A.jpg B.jpg … -- IMAGE…
                         learn from A, B, … together, at most 16 of them, and label the images after the -- by that: a label
                         has one meaning, name and colour in all. Names in the masks of A, B, … are kept
      --scribbles FILE.png
                         learn a few strokes a label: a label image of the picture's size, 255 where nothing is drawn
      --regions N        the granularity that gives N regions, or as near as can be
      --backend NAME     auto (default), cpu, webgpu, cuda, directml, coreml, wasm or tensorflow
      --threads N        threads of the CPU back ends (default: the free cores)
      --seed N           start of the random numbers (default 1)
      --format LIST      what to write, of mask, overlay, npy, classes, coco, labelme, voc, yolo (default mask)
      --set KEY=VALUE    any setting of the editor, such as clustering.iterations=30
      --json             one JSON object on standard output, everything else on standard error

Exit status: 0; 1 when an image failed, the others are written; 2 for a wrong call; 130 when interrupted.
`;

const evaluate = `labelless evaluate --predictions DIR --truth DIR [options]

Scores label maps (PNG, one value a pixel) against truths: for each ID.png, or ID.0.png, ID.1.png, … by several annotators, below
the one folder, ID.mask.png or ID.png below the other. A prediction's segments are its connected regions.

  mIoU        for each true segment the best intersection over union with a predicted one; mean over segments, annotators, images
  fine        the same by the annotator of most segments, coarse: by the one of fewest
  covering    the same as mIoU, weighted by the true segments' areas
  PRI         probabilistic Rand index
  VOI         variation of information, bits; less is better
  boundary F  of boundaries within 0.0075 of the diagonal; over images their pixels are counted together

      --classes FILE     labels mean classes: per-class IoU, mIoU, pixel accuracy and the confusion matrix instead. FILE is an
                         experiment (its classes count) or a JSON array of the names of the values 0, 1, …; of a mask with a
                         sidecar the labels' names count
      --picture FILE.png the confusion matrix as a picture
      --json             one JSON object on standard output, everything else on standard error

Exit status: 0; 1 when an image could not be scored, the others are; 2 for a wrong call.
`;

const adapt = `labelless adapt CONFIG.adapt.json [options]

Trains the network of an experiment file and adapts it to its target photos. The run's folder is output.folder of the file, else
runs/NAME beside it. Ctrl-C stops behind a checkpoint; a second one at once.

      --resume       go on from the last checkpoint of the run in the folder
      --replace      delete the run in the folder first
      --threads N    threads of the CPU back ends (default: the free cores)
      --json         the run as one JSON object on standard output, everything else on standard error

Exit status: 0; 1 when the run failed or cannot begin; 2 for a wrong call or experiment file; 130 when interrupted.
`;

const figure = `labelless figure IMAGE… --checkpoint DIR -o FILE.png [options]

Draws Input | Method 1 | Method 2 side by side, a row an image: clustering on the image itself, and the network of a training run.

      --checkpoint DIR   folder of a run of labelless adapt
  -o, --output FILE      the picture to write, a PNG
      --width N          pixels of a column (default 480)
      --method NAME      of Method 1: clustering (default), superpixel or continuity
      --granularity G, --backend NAME, --threads N, --seed N, --set KEY=VALUE    as for labelless segment

Exit status: 0; 1 when an image failed, the others are drawn; 2 for a wrong call; 130 when interrupted.
`;

const doctor = `labelless doctor [--json] [--set tensorflow.folder=DIR]

Tries each back end with a small training step, and says what works, how fast, and why others do not.
`;

const serve = `labelless serve --stdio

Runs the language server on standard input and output, for any editor that speaks the language-server protocol.
`;

const byCommand: Readonly<Record<string, string>> = { segment, evaluate, adapt, figure, doctor, serve };

/** The help of a command, or of all. */
export function help(command?: string): string {
  return command !== undefined && Object.hasOwn(byCommand, command) ? byCommand[command] : overview;
}
