import { CanvasRenderer } from './canvasRenderer';
import type { Renderer } from './renderer';
import { WebGlRenderer } from './webglRenderer';

/**
 * The renderer that works here, on the GPU where it can be and is wanted.
 * @param onRestored a lost graphics context is back
 */
export function chooseRenderer(canvasOnly: boolean, onRestored: () => void): Renderer {
  if (canvasOnly) return new CanvasRenderer();
  try {
    return new WebGlRenderer(onRestored);
  } catch {
    return new CanvasRenderer(); // remote desktops and blocked drivers
  }
}
