import type { JSONSchema } from 'vscode-json-languageservice';
import * as z from 'zod';
import { experimentSchema } from '../engine/experiment/experimentSchema';
import { choiceDocs, settingDocs, markdownLink } from './settingDocs';

/** The JSON schema of experiment files, with all that hovers and completion show. */
export function experimentJsonSchema(): JSONSchema {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input' }) as unknown as JSONSchema;
  const told = enriched(schema, []);
  const { classes } = told.properties as Record<string, JSONSchema>;
  const [, own] = classes!.anyOf as JSONSchema[];
  (own!.items as JSONSchema).defaultSnippets = [
    { label: 'class', body: { name: '$1', values: [0], colour: '#808080' } },
  ];
  told.defaultSnippets = [{ label: 'experiment', description: 'Source, target and classes', body: minimalExperiment }];
  return told;
}

/** What an experiment cannot do without. */
export const minimalExperiment = {
  source: { layout: 'folders', images: 'images', labels: 'labels' },
  target: { images: 'photos' },
  classes: 'cityscapes19',
};

function enriched(schema: JSONSchema, path: readonly string[]): JSONSchema {
  const told: JSONSchema = { ...schema };
  const markdown = describe(schema, path);
  if (markdown !== '') told.markdownDescription = markdown;
  const named = choiceDocs[path.join('.')] ?? choiceDocs[path.at(-1) ?? ''];
  if (schema.properties)
    told.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, inner]) => [key, enriched(inner as JSONSchema, [...path, key])]),
    );
  if (schema.anyOf) told.anyOf = schema.anyOf.map(inner => enriched(inner as JSONSchema, path));
  if (typeof schema.items === 'object') told.items = enriched(schema.items as JSONSchema, [...path, 'item']);
  if (schema.enum && named) told.markdownEnumDescriptions = schema.enum.map(value => named[String(value)] ?? '');
  if (path.at(-1) === 'colour' && schema.type === 'string') told.format = 'color-hex';
  return told;
}

function describe(schema: JSONSchema, path: readonly string[]): string {
  const knob = settingDocs[path.join('.')];
  const facts = [
    ...(schema.default !== undefined && schema.type !== 'object'
      ? [`Default: \`${JSON.stringify(schema.default)}\``]
      : []),
    ...rangeOf(schema),
    ...(knob?.unit !== undefined ? [`Unit: ${knob.unit}`] : []),
  ];
  return [schema.description, facts.join(' · '), ...(knob?.papers ?? []).map(paper => markdownLink(paper))]
    .filter(Boolean)
    .join('\n\n');
}

function rangeOf({ type, minimum, exclusiveMinimum, maximum }: JSONSchema): string[] {
  if (type !== 'number' && type !== 'integer') return [];
  const low = minimum ?? exclusiveMinimum;
  const bounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  const above = minimum === undefined ? 'above ' : '';
  if (typeof low !== 'number') return bounded ? [`Range: up to ${maximum}`] : [];
  return [
    bounded
      ? `Range: ${above}${low} … ${maximum}`
      : minimum === undefined
        ? `Range: above ${low}`
        : `Range: from ${low}`,
  ];
}
