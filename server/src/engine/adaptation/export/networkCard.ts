import path from 'node:path';
import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import { counted } from '../../common/counted';
import { means, spreads } from '../../dataset/streaming/imageNormalisation';
import type { Experiment } from '../../experiment/experimentSchema';
import type { Size } from '../../image/picture';

/** A class of an exported network; its place in the list is its index in the output. */
export interface ExportedClass extends ClassInfo {
  /** The values that mean it in the labels that the network learned from. */
  readonly values: readonly number[];
}

/** What the card of an exported network tells. */
interface CardFacts {
  /** The name of the model's file, without its ending. */
  readonly name: string;
  readonly network: Experiment['network'];
  readonly classes: readonly ExportedClass[];
  /** Whether the values of classes are the ids of a folder's class list. */
  readonly isFromClassList: boolean;
  /** The size of the pictures that the network was trained on, and now takes. */
  readonly size: Size;
  readonly steps: number;
  readonly labelled: number | undefined;
  readonly unlabelled: number | undefined;
  /** When its training ended. */
  readonly date: Date | undefined;
}

/** Makes the card of an exported network, in Markdown: what it tells apart, how to use it, how it was trained. */
export function networkCard(facts: CardFacts): string {
  const { name, classes, isFromClassList, size } = facts;
  const { width, height } = size;
  const rows = classes.map(
    (one, index) => `| ${index} | ${escaped(one.name)} | \`${one.colour}\` | ${one.values.join(', ')} |`,
  );
  const sections = [
    `# ${escaped(name)}`,
    `A network that gives each pixel of a photo one of ${classes.length} classes, trained with Labelless and ` +
      `exported to ONNX (operator set 18). \`${name}.onnx\` holds its weights.`,
    '## Classes',
    `| index | name | colour | ${isFromClassList ? 'id in the class list' : 'value in the labels'} |\n` +
      `| ---: | --- | --- | --- |\n${rows.join('\n')}`,
    'The metadata of the model has the same list as JSON, under `classes`.',
    '## Input and output',
    `- Input \`picture\`: float32 [1, 3, ${height}, ${width}], one picture in the channel order red, green, blue, ` +
      'upright as it is displayed (its EXIF orientation applied).\n' +
      `- Scale the whole photo to ${width} × ${height} pixels, the size of the pictures that it was trained on. ` +
      `Photos of other proportions are best cut into parts of about ${ratio(size)} first.\n` +
      `- Each channel is (byte / 255 − mean) / spread, with the means ${means.join(', ')} and the spreads ` +
      `${spreads.join(', ')} of red, green and blue.\n` +
      `- Output \`probabilities\`: float32 [1, ${classes.length}, ${height}, ${width}], for each pixel the ` +
      'probabilities of the classes by index, which sum to 1.',
    'Labelless itself averages over several sizes and mirror images, and follows the edges of the photo: its masks ' +
      'are somewhat better than a single run of the model.',
    '## In Python',
    'With `pip install onnxruntime numpy pillow`, `python example.py photo.jpg` writes `photo.jpg.classes.png`, ' +
      'whose values are indices of classes:',
    `\`\`\`python\n${pythonExample(name, size)}\n\`\`\``,
    '## Training',
    trainingOf(facts),
    '## Licence',
    licenceOf(facts.network),
  ];
  return `${sections.join('\n\n')}\n`;
}

function pythonExample(name: string, { width, height }: Size): string {
  return `import json, sys
import numpy as np, onnxruntime
from PIL import Image, ImageOps

model = onnxruntime.InferenceSession(${JSON.stringify(`${name}.onnx`)}, providers=["CPUExecutionProvider"])
classes = json.loads(model.get_modelmeta().custom_metadata_map["classes"])
photo = ImageOps.exif_transpose(Image.open(sys.argv[1])).convert("RGB")
scaled = np.asarray(photo.resize((${width}, ${height}), Image.Resampling.LANCZOS), np.float32) / 255
mean, spread = np.float32([[${means.join(', ')}], [${spreads.join(', ')}]])
[probabilities] = model.run(["probabilities"], {"picture": ((scaled - mean) / spread).transpose(2, 0, 1)[None]})
indices = Image.fromarray(probabilities[0].argmax(0).astype(np.uint8))
indices.putpalette([int(one["colour"][at:at + 2], 16) for one in classes for at in (1, 3, 5)])
indices.resize(photo.size, Image.Resampling.NEAREST).save(sys.argv[1] + ".classes.png")
for count, index in sorted(indices.getcolors(), reverse=True):
    print(f"{count / indices.width / indices.height:6.1%}  {classes[index]['name']}")`;
}

function trainingOf({ network, size, steps, labelled, unlabelled, date }: CardFacts): string {
  const images = [
    ...(labelled === undefined ? [] : [` on ${counted(labelled, 'labelled image')}`]),
    ...(unlabelled === undefined ? [] : [` and ${counted(unlabelled, 'photo')} without labels`]),
  ].join('');
  const when = date === undefined ? '' : `; last changed on ${date.toISOString().slice(0, 10)}`;
  const at = `${size.width} × ${size.height} pixels`;
  return `Network \`${network.name}\`: ${counted(steps, 'step')}${images}, at ${at}${when}.`;
}

/** What must be said of weights of others that a network began with: see `weights/NOTICE.md`. */
function licenceOf({ name, pretrained }: Experiment['network']): string {
  if (name === 'efficientnet-lite0')
    return (
      'The encoder began with the weights of EfficientNet-Lite0, trained on ImageNet: Mingxing Tan and Quoc V. Le, ' +
      '*EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks*, ICML 2019; weights by The ' +
      'TensorFlow Authors, converted to PyTorch by ML Illustrated (copyright (c) 2020), under the Apache License, ' +
      'Version 2.0 (https://www.apache.org/licenses/LICENSE-2.0). They were changed by training. The rest belongs to ' +
      'whoever trained the network.'
    );
  if (pretrained !== undefined)
    return (
      `The network began with the weights of \`${path.basename(pretrained)}\`, whose licence holds for what ` +
      'became of them. The rest belongs to whoever trained it.'
    );
  return 'The network began with random weights. It belongs to whoever trained it.';
}

/** The proportions of a size, such as 4:3 of 240 × 184, to one decimal where no small numbers are near. */
function ratio({ width, height }: Size): string {
  for (let down = 1; down <= 10; down++) {
    const across = Math.round((down * width) / height);
    if (Math.abs((across * height) / (down * width) - 1) < 0.03) return `${across}:${down}`;
  }
  return `${(width / height).toFixed(1)}:1`;
}

/** A name as it appears in Markdown, also in a table. */
function escaped(name: string): string {
  return name.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
