import { RequestType } from 'vscode-languageserver-protocol';

/** Experiment files, `NAME.adapt.json`, beyond what the language-server protocol has for files. */

export interface NewExperimentParams {
  /** `file:` URI of the folder that the file is to lie in: paths in it are relative to it. */
  folder: string;
  /** `file:` URI of the folder of labelled pictures. */
  labelled: string;
  /** `file:` URI of the folder of unlabelled photos. */
  photos: string;
}

export interface NewExperimentResult {
  /** What the file should say. Nothing is written. */
  text: string;
  /** Labelled images that were found; 0 where the text is a mere start. */
  labelled: number;
}

/**
 * Proposes an experiment that learns from one folder and adapts to another: the layout of the first and the classes in
 * it are guessed.
 */
export const NewExperimentRequest = new RequestType<NewExperimentParams, NewExperimentResult, void>(
  'labelless/newExperiment',
);
