import os from 'node:os';
import { BackgroundLane } from './backgroundLane';
import { Lane, type LaneOptions } from './lane';

/** The lanes of one server. Work in one never waits for work in another. */
export interface Lanes {
  /** Segmentation of images, one at a time. */
  readonly segmentation: Lane;
  /** Pictures for editors: short work. */
  readonly images: Lane;
  /** Lists of folders; its process remembers what it read of their files. */
  readonly session: Lane;
  /** Checks of data, thumbnails and exports of one image: they take seconds. */
  readonly inspection: Lane;
  /** Evaluation of training runs and exports of many images: they take minutes. */
  readonly evaluation: Lane;
  /** Segmentation of images that a user has not opened yet. It rests while the lane for segmentation works. */
  readonly background: BackgroundLane;
}

/** Seconds for which an unused worker is kept with its libraries loaded. */
const [segmentationIdle, sessionIdle, otherIdle] = [60, 1800, 10];

/** Opens the lanes of a server. `onChange` is called whenever the number of jobs for segmentation or images changes. */
export function openLanes(options: Omit<LaneOptions, 'idleMilliseconds'>): Lanes {
  const lane = (idle: number, onChange: () => void, processPriority = os.constants.priority.PRIORITY_NORMAL) =>
    new Lane({ ...options, onChange, idleMilliseconds: idle * 1000, processPriority });
  const segmentation = lane(segmentationIdle, () => {
    options.onChange();
    background.foregroundChanged();
  });
  const background = new BackgroundLane(
    lane(otherIdle, () => undefined, os.constants.priority.PRIORITY_LOW),
    () => segmentation.queue.running + segmentation.queue.waiting > 0,
  );
  return {
    segmentation,
    images: lane(otherIdle, options.onChange),
    session: lane(sessionIdle, () => undefined),
    inspection: lane(otherIdle, () => undefined),
    evaluation: lane(otherIdle, () => undefined),
    background,
  };
}
