import * as vscode from 'vscode';
import { outputFormats, type OutputFormat } from '../../protocol/names';

/** Whether a value of any type is the name of an output format. */
export const isFormat = (format: unknown): format is OutputFormat =>
  (outputFormats as readonly unknown[]).includes(format);

const titles = (): Record<OutputFormat, { label: string; detail: string }> => ({
  mask: {
    label: vscode.l10n.t('Indexed PNG'),
    detail: vscode.l10n.t('The mask with its palette and sidecar, by saving it'),
  },
  overlay: { label: vscode.l10n.t('Overlay'), detail: vscode.l10n.t('PNG of the picture with the mask over it') },
  npy: { label: 'NPY', detail: vscode.l10n.t('Label map as a NumPy array') },
  classes: {
    label: vscode.l10n.t('One PNG a Class'),
    detail: vscode.l10n.t('White where the class is; labels of one name are a class'),
  },
  coco: { label: 'COCO', detail: vscode.l10n.t('JSON with polygons, and run lengths for labels with holes') },
  labelme: { label: 'LabelMe', detail: vscode.l10n.t('JSON with polygons; what fills a hole is drawn over it') },
  voc: { label: 'Pascal VOC', detail: vscode.l10n.t('Folder with pictures, classes and objects, shared by images') },
  yolo: {
    label: 'YOLO',
    detail: vscode.l10n.t('Folder with polygons and data.yaml, shared by images; holes are filled'),
  },
});

/** The output formats as items of a list in which the user chooses. */
export function formatItems(): { label: string; detail: string; format: OutputFormat }[] {
  return Object.entries(titles()).map(([format, title]) => ({ ...title, format: format as OutputFormat }));
}

/**
 * A sentence on the names that were generated for labels without one; empty where there are no such labels.
 * @param most the maximum number of names that are listed
 */
export function generatedNote(names: readonly string[], most = 3): string[] {
  if (names.length === 0) return [];
  const listed = names.slice(0, most).join(', ');
  return [
    names.length > most
      ? vscode.l10n.t('Labels without a name are called {0} and {1} more in it.', listed, names.length - most)
      : vscode.l10n.t('Labels without a name are called {0} in it.', listed),
  ];
}
