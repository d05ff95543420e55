import { element } from '../common/dom';
import { classSwatches, factsOf, nameElement, problemMark } from '../list/imageFacts';
import type { ListedCell } from '../list/imageListbox';
import { statusMark } from '../list/statusTexts';

/** The height of a row in CSS pixels; `session.css` has the same. */
export const rowHeight = 24;

/** Makes the row of an image: its status, name, classes and uncertainty. */
export function imageRow({ image, classes }: ListedCell): HTMLElement {
  const { path, status, uncertainty, problem } = image;
  const facts = factsOf(image, classes);
  return element(
    'div',
    { class: 'row', 'aria-label': facts.join(', '), title: facts.join('\n') },
    statusMark(problem === undefined ? status : 'none'),
    nameElement(path),
    ...problemMark(image),
    classSwatches(image, classes),
    ...(uncertainty === null ? [element('span', { class: 'doubt' })] : [doubtBar(uncertainty)]),
  );
}

/** How uncertain a mask is, as a bar. */
function doubtBar(uncertainty: number): HTMLElement {
  const bar = element('span', { class: 'bar' });
  bar.style.width = `${100 * uncertainty}%`;
  return element('span', { class: 'doubt known' }, bar);
}
