import { askInto, isOpen, pick, pixelUnder, type Desk } from './toolContext';
import type { At } from '../view/gestures';
import type { Tool } from './tool';

/** Gives the connected part under the pointer to the target. */
export class Fill implements Tool {
  readonly paints = true;

  constructor(private readonly desk: Desk) {}

  click(at: At): void {
    if (at.alt) {
      pick(this.desk, at);
      return;
    }
    const target = this.desk.targets.current;
    const pixel = pixelUnder(this.desk, at);
    if (pixel && isOpen(this.desk, target)) askInto(this.desk, target, into => ({ kind: 'fill', into, ...pixel }));
  }

  doubleClick(): boolean {
    return true;
  }
}

/** Selects the label under the pointer, to paint with it, and goes back to the tool before. */
export class Pick implements Tool {
  readonly paints = false;

  constructor(
    private readonly desk: Desk,
    private readonly back: () => void,
  ) {}

  click(at: At): void {
    pick(this.desk, at);
    this.back();
  }
}
