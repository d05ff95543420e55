import type { EditorPage } from '../../test/e2e/support/openedPage';

/** The gestures of a user who looks at a mask. */
export const gestures = ['zoom', 'pan', 'hover', 'opacity', 'granularity'] as const;
export type Gesture = (typeof gestures)[number];

export interface FrameTimes {
  /** Milliseconds from an event to its finished picture, waiting for the screen left out. */
  readonly fastest: number;
  readonly median: number;
  readonly slowest: number;
  /** Milliseconds between pictures on the screen. */
  readonly every: number;
}

/**
 * Makes a gesture step by step, one step in each frame, and measures each: the page's own handlers, its drawing, and
 * what the graphics library still does after that, for which one pixel is read back.
 */
export function timeFrames(editor: EditorPage, gesture: Gesture, steps = 24): Promise<FrameTimes> {
  return editor.page.evaluate(
    async ([what, count]) => {
      const stage = document.querySelector<HTMLElement>('.stage')!;
      const canvas = stage.querySelector('canvas')!;
      const gl = canvas.getContext('webgl2');
      const flat = gl ? null : canvas.getContext('2d');
      const box = stage.getBoundingClientRect();
      const range = (name: string) => document.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`)!;
      const slide = (input: HTMLInputElement, share: number) => {
        input.valueAsNumber = Number(input.max) * share;
        input.dispatchEvent(new Event('input'));
      };
      const middle = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true };
      const step: Record<typeof what, (at: number) => void> = {
        zoom: at => {
          stage.dispatchEvent(new WheelEvent('wheel', { ...middle, deltaY: at % 16 < 8 ? -120 : 120 }));
        },
        pan: at => {
          stage.dispatchEvent(new WheelEvent('wheel', { ...middle, deltaX: at % 8 < 4 ? 60 : -60, shiftKey: true }));
        },
        hover: at => {
          stage.dispatchEvent(
            new PointerEvent('pointermove', { ...middle, clientX: box.left + 40 + ((at * 97) % (box.width - 80)) }),
          );
        },
        opacity: at => {
          slide(range('Overlay opacity'), (1 + (at % 10)) / 11);
        },
        granularity: at => {
          slide(range('Granularity'), (at % 20) / 20);
        },
      };
      const took: number[] = [];
      const begun = performance.now();
      for (let at = 0; at < count; at++) {
        const started = performance.now();
        step[what](at);
        const handled = performance.now() - started;
        await new Promise(done => {
          requestAnimationFrame(done);
        }); // the page asked for its frame first, so it has been drawn by now
        const drawn = performance.now();
        gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
        flat?.getImageData(0, 0, 1, 1);
        took.push(handled + Number(stage.dataset.frameMilliseconds) + performance.now() - drawn);
      }
      const every = (performance.now() - begun) / count;
      took.sort((a, b) => a - b);
      return { fastest: took[0], median: took[count >> 1], slowest: took[count - 1], every };
    },
    [gesture, steps] as const,
  );
}
