import { z } from 'zod';
import { isHex } from './colour';
import type { MaskDocument } from './document';
import type { Edit } from './edits';
import { erase, fill, finer, grow, merge, paint, split } from './labelEdits';
import { maxBrushSize, maxPoints, polygonRuns, strokeRuns } from './raster';
import { maxRegions } from './regions';
import { tidyProperties, type LabelProperties, type MaskState } from './state';

/** Longest name of a label, in UTF-16 units. */
export const maxNameLength = 200;

const value = z.int().min(1).max(maxRegions);
const values = z.array(value).min(1).max(maxRegions);
/** A label, 0 for background, or a label that does not exist yet. */
const into = z.union([z.int().min(0).max(maxRegions), z.literal('new')]);
/** x, y, x, y … in pixels from the map's corner. */
const points = z.array(z.number().min(-1e6).max(1e6)).min(2).max(2 * maxPoints).refine(list => list.length % 2 === 0, 'a point without y');

const renaming = z.object({ kind: z.literal('rename'), value, name: z.string().max(maxNameLength) });
const recolouring = z.object({ kind: z.literal('recolour'), value, colour: z.string().refine(isHex, 'not a colour of the form #rrggbb') });
const locking = z.object({ kind: z.literal('lock'), value, locked: z.boolean() });

const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('granularity'), granularity: z.number().min(0).max(1) }),
  renaming, recolouring, locking,
  z.object({ kind: z.literal('merge'), values, into: value }),
  z.object({ kind: z.literal('split'), values }),
  z.object({ kind: z.literal('finer'), values }),
  z.object({ kind: z.literal('erase'), values }),
  z.object({ kind: z.literal('stroke'), into, size: z.int().min(1).max(maxBrushSize), points }),
  z.object({ kind: z.literal('polygon'), into, points }),
  z.object({ kind: z.literal('fill'), into, x: z.int().min(0), y: z.int().min(0) }),
  z.object({ kind: z.literal('grow'), into, node: z.int().min(0).max(2 * maxRegions) }),
]);

/** A change as a user asks for it, naming labels by their present value; see `labelEdits`. */
export type EditRequest = z.infer<typeof requestSchema>;
export type EditKind = EditRequest['kind'];

type PropertyRequest = z.infer<typeof renaming | typeof recolouring | typeof locking>;

/**
 * The edit that a request asks for, from an untrusted source.
 * @returns null when the request would change nothing
 * @throws Error when the request is malformed, names a label that is not there, or would change a locked label's pixels
 */
export function editFromRequest(document: MaskDocument, request: unknown): Edit | null {
  const wanted = parseRequest(request);
  switch (wanted.kind) {
    case 'granularity':
      if (!document.state.hierarchy) throw new Error('This mask has no hierarchy of regions, so its granularity cannot change.');
      return wanted.granularity === document.state.granularity ? null : wanted;
    case 'rename': case 'recolour': case 'lock': return propertyEdit(document, wanted);
    case 'merge': return replacing(merge(document, wanted.values, wanted.into));
    case 'split': return replacing(split(document, wanted.values));
    case 'finer': return replacing(finer(document, wanted.values));
    case 'erase': return replacing(erase(document, wanted.values));
    case 'stroke': return replacing(paint(document, strokeRuns(wanted.points, wanted.size, document), wanted.into));
    case 'polygon': return replacing(paint(document, polygonRuns(wanted.points, document), wanted.into));
    case 'fill': return replacing(fill(document, wanted.x, wanted.y, wanted.into));
    case 'grow': return replacing(grow(document, wanted.node, wanted.into));
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
  return same(before, properties ?? {}) ? null : { kind: 'properties', region, properties };
}

function changed(request: PropertyRequest): LabelProperties {
  switch (request.kind) {
    case 'rename': return { name: request.name.trim() };
    case 'recolour': return { colour: request.colour.toLowerCase() };
    case 'lock': return { locked: request.locked };
  }
}

function same(a: LabelProperties, b: LabelProperties): boolean {
  return a.name === b.name && a.colour === b.colour && (a.locked ?? false) === (b.locked ?? false);
}
