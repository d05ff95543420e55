import { Option, type Command } from 'commander';
import { addressOption, nameOption, patienceOption } from './queueOptions';
import { formatOptions, methodOptions } from './requestOptions';
import {
  granularityOption,
  jsonOption,
  machineOptions,
  parseInteger,
  predictionOptions,
  SettingOption,
  setOption,
  threadsOption,
  UsageError,
} from './settingOptions';

export function describeEvaluate(command: Command): void {
  command
    .summary('score label maps against truths')
    .description(
      'Scores label maps (PNG, one value a pixel) against truths: for each ID.png, or ID.0.png, ID.1.png, … by ' +
        'several annotators, below the one folder, ID.mask.png or ID.png below the other. ' +
        "A prediction's segments are its connected regions. " +
        'With --checkpoint it segments the labelled photos that the evaluation of a training run names, and scores ' +
        'their classes.',
    )
    .addOption(new Option('--predictions <DIR>', 'the label maps').argParser(nonEmpty('--predictions')))
    .addOption(new Option('--truth <DIR>', 'the truths').argParser(nonEmpty('--truth')))
    .option(
      '--classes <FILE>',
      'labels mean classes: per-class IoU, mIoU, pixel accuracy and the confusion matrix instead. FILE is an ' +
        'experiment (its classes count) or a JSON array of the names of the values 0, 1, …; ' +
        "of a mask with a sidecar the labels' names count",
    )
    .addOption(new Option('--picture <FILE.png>', 'the confusion matrix as a picture').argParser(pngName('--picture')))
    .addOption(
      new SettingOption(
        '--checkpoint <DIR>',
        'adaptation.checkpoint',
        'folder of a run of labelless adapt, to be measured at the size of the photos instead',
        '',
      ).conflicts(['predictions', 'truth', 'classes']),
    );
  for (const option of [...predictionOptions(), ...machineOptions()]) command.addOption(option);
  command
    .addOption(setOption('any setting, as for labelless segment'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Scores:
  mIoU        for each true segment the best intersection over union with a predicted one;
              mean over segments, annotators, images
  fine        mIoU by the annotator of most segments; coarse: by the one of fewest
  covering    mIoU weighted by the true segments' areas
  PRI         probabilistic Rand index
  VOI         variation of information, bits; less is better
  boundary F  of boundaries within 0.0075 of the diagonal; pixels of all images are counted together

Exit status: 0; 1 when an image could not be scored, the others are; 2 for a wrong call.
`,
    );
}

export function describeAdapt(command: Command): void {
  command
    .summary('train a network, and adapt it to photos without labels')
    .description(
      "Trains the network of an experiment file and adapts it to its target photos. The run's folder is " +
        'output.folder of the file, else runs/NAME beside it. Ctrl-C stops behind a checkpoint; a second one at once.',
    )
    .argument('<CONFIG.adapt.json>', 'an experiment file, such as street.adapt.json')
    .option('--resume', 'go on from the last checkpoint of the run in the folder')
    .option('--accept-changes', 'with --resume: go on although pictures were added, removed or changed')
    .addOption(
      new Option('--replace', 'train anew, and delete the run in the folder once the new one has begun').conflicts(
        'resume',
      ),
    )
    .addOption(threadsOption())
    .addOption(setOption('a setting of the machine, such as tensorflow.folder=DIR'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExit status: 0; 1 when the run failed or cannot begin; 2 for a wrong call or experiment file; ' +
        '130 when interrupted.\n',
    );
}

export function describeFigure(command: Command): void {
  command
    .summary('draw input, Method 1 and Method 2 side by side')
    .description(
      'Draws Input | Method 1 | Method 2 side by side, a row an image: clustering on the image itself, and the ' +
        'network of a training run.',
    )
    .argument('<IMAGE...>', 'an image')
    .addOption(
      new Option('-o, --output <FILE.png>', 'the picture to write')
        .argParser(pngName('--output'))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--width <N>', 'pixels of a column')
        .argParser(text => parseInteger('--width', text, 64, 4096))
        .default(480),
    )
    .addOption(
      new SettingOption('--checkpoint <DIR>', 'adaptation.checkpoint', 'folder of a run of labelless adapt', ''),
    )
    .addOption(new SettingOption('--method <NAME>', 'method', 'of Method 1: clustering, superpixel or continuity'))
    .addOption(granularityOption());
  for (const option of [...predictionOptions(), ...machineOptions()]) command.addOption(option);
  command
    .addOption(setOption('any setting, as for labelless segment'))
    .addHelpText(
      'after',
      '\nExit status: 0; 1 when an image failed, the others are drawn; 2 for a wrong call; 130 when interrupted.\n',
    );
}

export function describeLearn(command: Command): void {
  command
    .summary('learn from the approved masks of a folder, and propose the rest')
    .description(
      'Trains a network on the approved masks of a folder, then writes proposed masks for the images that nobody has ' +
        'touched. What a person edited, approved or skipped is never replaced. The network and what it learned from ' +
        'lie in the folder labelless.rounds; a further round begins with the network of the one before.',
    )
    .argument('<FOLDER>', 'a folder of images with a class list')
    .option(
      '-o, --output <DIR>',
      'the folder of the masks, as for labelless segment, where they are not beside the images',
    )
    .option('--steps <N>', 'training steps; the usual number depends on how many images are labelled', text =>
      parseInteger('--steps', text, 1, 1_000_000),
    )
    .option('--limit <N>', 'propose masks for at most so many images, the first by name', text =>
      parseInteger('--limit', text, 0, 1_000_000),
    )
    .option('--undo', 'give the images the masks back that they had before the last round, and train nothing')
    .addOption(jsonOption());
  for (const option of [...predictionOptions(), ...machineOptions()]) command.addOption(option);
  command
    .addOption(setOption('any setting, as for labelless segment'))
    .addHelpText(
      'after',
      '\nExit status: 0; 1 when there is nothing to learn from, or an image could not be given a mask; 2 for a wrong ' +
        'call; 130 when interrupted.\n',
    );
}

export function describeExportNetwork(command: Command): void {
  command
    .summary('write a trained network as an ONNX file with a card')
    .description(
      'Writes the network of a training run as NAME.onnx, which ONNX Runtime runs without Labelless, and NAME.md, a ' +
        'card: its classes, how to prepare a picture, an example in Python, how it was trained.',
    )
    .argument(
      '<RUN>',
      'the folder of a run, as runs/street of labelless adapt or labelless.rounds/runs/round-1 of learn',
    )
    .addOption(
      new Option('-o, --output <DIR>', 'the folder to write into')
        .argParser(nonEmpty('--output'))
        .makeOptionMandatory(),
    )
    .option('--force', 'replace files of these names')
    .addOption(jsonOption())
    .addHelpText('after', '\nExit status: 0; 1 when nothing was written; 2 for a wrong call; 130 when interrupted.\n');
}

export function describeStatus(command: Command): void {
  command
    .summary('how far the masks of a folder are')
    .description(
      'Counts the images of a folder by the status of their masks: none, proposed by a program, edited by a person, ' +
        'approved, or skipped; and by what labelless segment --resume with the same options would find: done, kept ' +
        'for a person, missing, failed, or stale, since it was made of another picture, with other options or by ' +
        'another version. Names the masks that cannot be used as they are, and the images that failed.',
    )
    .argument('[FOLDER...]', 'a folder of images')
    .option('-r, --recursive', "take the images of the folder's folders too")
    .option(
      '-o, --output <DIR>',
      'the folder of the masks, as for labelless segment, where they are not beside the images',
    )
    .addOption(jsonOption())
    .optionsGroup('Of a queue, in place of a folder:')
    .addOption(addressOption())
    .addOption(nameOption('the queue that labelless enqueue has made'))
    .addOption(patienceOption(10))
    .optionsGroup('As labelless segment was or will be called:');
  for (const option of [...formatOptions(), ...methodOptions(), ...machineOptions()]) command.addOption(option);
  command
    .addOption(setOption('any setting, as for labelless segment'))
    .addHelpText(
      'after',
      '\nExit status: 0; 1 when a mask cannot be used as it is, an image failed, or a folder cannot be listed; 2 for ' +
        'a wrong call.\n',
    );
}

export function describeClasses(command: Command): void {
  command
    .summary('write a class file from the list of another program, or change a class in all masks')
    .helpCommand(false)
    .usage('--from <FILE> [-o <FILE>] | <change> <FOLDER> ...')
    .description(
      "Writes labelless.classes.json, the classes of images in its folder and below, from another program's list: " +
        'labels.txt with a name a line, data.yaml of YOLO, annotations of COCO, labelmap.txt of Pascal VOC, or ' +
        'a JSON list of names. Their numbers become the ids. An existing file is not overwritten. ' +
        'Or changes a class in the class file of a folder and in all masks that have their classes from it.',
    )
    .addOption(
      new Option('--from <FILE>', 'the list; or cityscapes or camvid, for the classes of their evaluation').argParser(
        nonEmpty('--from'),
      ),
    )
    .addOption(
      new Option('-o, --output <FILE>', 'the file to write; default: labelless.classes.json in this folder').argParser(
        nonEmpty('--output'),
      ),
    );
}

export function describeDoctor(command: Command): void {
  command
    .summary('what works on this machine, and how to get the rest')
    .description(
      'Tries each back end with a small training step, and says what works, how fast, and why others do not.',
    )
    .addOption(jsonOption())
    .addOption(setOption('a setting of the machine, such as tensorflow.folder=DIR'));
}

export function describeServe(command: Command): void {
  command
    .summary('the language server, for any editor')
    .description(
      'Runs the language server on standard input and output, for any editor that speaks the language-server protocol.',
    )
    .option('--stdio', 'speak over standard input and output')
    .option('--node-ipc', "speak over Node's own channel to the process that started this one")
    .option('--socket <PORT>', 'connect to a port of this machine', text => parseInteger('--socket', text, 1, 65535))
    .option('--pipe <NAME>', 'connect to a named pipe or Unix socket', nonEmpty('--pipe'))
    // The server reads it itself: it ends with the editor's process.
    .option('--clientProcessId <N>', 'end when this process, the editor, has ended');
}

const nonEmpty = (option: string) => (text: string) => {
  if (text === '') throw new UsageError(`${option} wants a value`);
  return text;
};

const pngName = (option: string) => (text: string) => {
  if (!/\.png$/i.test(text)) throw new UsageError(`${option} ${text}: a name that ends in .png is wanted`);
  return text;
};
