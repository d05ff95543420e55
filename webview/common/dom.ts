type Attribute = string | number | boolean;

/** Creates an element with attributes (true: present, false: absent) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) created.setAttribute(name, '');
    else if (value !== false) created.setAttribute(name, String(value));
  }
  created.append(...children);
  return created;
}

/** Creates an icon of VS Code's icon font. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

type Attributes = Record<string, string | number>;

/** Creates an SVG element. */
export function svgElement(tag: string, attributes: Attributes = {}): SVGElement {
  const created = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(created, attributes);
  return created;
}

/** Creates a shape twice, dark and above it light, so that it is visible on any colour. */
export function outlinedShape(tag: string): SVGElement[] {
  return ['dark', 'light'].map(shade => svgElement(tag, { class: shade }));
}

/** Shows shapes with these attributes; null hides them. */
export function showShapes(elements: readonly SVGElement[], attributes: Attributes | null): void {
  for (const shape of elements) {
    shape.style.display = attributes ? '' : 'none';
    setAttributes(shape, attributes ?? {});
  }
}

/** Sets attributes of an SVG element. */
export function setAttributes(shape: SVGElement, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
}
