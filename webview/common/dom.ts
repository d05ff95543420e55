type Attribute = string | number | boolean;

/** An element with attributes (true: present, false: absent) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** An icon of VS Code's own font, in the page itself rather than in a component's shadow. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

type Attributes = Record<string, string | number>;

export function svgElement(tag: string, attributes: Attributes = {}): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(made, attributes);
  return made;
}

/** A shape in dark and, over it, in light: to be seen on anything. */
export function outlinedShape(tag: string): SVGElement[] {
  return ['dark', 'light'].map(shade => svgElement(tag, { class: shade }));
}

/** Shows shapes with these attributes; null hides them. */
export function showShapes(elements: readonly SVGElement[], attributes: Attributes | null): void {
  for (const one of elements) {
    one.style.display = attributes ? '' : 'none';
    setAttributes(one, attributes ?? {});
  }
}

export function setAttributes(one: SVGElement, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, String(value));
}
