import * as z from 'zod';
import {
  decodeBytes,
  decodeHierarchy,
  decodeRegions,
  encodeBytes,
  encodeHierarchy,
  encodeRegions,
  type EncodedRegions,
} from './codec';
import type { Label, MaskDocument } from '../document/maskDocument';
import { maxNameLength } from '../classes/classInfo';
import { classIdSchema } from '../classes/classListSchema';
import type { SavedStatus } from '../document/maskStatus';
import { savedStatusSchema } from '../document/savedStatusSchema';
import { statusOf } from '../document/statusOf';
import { segmentationRecordSchema } from '../document/segmentationRecord';
import { classesOf } from './maskOverview';
import { palette } from '../colours/palettes';
import { maxRegions, type RegionMap } from '../regions/regionMap';
import { maxScribbles, scribbleSchema } from '../document/scribbles';
import { background, checkPins, tidyProperties, type LabelProperties, type MaskState } from '../document/maskState';

/** A state as JSON: in sidecars and in backups. */

const size = z.int().min(1).max(0x7fffffff);
const count = z.int().min(1).max(maxRegions);
const region = z
  .int()
  .min(0)
  .max(maxRegions - 1);
const packed = z.string();

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);

const labelSchema = z.object({
  value: z
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe('Value in the mask file. Absent while the label is merged into another.'),
  region: region.describe('The region that stands for the label.'),
  class: classIdSchema
    .optional()
    .catch(undefined)
    .describe('Id of its class in labelless.classes.json; name and colour are those of the class at the last save.'),
  name: z.string().max(maxNameLength).optional(),
  colour: colour.optional(),
  locked: z.boolean().optional().describe('Kept when the image is segmented again.'),
});

export const stateSchema = z.object({
  status: savedStatusSchema
    .exactOptional()
    .describe('How far the work on the mask is. Absent: edited where a person made or changed it, else proposed.'),
  granularity: z.number().min(0).max(1),
  labels: z.array(labelSchema).max(maxRegions),
  run: segmentationRecordSchema
    .nullable()
    .describe('The segmentation that the mask comes from; null for a mask from elsewhere.'),
  pins: z
    .array(
      z.tuple([
        region,
        z
          .int()
          .min(background)
          .max(maxRegions - 1),
      ]),
    )
    .max(maxRegions)
    .describe('Pairs of a region and the region whose label it carries at every granularity, -1 for background.'),
  regions: z
    .object({ width: size, height: size, count, ids: packed })
    .describe('Region ids by pixel: 16-bit little-endian, deflated, base64.'),
  hierarchy: z
    .object({ count, left: packed, right: packed, levels: packed })
    .nullable()
    .describe(
      'Merge k joins left[k] and right[k] (32-bit integers) to node count + k, at level levels[k] (32-bit floats).',
    ),
  scribbles: z
    .array(scribbleSchema)
    .max(maxScribbles)
    .exactOptional()
    .describe('Strokes that a user drew to guide the segmentation.'),
  colours: packed.describe('Default colour by region: index into the palette, one byte each, deflated, base64.'),
});

export type StateRecord = z.infer<typeof stateSchema>;

/**
 * The encoded maps of states. Encoding a map is costly, so one that has not changed since the last save or backup is
 * not encoded again.
 */
const packedMaps = new WeakMap<RegionMap, EncodedRegions>();

/** Converts the state of a document to a record for JSON. */
export function toRecord(document: MaskDocument): StateRecord {
  const { granularity, run, pins, regions, hierarchy, colours, scribbles = [] } = document.state;
  let map = packedMaps.get(regions);
  if (!map) packedMaps.set(regions, (map = encodeRegions(regions)));
  return {
    status: statusOf(document.state),
    granularity,
    run: run && segmentationRecordSchema.parse(run),
    labels: labelRecords(document),
    pins: [...pins],
    regions: map,
    hierarchy: hierarchy && encodeHierarchy(hierarchy),
    colours: encodeBytes(colours),
    ...(scribbles.length > 0 && {
      scribbles: scribbles.map(scribble => ({ ...scribble, points: [...scribble.points] })),
    }),
  };
}

/** The records of the labels: the visible ones by value, then those merged away that have properties of their own. */
function labelRecords(document: MaskDocument): StateRecord['labels'] {
  const { labels } = document.view();
  const { properties } = document.state;
  const shown = new Set(labels.map(label => label.representative));
  const hidden = [...properties].filter(([region]) => !shown.has(region)).sort(([a], [b]) => a - b);
  const inSight = ({ value, representative, name, colour: shown }: Label) => ({
    value,
    region: representative,
    ...tidyProperties({
      ...properties.get(representative),
      ...(document.isNamed(representative) && { name }),
      colour: shown,
    }),
  });
  return [...labels.map(inSight), ...hidden.map(([region, given]) => ({ region, ...tidyProperties(given) }))];
}

/**
 * Restores the state of a record that fits `stateSchema`.
 * @throws Error when it contradicts itself or has more than `maxPixels` pixels
 */
export function fromRecord(record: StateRecord, maxPixels?: number): MaskState {
  const regions = decodeRegions(record.regions, maxPixels);
  const hierarchy = record.hierarchy && decodeHierarchy(record.hierarchy);
  const colours = decodeBytes(record.colours, regions.count);
  if (hierarchy && hierarchy.count > regions.count)
    throw new Error(`The hierarchy has ${hierarchy.count} regions, the map ${regions.count}.`);
  if (colours.some(colour => colour >= palette.length)) throw new Error('A colour is not in the palette.');
  const beyond = [...record.labels.map(label => label.region), ...record.pins.flat()].find(id => id >= regions.count);
  if (beyond !== undefined) throw new Error(`Region ${beyond} is named, but the map has ${regions.count} regions.`);
  const pins = new Map(record.pins);
  checkPins(pins);
  const values = hierarchy ? new Map<number, number>() : valuesOf(record);
  const { granularity, run, status } = record;
  return {
    ...(status && { status }),
    granularity,
    run,
    regions,
    hierarchy,
    pins,
    values,
    colours,
    properties: propertiesOf(record, colours),
    ...(record.scribbles && { scribbles: record.scribbles }),
  };
}

/** The label values of a state without a hierarchy, which keeps them. */
function valuesOf({ labels }: StateRecord): Map<number, number> {
  const values = new Map(
    labels.flatMap(label => (label.value === undefined ? [] : [[label.region, label.value] as const])),
  );
  if (new Set(values.values()).size < values.size) throw new Error('Two labels have the same value.');
  return values;
}

function propertiesOf({ labels }: StateRecord, colours: Uint8Array): Map<number, LabelProperties> {
  const properties = new Map<number, LabelProperties>();
  for (const { region, class: classId, name = '', colour: given = '', locked = false } of labels) {
    const shown = given.toLowerCase();
    const colour = shown === palette[colours[region]!] ? '' : shown;
    const kept = tidyProperties({ class: classId, name, colour, locked });
    if (kept) properties.set(region, kept);
  }
  return properties;
}

/**
 * The status of a record that fits `stateSchema`, and its labels, without decoding its maps.
 * @throws Error when its colours are damaged
 */
export function summarizeRecord(record: StateRecord): { status: SavedStatus; labels: number; classes: number[] } {
  const colours = decodeBytes(record.colours, record.regions.count);
  const { run, status } = record;
  const properties = propertiesOf(record, colours);
  const labels = record.labels.filter(({ value }) => value !== undefined);
  return {
    status: statusOf({ run, pins: new Map(record.pins), properties, ...(status && { status }) }),
    labels: labels.length,
    classes: classesOf(labels),
  };
}
