import { listed, sortByPath, wholeList, type ListView, type SessionImage } from '../../mask/session/imageList';
import type { ListedClass, ListHostMessage } from '../../protocol/imageListPage';
import { language } from '../common/pageTexts';

/** The list of images that a page shows, as the host has told it. */
export class ShownList {
  images: SessionImage[] = [];
  /** Whether more images are to come. */
  reading = false;
  view: ListView = wholeList;
  classes: ReadonlyMap<number, ListedClass> = new Map();
  /** The indices of the images that are listed, in order. */
  order: readonly number[] = [];
  private currentPath: string | null = null;
  private indices = new Map<string, number>();

  /** The index of the image that the user looks at. */
  get current(): number | undefined {
    return this.currentPath === null ? undefined : this.indices.get(this.currentPath);
  }

  indexOf(path: string): number | undefined {
    return this.indices.get(path);
  }

  /**
   * Takes a message over.
   * @returns the indices of images that are shown in their places as they are now, or `all` where all are shown anew
   */
  receive(message: ListHostMessage): readonly number[] | 'all' {
    switch (message.type) {
      case 'list':
        this.images = [...(message.images ?? [])];
        this.reading = message.reading;
        this.view = message.view;
        this.setClasses(message.classes);
        this.currentPath = message.current;
        return this.index();
      case 'more':
        this.reading = message.reading;
        this.images = sortByPath([...this.images, ...message.images], language);
        return this.index();
      case 'classes':
        this.setClasses(message.classes);
        return 'all';
      case 'view':
        return this.setView(message.view);
      case 'changed':
        // Filters and order are applied when the user next sets them, so that no image jumps away.
        return message.images.flatMap(image => {
          const index = this.indices.get(image.path);
          if (index === undefined) return [];
          this.images[index] = image;
          return [index];
        });
      case 'current': {
        const before = this.current;
        this.currentPath = message.path;
        return [before, this.current].filter(index => index !== undefined);
      }
    }
  }

  /** Lists images by other filters, or in another order. */
  setView(view: ListView): 'all' {
    this.view = view;
    this.order = listed(this.images, view);
    return 'all';
  }

  private setClasses(classes: readonly ListedClass[]): void {
    this.classes = new Map(classes.map(one => [one.id, one]));
  }

  private index(): 'all' {
    this.indices = new Map(this.images.map(({ path }, index) => [path, index]));
    return this.setView(this.view);
  }
}
