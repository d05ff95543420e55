import { fullDisk, fullOutput } from './fullDisk';
import { interruptedTwice } from './interrupts';
import { killedClassChange } from './killedClassChange';
import { killedExport, killedReplace, killedSegment, killedTraining } from './killPoints';
import { killedProposals, killedUndo } from './killedProposals';
import { killedResume } from './killedResume';
import { killedStatus } from './killedStatus';
import { oddExperiments } from './oddExperiments';
import { oddLabels } from './oddLabels';
import { oddLists } from './oddLists';
import { oddOutputs } from './oddOutputs';
import { oddFolder, oddPictures } from './oddPictures';
import { oddAddresses, oddDocuments, oddShapes } from './oddRequests';
import { oddSidecars } from './oddSidecars';
import { oddWeights } from './oddWeights';
import { killedLockHolders, killedReplacement, manyExports, twoTrainings } from './quarrels';
import type { Section } from './trial';

/** Everything that is tried, in the order of the table. */
export const sections: readonly Section[] = [
  killedSegment,
  killedExport,
  killedTraining,
  killedReplace,
  killedResume,
  killedStatus,
  killedClassChange,
  killedProposals,
  killedUndo,
  twoTrainings,
  manyExports,
  killedLockHolders,
  killedReplacement,
  interruptedTwice,
  fullDisk,
  fullOutput,
  oddPictures,
  oddFolder,
  oddLists,
  oddSidecars,
  oddLabels,
  oddExperiments,
  oddWeights,
  oddOutputs,
  oddAddresses,
  oddShapes,
  oddDocuments,
];
