import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Rectangle } from '../geometry/viewTransform';
import { fragmentShader, vertexShader } from './shaders';

/** Entries a row of the lookup texture; 256 rows hold all 65,536 regions that a 16-bit id can name. */
export const lookupWidth = 256;

const uniforms = [
  'picture',
  'regions',
  'lookup',
  'view',
  'pictureSize',
  'regionSize',
  'screenHeight',
  'opacity',
  'checker',
  'masked',
  'outlines',
  'contrast',
  'pictured',
  'hovered',
  'marks',
  'curve',
  'localCurves',
  'toned',
  'channel',
  'tiles',
] as const;
type Uniform = (typeof uniforms)[number];

export interface Program {
  program: WebGLProgram;
  uniform: (name: Uniform) => WebGLUniformLocation | null;
}

/** Compiles the shaders, which find their five textures at units 0 to 4. @throws Error with the compiler's message */
export function buildProgram(gl: WebGL2RenderingContext): Program {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('The graphics context was lost');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true && !gl.isContextLost()) {
    const logs = (gl.getAttachedShaders(program) ?? []).map(shader => gl.getShaderInfoLog(shader));
    throw new Error(`The shaders do not compile: ${[gl.getProgramInfoLog(program), ...logs].join(' ')}`);
  }
  const places = new Map(uniforms.map(name => [name, gl.getUniformLocation(program, name)]));
  gl.useProgram(program);
  (['picture', 'regions', 'lookup', 'curve', 'localCurves'] as const).forEach((name, unit) => {
    gl.uniform1i(places.get(name) ?? null, unit);
  });
  return { program, uniform: name => places.get(name) ?? null };
}

/** Makes a texture whose pixels are squares where it is enlarged. */
export function newTexture(gl: WebGL2RenderingContext, minify: number): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, minify);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

/** Makes the texture of the picture, with smaller versions of it, so that it does not flicker when zoomed out. */
export function pictureTexture(gl: WebGL2RenderingContext, bitmap: ImageBitmap): WebGLTexture {
  const texture = newTexture(gl, gl.LINEAR_MIPMAP_LINEAR);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
  gl.generateMipmap(gl.TEXTURE_2D);
  return texture;
}

export function regionTexture(gl: WebGL2RenderingContext, map: RegionMap): WebGLTexture {
  const texture = newTexture(gl, gl.NEAREST);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 2);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16UI, map.width, map.height, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, map.ids);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  return texture;
}

/** Uploads the part of a map that has changed; the map is the one of the texture. */
export function changeTexture(
  gl: WebGL2RenderingContext,
  texture: WebGLTexture,
  map: RegionMap,
  area: Rectangle,
): void {
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 2);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, map.width);
  gl.texSubImage2D(
    gl.TEXTURE_2D,
    0,
    area.x,
    area.y,
    area.width,
    area.height,
    gl.RED_INTEGER,
    gl.UNSIGNED_SHORT,
    map.ids,
    area.y * map.width + area.x,
  );
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
}

export function lookupTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = newTexture(gl, gl.NEAREST);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RG32UI, lookupWidth, lookupWidth);
  return texture;
}
