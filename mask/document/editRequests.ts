import * as z from 'zod';
import { isHex } from '../colours/colour';
import type { MaskDocument } from './maskDocument';
import type { Edit } from './edits';
import { assign, erase, fill, finer, grow, lock, merge, paint, split } from './labelEdits';
import { maxNameLength } from '../classes';
import { paletteNames, recolourAll } from './palettes';
import { maxBrushSize, maxPoints, polygonRuns, strokeRuns } from '../regions/pixelRuns';
import { maxRegions } from '../regions/regionMap';
import { maxScribbles, scribble, scribbleSchema, unscribble } from './scribbles';
import { sameProperties, tidyProperties, type LabelProperties, type MaskState } from './maskState';

const value = z.int().min(1).max(maxRegions);
const values = z.array(value).min(1).max(maxRegions);
/** A label, 0 for background, or a label that does not exist yet. */
const into = z.union([z.int().min(0).max(maxRegions), z.literal('new')]);
/** x, y, x, y … in pixels from the map's corner. */
const points = z
  .array(z.number().min(-1e6).max(1e6))
  .min(2)
  .max(2 * maxPoints)
  .refine(list => list.length % 2 === 0, 'a point without y');

const locking = z.object({ kind: z.literal('lock'), values, locked: z.boolean() });
const name = z.string().max(maxNameLength);
const colour = z.string().refine(isHex, 'not a colour of the form #rrggbb');
const renaming = z.object({ kind: z.literal('rename'), value, name });
const recolouring = z.object({ kind: z.literal('recolour'), value, colour });

const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('granularity'), granularity: z.number().min(0).max(1) }),
  renaming,
  recolouring,
  locking,
  z.object({ kind: z.literal('merge'), values, into: value }),
  z.object({ kind: z.literal('assign'), values, name: name.min(1), colour: colour.optional() }),
  z.object({ kind: z.literal('palette'), palette: z.enum(paletteNames) }),
  z.object({ kind: z.literal('split'), values }),
  z.object({ kind: z.literal('finer'), values }),
  z.object({ kind: z.literal('erase'), values }),
  z.object({ kind: z.literal('stroke'), into, size: z.int().min(1).max(maxBrushSize), points }),
  z.object({ kind: z.literal('polygon'), into, points }),
  z.object({ kind: z.literal('fill'), into, x: z.int().min(0), y: z.int().min(0) }),
  scribbleSchema.extend({ kind: z.literal('scribble') }),
  z.object({
    kind: z.literal('unscribble'),
    indices: z.array(z.int().min(0).max(maxScribbles)).min(1).max(maxScribbles),
  }),
  z.object({
    kind: z.literal('grow'),
    into,
    node: z
      .int()
      .min(0)
      .max(2 * maxRegions),
  }),
]);

/** A change as a user asks for it, naming labels by their present value; see `labelEdits`. */
export type EditRequest = z.infer<typeof requestSchema>;
export type EditKind = EditRequest['kind'];

type PropertyRequest = z.infer<typeof renaming | typeof recolouring>;

/**
 * The edit that a request asks for, from an untrusted source.
 * @returns null when the request would change nothing
 * @throws Error when the request is malformed, names a label that is not there, or would change a locked label's pixels
 */
export function editFromRequest(document: MaskDocument, request: unknown): Edit | null {
  const wanted = parseRequest(request);
  switch (wanted.kind) {
    case 'granularity':
      if (!document.state.hierarchy)
        throw new Error('This mask has no hierarchy of regions, so its granularity cannot change.');
      return wanted.granularity === document.state.granularity ? null : wanted;
    case 'rename':
    case 'recolour':
      return propertyEdit(document, wanted);
    case 'lock':
      return replacing(lock(document, wanted.values, wanted.locked));
    case 'assign':
      return replacing(assign(document, wanted.values, wanted.name.trim(), wanted.colour?.toLowerCase()));
    case 'palette':
      return replacing(recolourAll(document, wanted.palette));
    case 'merge':
      return replacing(merge(document, wanted.values, wanted.into));
    case 'split':
      return replacing(split(document, wanted.values));
    case 'finer':
      return replacing(finer(document, wanted.values));
    case 'erase':
      return replacing(erase(document, wanted.values));
    case 'stroke':
      return replacing(paint(document, strokeRuns(wanted.points, wanted.size, document), wanted.into));
    case 'polygon':
      return replacing(paint(document, polygonRuns(wanted.points, document), wanted.into));
    case 'fill':
      return replacing(fill(document, wanted.x, wanted.y, wanted.into));
    case 'scribble':
      return replacing(scribble(document.state, wanted));
    case 'unscribble':
      return replacing(unscribble(document.state, wanted.indices));
    case 'grow':
      return replacing(grow(document, wanted.node, wanted.into));
  }
}

/** @throws Error when the request is malformed. */
export function parseRequest(request: unknown): EditRequest {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) throw new Error(`This edit is not possible: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function replacing(state: MaskState | null): Edit | null {
  return state && { kind: 'replace', state };
}

function propertyEdit(document: MaskDocument, wanted: PropertyRequest): Edit | null {
  const region = document.representativeOf(wanted.value);
  const before = document.state.properties.get(region) ?? {};
  const properties = tidyProperties({ ...before, ...changed(wanted) });
  return sameProperties(before, properties ?? {}) ? null : { kind: 'properties', region, properties };
}

function changed(request: PropertyRequest): LabelProperties {
  switch (request.kind) {
    case 'rename':
      return { name: request.name.trim() };
    case 'recolour':
      return { colour: request.colour.toLowerCase() };
  }
}
