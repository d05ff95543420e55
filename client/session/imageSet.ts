import * as vscode from 'vscode';
import { sortByPath, type ListView, type SessionImage } from '../../mask/session/imageList';
import type { ListedClass } from '../../protocol/imageListPage';
import type { ListedImage } from '../../protocol/sessionMessages';
import type { ClassFiles } from '../common/classFiles';
import { KeptClasses } from '../editor/keptClasses';
import type { ImageLister } from './imageLister';

/** The part of a set of images that changed. */
export type SetChange =
  /** All of its list. */
  | { readonly part: 'list' }
  /** Images were found besides, or the last of them has been. */
  | { readonly part: 'more'; readonly images: readonly SessionImage[] }
  /** Images whose masks are others now. */
  | { readonly part: 'images'; readonly images: readonly SessionImage[] }
  /** The classes of its folder. */
  | { readonly part: 'classes' }
  /** The filters or the order; `by` tells who set them. */
  | { readonly part: 'view'; readonly by: unknown }
  /** The image that the user looks at. */
  | { readonly part: 'current'; readonly path: string };

/** Milliseconds for which images are gathered that are found one after the other. */
const gatherMilliseconds = 250;

/**
 * Images of a folder with the state of their masks, and how they are listed: all images that lie directly in it, as a
 * batch over a folder takes them, or some.
 */
export class ImageSet {
  private list: ListedImage[] | null = null;
  private indices = new Map<string, number>();
  private readonly folderClasses = new KeptClasses();
  private following: Promise<vscode.Disposable> | undefined;
  private loading: Promise<void> | undefined;
  private isFirst = true;
  protected readonly changed = new vscode.EventEmitter<SetChange>();
  readonly onChange = this.changed.event;

  /** @param only the paths of the images, from the folder; undefined: all that are directly in the folder */
  constructor(
    readonly folder: vscode.Uri,
    private listView: ListView,
    private readonly lister: ImageLister,
    private readonly classFiles: ClassFiles,
    private only?: readonly string[],
  ) {}

  /** The images by path, see `sortByPath`; null until the first are known. */
  get images(): readonly ListedImage[] | null {
    return this.list;
  }

  /** Whether more images are to come. */
  get reading(): boolean {
    return this.isFirst;
  }

  /** The classes of the folder's class file, the last good ones while it cannot be read; none where there is none. */
  get classes(): readonly ListedClass[] {
    return (this.folderClasses.list?.classes ?? []).map(({ id, name, colour }) => ({ id, name, colour }));
  }

  get view(): ListView {
    return this.listView;
  }

  /** The path of the image that the user looks at. */
  get current(): string | undefined {
    return undefined;
  }

  imageAt(path: string): ListedImage | undefined {
    return this.list?.[this.indices.get(path) ?? -1];
  }

  indexOf(path: string): number | undefined {
    return this.indices.get(path);
  }

  uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, ...path.split('/'));
  }

  /** The path of an image of this set; undefined for any other file. */
  pathOf(uri: vscode.Uri): string | undefined {
    const path = this.below(uri);
    return path !== undefined && this.indices.has(path) ? path : undefined;
  }

  /** The path of a file from the folder; undefined for one that is not in it. */
  below(uri: vscode.Uri): string | undefined {
    const base = `${this.folder.path.replace(/\/$/, '')}/`;
    return uri.path.startsWith(base) ? uri.path.slice(base.length) : undefined;
  }

  /** @param by who sets it, and need not be told */
  setView(view: ListView, by: unknown): void {
    this.listView = view;
    this.changed.fire({ part: 'view', by });
  }

  /** Lists the images anew. @throws Error with the reason why the folder cannot be listed */
  load(): Promise<void> {
    return (this.loading ??= this.listAll().finally(() => {
      this.loading = undefined;
    }));
  }

  /** Takes in images besides those that were named. @throws Error with the reason why the folder cannot be listed */
  async extend(paths: readonly string[]): Promise<void> {
    await this.loading?.catch(() => undefined); // told to whom it concerns
    this.only = [...(this.only ?? []), ...paths];
    const images: ListedImage[] = [];
    await this.lister.list(this.folder, paths, part => images.push(...part));
    this.add(images);
  }

  /** Reads some images again whose files may have changed. */
  async refresh(paths: readonly string[]): Promise<void> {
    if (paths.length === 0 || !this.list) return;
    const images: ListedImage[] = [];
    const missing = await this.lister.list(this.folder, paths, part => images.push(...part));
    if (missing.length > 0 || images.some(({ path }) => !this.indices.has(path))) await this.load();
    else this.take(images);
  }

  /** Takes images over as they are now, without reading them. */
  take(images: readonly ListedImage[]): void {
    const news = images.filter(image => {
      const index = this.indices.get(image.path);
      if (!this.list || index === undefined) return false;
      const before = this.list[index];
      this.list[index] = image;
      return before?.stamp !== image.stamp || before.status !== image.status;
    });
    if (news.length > 0) this.changed.fire({ part: 'images', images: news });
  }

  dispose(): void {
    void this.following?.then(following => {
      following.dispose();
    });
    this.changed.dispose();
  }

  private async listAll(): Promise<void> {
    const found = new Map<string, ListedImage>();
    let untold: ListedImage[] = [];
    let told = -Infinity;
    const tell = () => {
      if (!this.isFirst || performance.now() - told < gatherMilliseconds) return;
      this.add(untold);
      untold = [];
      told = performance.now();
    };
    await this.lookAtClasses();
    await this.lister.list(this.folder, this.only, part => {
      for (const image of part) found.set(image.path, image);
      untold.push(...part);
      tell();
    });
    if (this.isFirst) {
      this.isFirst = false;
      this.add(untold);
    } else {
      this.setList([...found.values()]);
      this.changed.fire({ part: 'list' });
    }
  }

  /** Takes over images that have been found, some for the first time. */
  private add(images: readonly ListedImage[]): void {
    this.take(images);
    const more = images.filter(({ path }) => !this.indices.has(path));
    const isBegun = this.list !== null;
    this.setList([...(this.list ?? []), ...new Map(more.map(image => [image.path, image])).values()]);
    this.changed.fire(isBegun ? { part: 'more', images: more } : { part: 'list' });
  }

  /** Learns of the class file at first, and whether it has changed afterwards. */
  private async lookAtClasses(): Promise<void> {
    if (this.following) return this.classFiles.look(this.folder);
    this.following = this.classFiles.follow(this.folder, file => {
      this.folderClasses.set(file);
      this.changed.fire({ part: 'classes' });
      const { class: shown } = this.listView;
      const isGone = shown !== null && !this.folderClasses.list?.byId(shown);
      if (isGone) this.setView({ ...this.listView, class: null }, this);
    });
    await this.following;
  }

  private setList(images: ListedImage[]): void {
    this.list = sortByPath(images, vscode.env.language);
    this.indices = new Map(this.list.map(({ path }, index) => [path, index]));
  }
}
