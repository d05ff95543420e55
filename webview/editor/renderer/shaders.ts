import { allChannels, luminanceShares } from './tones';
import { displayChannels } from '../../../protocol/pictureDisplay';

export const vertexShader = `#version 300 es
void main() { // one triangle that covers the screen
  gl_Position = vec4(vec2(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1), 0, 1);
}`;

/**
 * Looks up picture, region, and colour and group of the region for one pixel of the screen. Outlines come from
 * comparing groups one screen pixel apart, so they are one pixel wide at any zoom.
 */
export const fragmentShader = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform sampler2D picture;
uniform usampler2D regions, lookup;
uniform vec3 view;              // x, y of the picture's corner on the screen, scale
uniform vec2 pictureSize, regionSize;
uniform float screenHeight, opacity, checker;
uniform bool masked, outlines, contrast, pictured;
uniform sampler2D curve, localCurves; // 256 levels a row; of local contrast, a row for each tile
uniform bool toned;
uniform int channel;
uniform ivec2 tiles;             // 0 without local contrast
uniform uint hovered, marks;     // marks: those that some region has; looking for others would double the work
out vec4 result;
const uint groupBits = 0xfffffu, selectedBit = 0x80000000u;

uvec2 find(vec2 screen) {
  vec2 share = (screen - view.xy) / (pictureSize * view.z);
  ivec2 at = clamp(ivec2(floor(share * regionSize)), ivec2(0), ivec2(regionSize) - 1);
  uint id = texelFetch(regions, at, 0).r;
  return texelFetch(lookup, ivec2(id & 255u, id >> 8), 0).rg;
}
vec3 unpack(uint rgb) { return vec3((rgb >> 16) & 255u, (rgb >> 8) & 255u, rgb & 255u) / 255.0; }

/** The group and marks at a place of the screen; none beside the picture, so that borders close along its edges. */
uint groupAt(vec2 screen) {
  vec2 share = (screen - view.xy) / (pictureSize * view.z);
  bool beside = any(lessThan(share, vec2(0))) || any(greaterThanEqual(share, vec2(1)));
  return beside ? 0u : find(screen).g;
}

/**
 * Whether a border, as wide as given, passes through this pixel: of what has these bits of the group and marks in
 * common.
 */
bool borders(uint bits, uint pattern, uint own, vec2 screen, float wide) {
  if (pattern == 0u) return false;
  bool inside = (own & bits) == pattern;
  return ((groupAt(screen + vec2(wide, 0)) & bits) == pattern) != inside
    || ((groupAt(screen - vec2(wide, 0)) & bits) == pattern) != inside
    || ((groupAt(screen + vec2(0, wide)) & bits) == pattern) != inside
    || ((groupAt(screen - vec2(0, wide)) & bits) == pattern) != inside;
}

int levelOf(float value) { return int(floor(clamp(value, 0.0, 1.0) * 255.0 + 0.5)); }
float curveOfTile(ivec2 tile, int level) {
  ivec2 at = clamp(tile, ivec2(0), tiles - 1);
  return texelFetch(localCurves, ivec2(level, at.y * tiles.x + at.x), 0).r;
}

/** What the curves of the four nearest tiles make of a level at a place of the picture. */
float localValue(int level, vec2 share) {
  vec2 place = share * vec2(tiles) - 0.5;
  ivec2 first = ivec2(floor(place));
  vec2 part = place - floor(place);
  float upper = mix(curveOfTile(first, level), curveOfTile(first + ivec2(1, 0), level), part.x);
  float lower = mix(curveOfTile(first + ivec2(0, 1), level), curveOfTile(first + ivec2(1, 1), level), part.x);
  return mix(upper, lower, part.y);
}

/** The colour on the screen of one of the picture, neither premultiplied: see applyTones. */
vec3 tone(vec3 colour, vec2 share) {
  int single = channel - ${displayChannels.indexOf('red')};
  ivec3 levels = ivec3(levelOf(colour.r), levelOf(colour.g), levelOf(colour.b));
  ivec3 shares = levels * ivec3(${luminanceShares.join(', ')});
  int level = single >= 0 && single < 3 ? levels[single] : (shares.r + shares.g + shares.b + 32768) >> 16;
  float shown = tiles.x > 0 ? localValue(level, share) : float(level) / 255.0;
  if (channel == ${allChannels}) colour += tiles.x > 0 ? shown - float(level) / 255.0 : 0.0;
  else colour = vec3(shown);
  return vec3(
    texelFetch(curve, ivec2(levelOf(colour.r), 0), 0).r,
    texelFetch(curve, ivec2(levelOf(colour.g), 0), 0).r,
    texelFetch(curve, ivec2(levelOf(colour.b), 0), 0).r);
}

void main() {
  vec2 screen = vec2(gl_FragCoord.x, screenHeight - gl_FragCoord.y);
  vec2 share = (screen - view.xy) / (pictureSize * view.z);
  if (any(lessThan(share, vec2(0))) || any(greaterThanEqual(share, vec2(1)))) { result = vec4(0); return; }
  vec4 texel = texture(picture, share);
  if (toned && texel.a > 0.0) texel.rgb = tone(texel.rgb / texel.a, share) * texel.a;
  ivec2 square = ivec2(floor(screen / checker));
  float tile = ((square.x + square.y) & 1) == 0 ? 0.55 : 0.45;
  vec3 colour = !pictured ? vec3(0) : texel.rgb + (1.0 - texel.a) * vec3(tile);
  if (masked) {
    uvec2 own = find(screen);
    uint group = own.g & groupBits;
    if (group != 0u) {
      float strength = group == hovered ? min(1.0, opacity + 0.2) : opacity;
      colour = mix(colour, unpack(own.r), strength);
    }
    if (outlines) {
      uvec2 right = find(screen + vec2(1, 0)), below = find(screen + vec2(0, 1));
      if (group != (right.g & groupBits) || group != (below.g & groupBits)) {
        uint shown = group != 0u ? own.r : (right.g & groupBits) != 0u ? right.r : below.r;
        colour = contrast ? vec3(1) : mix(unpack(shown), vec3(1), 0.4);
      }
    }
    if (borders(groupBits, hovered, own.g, screen, 1.0)) colour = vec3(1);
    if ((marks & selectedBit) != 0u) {
      bool selected = (own.g & selectedBit) != 0u;
      if (borders(selectedBit, selectedBit, own.g, screen, selected ? 2.0 : 1.0)) colour = selected ? vec3(1) : vec3(0);
    }
  }
  result = vec4(colour, 1);
}`;
