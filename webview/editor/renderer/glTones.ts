import { newTexture, type Program } from './gl';
import type { Tones } from './tones';

/** The curves of a picture's display as textures; they are kept, to make the textures again. */
export class GlTones {
  private curve: WebGLTexture | null = null;
  private localCurves: WebGLTexture | null = null;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private tones: Tones | null = null,
  ) {
    this.set(tones);
  }

  set(tones: Tones | null): void {
    const { gl } = this;
    gl.deleteTexture(this.curve);
    gl.deleteTexture(this.localCurves);
    this.tones = tones;
    this.curve = tones && curveTexture(gl, tones.curve);
    this.localCurves = tones?.local ? curveTexture(gl, tones.local.curves) : null;
  }

  /** Sets the uniforms, and binds the textures to units 3 and 4. */
  bind({ uniform }: Program): void {
    const { gl, tones } = this;
    gl.uniform1i(uniform('toned'), tones ? 1 : 0);
    gl.uniform1i(uniform('channel'), tones?.channel ?? 0);
    gl.uniform2i(uniform('tiles'), tones?.local?.columns ?? 0, tones?.local?.rows ?? 0);
    [this.curve, this.localCurves].forEach((texture, index) => {
      gl.activeTexture(gl.TEXTURE3 + index);
      gl.bindTexture(gl.TEXTURE_2D, texture);
    });
  }

  restore(): void {
    this.curve = this.localCurves = null;
    this.set(this.tones);
  }
}

/** A texture with a row for each 256 values. */
function curveTexture(gl: WebGL2RenderingContext, values: Uint8Array): WebGLTexture {
  const texture = newTexture(gl, gl.NEAREST);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, 256, values.length / 256, 0, gl.RED, gl.UNSIGNED_BYTE, values);
  return texture;
}
