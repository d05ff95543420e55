import type { JSONSchema } from 'vscode-json-languageservice';
import * as z from 'zod';
import { experimentSchema } from '../engine/experiment/experimentSchema';
import { choiceDocs, settingDocs, markdownLink } from './settingDocs';

/** The JSON schema of experiment files, with the texts that hovers and completion show. */
export function experimentJsonSchema(): JSONSchema {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input' }) as unknown as JSONSchema;
  const described = enriched(schema, []);
  const { classes } = described.properties as Record<string, JSONSchema>;
  const [, own] = classes!.anyOf as JSONSchema[];
  (own!.items as JSONSchema).defaultSnippets = [
    { label: 'class', body: { name: '$1', values: [0], colour: '#808080' } },
  ];
  described.defaultSnippets = [
    { label: 'experiment', description: 'Source, target and classes', body: minimalExperiment },
  ];
  return described;
}

/** An experiment with only the sections that are required. */
export const minimalExperiment = {
  source: { layout: 'folders', images: 'images', labels: 'labels' },
  target: { images: 'photos' },
  classes: 'cityscapes19',
};

function enriched(schema: JSONSchema, path: readonly string[]): JSONSchema {
  const described: JSONSchema = { ...schema };
  const markdown = describe(schema, path);
  if (markdown !== '') described.markdownDescription = markdown;
  const named = choiceDocs[path.join('.')] ?? choiceDocs[path.at(-1) ?? ''];
  if (schema.properties)
    described.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, inner]) => [key, enriched(inner as JSONSchema, [...path, key])]),
    );
  if (schema.anyOf) described.anyOf = schema.anyOf.map(inner => enriched(inner as JSONSchema, path));
  if (typeof schema.items === 'object') described.items = enriched(schema.items as JSONSchema, [...path, 'item']);
  if (schema.enum && named) described.markdownEnumDescriptions = schema.enum.map(value => named[String(value)] ?? '');
  if (path.at(-1) === 'colour' && schema.type === 'string') described.format = 'color-hex';
  return described;
}

function describe(schema: JSONSchema, path: readonly string[]): string {
  const setting = settingDocs[path.join('.')];
  const facts = [
    ...(schema.default !== undefined && schema.type !== 'object'
      ? [`Default: \`${JSON.stringify(schema.default)}\``]
      : []),
    ...rangeOf(schema),
    ...(setting?.unit !== undefined ? [`Unit: ${setting.unit}`] : []),
  ];
  return [schema.description, facts.join(' · '), ...(setting?.papers ?? []).map(paper => markdownLink(paper))]
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
