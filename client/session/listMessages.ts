import type { ListHostMessage } from '../../protocol/imageListPage';
import { nameOf } from '../common/maskLocations';
import type { ImageSet, SetChange } from './imageSet';

/** The message that shows all of a set on a page. */
export function wholeSet(set: ImageSet): ListHostMessage {
  return {
    type: 'list',
    folder: nameOf(set.folder),
    images: set.images,
    reading: set.reading,
    view: set.view,
    classes: set.classes,
    current: set.current ?? null,
  };
}

/** The message about a change of a set. @param page the page that is told; it knows what it has set itself */
export function changeOfSet(set: ImageSet, change: SetChange, page: unknown): ListHostMessage | undefined {
  switch (change.part) {
    case 'list':
      return wholeSet(set);
    case 'more':
      return { type: 'more', images: change.images, reading: set.reading };
    case 'images':
      return { type: 'changed', images: change.images };
    case 'classes':
      return { type: 'classes', classes: set.classes };
    case 'view':
      return change.by === page ? undefined : { type: 'view', view: set.view };
    case 'current':
      return { type: 'current', path: change.path };
  }
}
