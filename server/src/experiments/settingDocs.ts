/** The documentation of a setting in a hover besides its description: its unit, and the papers that it comes from. */
export interface SettingDoc {
  readonly unit?: string;
  readonly papers?: readonly Paper[];
}

interface Paper {
  readonly name: string;
  readonly link: string;
}

const arXiv = (name: string, id: string): Paper => ({ name, link: `https://arxiv.org/abs/${id}` });
const byDoi = (name: string, id: string): Paper => ({ name, link: `https://doi.org/${id}` });

const adaptSegNet = arXiv(
  'Tsai et al., Learning to Adapt Structured Output Space for Semantic Segmentation, CVPR 2018',
  '1802.10349',
);
const advent = arXiv('Vu et al., ADVENT, CVPR 2019', '1811.12833');
const dacs = arXiv('Tranheden et al., DACS, WACV 2021', '2007.08702');
const leastSquares = arXiv('Mao et al., Least Squares Generative Adversarial Networks, ICCV 2017', '1611.04076');
const meanTeacher = arXiv('Tarvainen and Valpola, Mean teachers are better role models, NeurIPS 2017', '1703.01780');
const adaBn = arXiv(
  'Li et al., Adaptive Batch Normalization for practical domain adaptation, Pattern Recognition 2018',
  '1603.04779',
);
const mic = arXiv('Hoyer et al., MIC: Masked Image Consistency, CVPR 2023', '2212.01322');
const covariateShift = arXiv(
  'Schneider et al., Improving robustness against common corruptions by covariate shift adaptation, NeurIPS 2020',
  '2006.16971',
);
const fourierAdaptation = arXiv(
  'Yang and Soatto, FDA: Fourier Domain Adaptation for Semantic Segmentation, CVPR 2020',
  '2004.05498',
);
const daFormer = arXiv('Hoyer et al., DAFormer, CVPR 2022', '2111.14887');
const uNet = arXiv('Ronneberger et al., U-Net, MICCAI 2015', '1505.04597');
const mobileNet = arXiv('Sandler et al., MobileNetV2, CVPR 2018', '1801.04381');
const efficientNet = arXiv('Tan and Le, EfficientNet, ICML 2019', '1905.11946');
const deepLab = arXiv('Chen et al., DeepLab, IEEE TPAMI 2018', '1606.00915');
const adam = arXiv('Kingma and Ba, Adam, ICLR 2015', '1412.6980');
const adamW = arXiv('Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019', '1711.05101');
const cityscapes = arXiv('Cordts et al., The Cityscapes Dataset, CVPR 2016', '1604.01685');
const gta5 = arXiv('Richter et al., Playing for Data, ECCV 2016', '1608.02192');
const synthia = byDoi('Ros et al., The SYNTHIA Dataset, CVPR 2016', '10.1109/CVPR.2016.352');
const camvid = byDoi(
  'Brostow et al., Semantic object classes in video, Pattern Recognition Letters 2009',
  '10.1016/j.patrec.2008.04.005',
);
const labelMe = byDoi('Russell et al., LabelMe, IJCV 2008', '10.1007/s11263-007-0090-8');
const coco = arXiv('Lin et al., Microsoft COCO, ECCV 2014', '1405.0312');

const labelled = { limit: { unit: 'images' } } as const;

/** Documentation of settings by their path in the experiment file. */
export const settingDocs: Readonly<Record<string, SettingDoc>> = {
  'source.limit': labelled.limit,
  'source.holdOut': { unit: 'share of the labelled images' },
  'evaluation.limit': labelled.limit,
  'target.limit': { unit: 'images' },
  'evaluation.every': { unit: 'steps' },
  'network.channels': { unit: 'channels', papers: [uNet] },
  'adaptation.strategy': { papers: [adaptSegNet, advent, dacs] },
  'adaptation.levels': { papers: [adaptSegNet] },
  'adaptation.gan': { papers: [adaptSegNet, leastSquares] },
  'adaptation.discriminatorChannels': { unit: 'channels', papers: [adaptSegNet] },
  'adaptation.adversarialWeight': { papers: [adaptSegNet] },
  'adaptation.secondAdversarialWeight': { papers: [adaptSegNet] },
  'adaptation.secondSegmentationWeight': { papers: [adaptSegNet] },
  'adaptation.entropyVariant': { papers: [advent] },
  'adaptation.entropyWeight': { papers: [advent] },
  'adaptation.pseudoLabelThreshold': { unit: 'probability', papers: [dacs] },
  'adaptation.teacherDecay': { unit: 'share', papers: [meanTeacher, dacs] },
  'adaptation.classBalance': { unit: 'power' },
  'adaptation.maskedPhotos': { unit: 'photos a step', papers: [mic] },
  'adaptation.maskRatio': { unit: 'share of the squares', papers: [mic] },
  'adaptation.maskSize': { unit: 'pixels', papers: [mic] },
  'adaptation.statistics': { papers: [adaBn] },
  'adaptation.targetStatistics': { unit: 'share', papers: [covariateShift] },
  'adaptation.targetHistograms': { unit: 'share of the batch' },
  'adaptation.targetAmplitudes': { unit: 'share of the batch', papers: [fourierAdaptation] },
  'adaptation.amplitudeWindow': { unit: 'cycles a pixel', papers: [fourierAdaptation] },
  'adaptation.featureDistance': { papers: [daFormer] },
  'adaptation.warmUp': { unit: 'steps' },
  'adaptation.rampUp': { unit: 'steps' },
  'adaptation.size': { unit: 'pixels, width then height' },
  'adaptation.batch': { unit: 'images' },
  'adaptation.rateShare': { unit: 'share' },
  'training.steps': { unit: 'steps' },
  'training.batch': { unit: 'images' },
  'training.size': { unit: 'pixels, width then height' },
  'training.optimizer': { papers: [adam, adamW] },
  'training.learningRate': { unit: 'per step', papers: [deepLab] },
  'training.encoderLearningRate': { unit: 'per step' },
  'training.rateWarmUp': { unit: 'steps' },
  'training.discriminatorLearningRate': { unit: 'per step', papers: [adaptSegNet] },
  'training.weightDecay': { papers: [adaptSegNet] },
  'training.classBalance': { unit: 'power' },
  'training.rareClassSampling': { unit: 'temperature', papers: [daFormer] },
  'training.augmentation.scale': { unit: 'factor, smallest then largest' },
  'training.augmentation.brightness': { unit: 'share' },
  'training.augmentation.colour': { unit: 'share', papers: [dacs] },
  'output.checkpointEvery': { unit: 'steps' },
  'output.keep': { unit: 'checkpoints' },
  'output.previews': { unit: 'pictures' },
};

/** The meaning of each choice, by value: of layouts, classes, networks and strategies. Markdown. */
export const choiceDocs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  layout: {
    gta5: `\`images/\` and \`labels/\` with the Cityscapes palette. ${markdownLink(gta5)}`,
    synthia: `SYNTHIA-RAND-CITYSCAPES. ${markdownLink(synthia)}`,
    cityscapes: `\`leftImg8bit/\` and \`gtFine/\`. ${markdownLink(cityscapes)}`,
    camvid: `CamVid, in its own form or with train and annotation folders. ${markdownLink(camvid)}`,
    folders: 'Two folders; a label PNG is named like its image.',
    labelless: 'Images with the masks that were made of them here, by the class of each label.',
    labelme: `LabelMe's JSON beside each image. ${markdownLink(labelMe)}`,
    coco: `One annotation file for a folder of images. ${markdownLink(coco)}`,
  },
  masks: {
    approved: 'Those that a person approved.',
    scribbled: 'Those that a person approved, and of others the scribbles that are called as a class.',
    all: 'Also those that were only proposed or edited.',
  },
  classes: {
    cityscapes19: `The 19 training classes of Cityscapes, as for GTA5 and SYNTHIA. ${markdownLink(cityscapes)}`,
    camvid11: `The 11 usual classes of CamVid. ${markdownLink(camvid)}`,
  },
  'network.name': {
    compact: `Encoder–decoder from scratch; trains on a processor. ${markdownLink(uNet)}`,
    'efficientnet-lite0': `A pretrained encoder, which is shipped, and a light decoder. ${markdownLink(efficientNet)}`,
    'mobilenetv2-aspp': `DeepLab-style, two outputs. ${markdownLink(mobileNet)} ${markdownLink(deepLab)}`,
  },
  'adaptation.strategy': {
    none: 'Supervised on the source alone; no target is needed.',
    adversarial: `A discriminator must not tell the two domains' outputs apart. ${markdownLink(adaptSegNet)}`,
    entropy: `Be sure of the target too. ${markdownLink(advent)}`,
    'self-training': `A mean teacher labels the target; classes are mixed. ${markdownLink(dacs)}`,
  },
};

/** Formats a paper as a Markdown link. */
export function markdownLink({ name, link }: Paper): string {
  return `[${name}](${link})`;
}
