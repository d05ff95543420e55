import * as z from 'zod';
import { isHex } from '../colours/colour';
import type { MaskDocument } from './maskDocument';
import { assign, erase, fill, finer, lock, merge, paint, split } from './labelEdits';
import { maxNameLength } from '../classes/classInfo';
import { classIdSchema } from '../classes/classListSchema';
import { classify } from './classEdits';
import { paletteNames, palettes, type PaletteName } from '../colours/palettes';
import { maxBrushSize, maxPoints, polygonRuns, strokeRuns } from '../regions/pixelRuns';
import { maxRegions } from '../regions/regionMap';
import { reshape } from './outlineEdit';
import { maxOutlinePoints } from '../shapes/labelRings';
import { giveBack, take } from './nodeEdits';
import { savedStatusSchema } from './savedStatusSchema';
import { addScribble, removeScribbles } from './scribbleEdits';
import { maxScribbles, scribbleSchema } from './scribbles';
import { withStatus } from './statusOf';
import { sameProperties, tidyProperties, type LabelProperties, type MaskState } from './maskState';
import { ColourChooser } from '../colours/colourChooser';
import { neighboursOf } from '../regions/connectivity';

const value = z.int().min(1).max(maxRegions);
const values = z.array(value).min(1).max(maxRegions);
/** The schema of the target of painting; see `EditTarget`. */
const into = z.union([z.int().min(0).max(maxRegions), z.literal('new'), z.object({ newOf: classIdSchema })]);
/** The schema of points: x, y, x, y … in pixels from the map's corner. */
const points = z
  .array(z.number().min(-1e6).max(1e6))
  .min(2)
  .max(2 * maxPoints)
  .refine(isPairs, 'a point without y');

/** The schema of an outline: rings, each of points as above. */
const rings = z
  .array(z.array(z.number().min(-1e6).max(1e6)).min(6).refine(isPairs, 'a point without y'))
  .min(1)
  .refine(
    list => list.reduce((sum, ring) => sum + ring.length, 0) <= 2 * maxOutlinePoints,
    `an outline of more than ${maxOutlinePoints} points`,
  );

/** The schema of nodes of the hierarchy. */
const nodes = z
  .array(
    z
      .int()
      .min(0)
      .max(2 * maxRegions),
  )
  .min(1)
  .max(maxRegions);

const name = z.string().max(maxNameLength);
const colour = z.string().refine(isHex, 'not a colour of the form #rrggbb');

const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('granularity'), granularity: z.number().min(0).max(1) }),
  z.object({ kind: z.literal('rename'), value, name }),
  z.object({ kind: z.literal('recolour'), value, colour }),
  z.object({ kind: z.literal('lock'), values, locked: z.boolean() }),
  z.object({ kind: z.literal('merge'), values, into: value }),
  z.object({ kind: z.literal('assign'), values, name: name.min(1), colour: colour.optional() }),
  /** Gives labels a class of the document's list, or takes it away (null); see `classify`. */
  z.object({ kind: z.literal('classify'), values, class: classIdSchema.nullable() }),
  z.object({ kind: z.literal('palette'), palette: z.enum(paletteNames) }),
  z.object({ kind: z.literal('split'), values }),
  z.object({ kind: z.literal('finer'), values }),
  z.object({ kind: z.literal('erase'), values }),
  z.object({ kind: z.literal('stroke'), into, size: z.int().min(1).max(maxBrushSize), points }),
  z.object({ kind: z.literal('polygon'), into, points }),
  z.object({ kind: z.literal('outline'), value, rings }),
  z.object({ kind: z.literal('fill'), into, x: z.int().min(0), y: z.int().min(0) }),
  scribbleSchema.extend({ kind: z.literal('scribble') }),
  z.object({
    kind: z.literal('unscribble'),
    indices: z.array(z.int().min(0).max(maxScribbles)).min(1).max(maxScribbles),
  }),
  z.object({ kind: z.literal('take'), into, nodes }),
  z.object({ kind: z.literal('giveBack'), nodes }),
  z.object({ kind: z.literal('status'), status: savedStatusSchema }),
]);

function isPairs(list: readonly number[]): boolean {
  return list.length % 2 === 0;
}

/** A request of a user to change a mask, which names labels by their present values; see `labelEdits`. */
export type EditRequest = z.infer<typeof requestSchema>;
export type EditKind = EditRequest['kind'];

/** Checks the form of a request of unknown origin. @throws Error when it is malformed */
export function parseEditRequest(untrusted: unknown): EditRequest {
  const parsed = requestSchema.safeParse(untrusted);
  if (!parsed.success) throw new Error(`This edit is not possible: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * The state of a mask after a requested edit, which makes it `edited` unless it sets the status itself.
 * @returns null when the request would change nothing
 * @throws Error when the request names a label that does not exist, or would change a locked label's pixels
 */
export function stateAfter(document: MaskDocument, request: EditRequest): MaskState | null {
  if (request.kind === 'status') return withStatus(document.state, request.status);
  const after = changedState(document, request);
  return after && { ...after, status: 'edited' };
}

function changedState(document: MaskDocument, request: Exclude<EditRequest, { kind: 'status' }>): MaskState | null {
  switch (request.kind) {
    case 'granularity':
      return withGranularity(document.state, request.granularity);
    case 'rename':
      return withProperties(document, request.value, { name: request.name.trim() });
    case 'recolour':
      return withProperties(document, request.value, { colour: request.colour.toLowerCase() });
    case 'lock':
      return lock(document, request.values, request.locked);
    case 'assign':
      return assign(document, request.values, request.name.trim(), request.colour?.toLowerCase());
    case 'classify':
      return classify(document, request.values, request.class);
    case 'palette':
      return recolourAll(document, request.palette);
    case 'merge':
      return merge(document, request.values, request.into);
    case 'split':
      return split(document, request.values);
    case 'finer':
      return finer(document, request.values);
    case 'erase':
      return erase(document, request.values);
    case 'stroke':
      return paint(document, strokeRuns(request.points, request.size, document), request.into);
    case 'polygon':
      return paint(document, polygonRuns(request.points, document), request.into);
    case 'outline':
      return reshape(document, request.value, request.rings);
    case 'fill':
      return fill(document, request.x, request.y, request.into);
    case 'scribble':
      return addScribble(document.state, request);
    case 'unscribble':
      return removeScribbles(document.state, request.indices);
    case 'take':
      return take(document, request.nodes, request.into);
    case 'giveBack':
      return giveBack(document, request.nodes);
  }
}

function withGranularity(state: MaskState, granularity: number): MaskState | null {
  if (!state.hierarchy) throw new Error('This mask has no hierarchy of regions, so its granularity cannot change.');
  return granularity === state.granularity ? null : { ...state, granularity };
}

/** The state with some properties of a label changed; null when the label has them already. */
function withProperties(document: MaskDocument, value: number, changed: LabelProperties): MaskState | null {
  const region = document.representativeOf(value);
  const before = document.state.properties.get(region) ?? {};
  const entry = document.classes?.byId(before.class);
  if (entry)
    throw new Error(
      `Labels of the class ‘${entry.name}’ have its name and colour. Change the class, or take it away first.`,
    );
  const after = tidyProperties({ ...before, ...changed });
  if (sameProperties(before, after ?? {})) return null;
  const properties = new Map(document.state.properties);
  if (after) properties.set(region, after);
  else properties.delete(region);
  return { ...document.state, properties };
}

/**
 * The state with all visible labels coloured anew from a palette, the largest first, by the rules of `ColourChooser`;
 * null when nothing changes.
 */
function recolourAll(document: MaskDocument, name: PaletteName): MaskState | null {
  const { labels, labelOf } = document.view();
  const colours: readonly string[] = palettes[name];
  const touching = touchingLabels(document, labelOf);
  const chooser = new ColourChooser(colours);
  const chosen = new Map<number, number>();
  for (const { value } of [...labels].sort((a, b) => b.area - a.area)) {
    const beside = [...(touching.get(value) ?? [])].flatMap(other => chosen.get(other) ?? []);
    chosen.set(value, chooser.choose(new Set(beside)));
  }
  const properties = new Map(document.state.properties);
  let changed = false;
  for (const { value, representative, colour } of labels) {
    const newColour = colours[chosen.get(value)!];
    if (newColour === colour || document.classes?.byId(properties.get(representative)?.class)) continue;
    changed = true;
    const given = tidyProperties({
      ...properties.get(representative),
      colour: newColour === document.defaultColour(representative) ? '' : newColour,
    });
    if (given) properties.set(representative, given);
    else properties.delete(representative);
  }
  return changed ? { ...document.state, properties } : null;
}

/** The labels that touch each label, by value. */
function touchingLabels(document: MaskDocument, labelOf: Uint16Array): Map<number, Set<number>> {
  const { offsets, targets } = neighboursOf(document.state.regions);
  const touching = new Map<number, Set<number>>();
  for (let region = 0; region < labelOf.length; region++) {
    const others = touching.get(labelOf[region]) ?? new Set();
    touching.set(labelOf[region], others);
    for (let at = offsets[region]; at < offsets[region + 1]; at++)
      if (labelOf[targets[at]] !== labelOf[region]) others.add(labelOf[targets[at]]);
  }
  return touching;
}
