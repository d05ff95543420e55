/** An experiment as the text of its file: a section a paragraph, whatever is short in one line. */
export function layOut(experiment: object): string {
  const sections = Object.entries(experiment).map(([key, value]) => `  ${JSON.stringify(key)}: ${inLines(value)}`);
  return `{\n${sections.join(',\n')}\n}\n`;
}

function inLines(value: unknown): string {
  if (!Array.isArray(value)) return inLine(value);
  return `[\n${value.map(item => `    ${inLine(item)}`).join(',\n')}\n  ]`;
}

export function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${inLine(inner)}`)
    .join(', ')} }`;
}
