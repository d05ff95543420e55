import * as l10n from '@vscode/l10n';
import type { PageAction } from '../../protocol/pageActions';
import { countRegions } from '../common/numberFormat';
import type { Announcer, ProblemBar } from '../common/announcements';
import type { EditorPanels } from './editorPanels';
import type { ReceivedMessage } from './hostMessages';
import type { Keyboard } from './keyboard';
import type { Classes } from './model/classes';
import type { Comparison } from './model/comparison';
import type { EditQueue } from './model/editQueue';
import type { LabelNames } from './model/labelNames';
import type { Labelling } from './model/labelling';
import type { StateKeeper } from './model/savedState';
import type { PictureLoader } from './view/shownPicture';
import type { Stage } from './view/stage';

/** The parts of the page that messages from the host change. */
export interface MessageTargets {
  readonly stage: Stage;
  readonly labelling: Labelling;
  readonly queue: EditQueue;
  readonly names: LabelNames;
  readonly classes: Classes;
  readonly comparison: Comparison;
  readonly keeper: StateKeeper;
  readonly loader: PictureLoader;
  readonly panels: EditorPanels;
  readonly keyboard: Keyboard;
  readonly announcer: Announcer;
  readonly problem: ProblemBar;
  readonly perform: (action: PageAction) => void;
}

/** Handles a message from the host. */
export function handleHostMessage(message: ReceivedMessage, targets: MessageTargets): void {
  const { labelling, panels } = targets;
  switch (message.type) {
    case 'picture':
      panels.display.showSource(message.source);
      targets.loader.load(message, targets.stage.maximumPictureSize);
      break;
    case 'regions':
      labelling.setRegions(message);
      break;
    case 'compare':
      targets.comparison.set(message.against);
      break;
    case 'info':
      panels.info.set(message);
      break;
    case 'hierarchy':
      labelling.setHierarchy(message.hierarchy, message.reason);
      break;
    case 'patch':
      labelling.changeRegions({ ...message, after: message.ids });
      break;
    case 'names':
      targets.names.setConfigured(message.names);
      break;
    case 'classes':
      targets.classes.set(message);
      break;
    case 'answer':
      targets.queue.handleAnswer(message.id);
      break;
    case 'finishEdits':
      targets.queue.finish(message.id);
      break;
    case 'mask':
      labelling.setMask(message.mask);
      targets.keeper.restoreVisibility();
      break;
    case 'segmentation':
      if (labelling.running && !message.progress)
        targets.announcer.announce(l10n.t('Segmentation ended: {0}', countShownRegions(labelling)));
      labelling.running = message.progress !== null;
      panels.showSegmentation(message.progress);
      break;
    case 'act':
      targets.perform(message.action);
      break;
    case 'display':
      panels.display.setShared(message.display);
      break;
    case 'keys':
      targets.keyboard.singleKeys = message.single;
      break;
    case 'problem':
      labelling.endPreview();
      targets.problem.show(message.message);
      break;
  }
  panels.update();
}

/** The number of labels as a text for screen readers. */
export function countShownRegions({ mask }: Labelling): string {
  return mask ? countRegions(mask.labels.length) : l10n.t('no mask');
}
