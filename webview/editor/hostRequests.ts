import type { ProblemBar } from '../common/announcements';
import type { Host } from './hostMessages';
import type { EditQueue } from './model/editQueue';
import type { Labelling } from './model/labelling';
import type { Stage } from './view/stage';

/** What the page requests from the host besides edits of single labels. */
export class HostRequests {
  constructor(
    private readonly host: Host,
    private readonly queue: EditQueue,
    private readonly labelling: Labelling,
    private readonly stage: Stage,
    private readonly problem: ProblemBar,
  ) {}

  segment(): void {
    this.problem.clear();
    this.host.post({ type: 'segment' });
  }

  /** Requests a segmentation with the scribbles, once the edits before have been made. */
  segmentWithScribbles(): void {
    this.problem.clear();
    this.queue.add({
      request: () => {
        this.host.post({ type: 'segmentScribbles' });
        return null;
      },
    });
  }

  /** Deletes all scribbles. */
  clearScribbles(): void {
    this.queue.add({
      request: () => {
        const indices = [...(this.labelling.mask?.scribbles ?? []).keys()];
        return indices.length > 0 ? { kind: 'unscribble', indices } : null;
      },
    });
  }

  /** Begins an empty mask where there is none. */
  beginMask(): void {
    const { picture } = this.stage;
    if (picture && !this.labelling.mask) this.host.post({ type: 'begin', ...picture.size });
  }

  setGranularity(granularity: number): void {
    this.queue.add({ request: () => ({ kind: 'granularity', granularity }) });
  }
}
