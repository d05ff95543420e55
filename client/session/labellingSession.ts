import * as vscode from 'vscode';
import { readNearest } from '../../files/nearest';
import { classFileName } from '../../mask/classes/classFileName';
import type { MaskStatus } from '../../mask/document/maskStatus';
import { maxClassFileBytes, openClassFile } from '../../mask/files/classFile';
import { sortByPath, type ListView, type SessionImage } from '../../mask/session/imageList';
import type { Place } from '../../mask/session/steps';
import { ListImagesRequest, SetStatusRequest, type ListedImage } from '../../protocol/sessionMessages';
import type { SessionClass } from '../../protocol/sessionPage';
import type { Server } from '../server/server';
import type { RememberedSession } from './sessionMemory';

/** The part of a session that changed: all of its list, some images of it, or the image that the user looks at. */
export type SessionChange =
  | { readonly part: 'list' }
  | { readonly part: 'images'; readonly images: readonly SessionImage[] }
  | { readonly part: 'current'; readonly path: string };

/** A labelling session: the images of a folder, how they are listed, and where its user is. */
export class LabellingSession {
  private list: ListedImage[] | null = null;
  private indices = new Map<string, number>();
  private folderClasses: readonly SessionClass[] = [];
  private currentPath: string | undefined;
  private loading: Promise<void> | undefined;
  private readonly seenPaths = new Set<string>();
  private readonly changed = new vscode.EventEmitter<SessionChange>();
  readonly onChange = this.changed.event;

  constructor(
    readonly folder: vscode.Uri,
    private listView: ListView,
    current: string | undefined,
    private readonly server: Server,
  ) {
    this.currentPath = current;
  }

  /** The images by path, see `sortByPath`; null until they are known. */
  get images(): readonly ListedImage[] | null {
    return this.list;
  }

  /** The classes of the folder's class file; none where it has no sound one. */
  get classes(): readonly SessionClass[] {
    return this.folderClasses;
  }

  get view(): ListView {
    return this.listView;
  }

  /** The path of the image that the user looks at. */
  get current(): string | undefined {
    return this.currentPath;
  }

  /** The images that the user has looked at, by index. */
  get seen(): ReadonlySet<number> {
    return new Set([...this.seenPaths].flatMap(path => this.indices.get(path) ?? []));
  }

  get place(): Place {
    const current = this.currentPath === undefined ? undefined : this.indices.get(this.currentPath);
    return { images: this.list ?? [], view: this.listView, current };
  }

  /** What the workspace remembers of the session. */
  get remembered(): RememberedSession {
    return { folder: this.folder, view: this.listView, current: this.currentPath };
  }

  imageAt(path: string): ListedImage | undefined {
    return this.list?.[this.indices.get(path) ?? -1];
  }

  uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, ...path.split('/'));
  }

  /** The path of an image of this session; undefined for any other file. */
  pathOf(uri: vscode.Uri): string | undefined {
    const base = `${this.folder.path.replace(/\/$/, '')}/`;
    const path = uri.path.startsWith(base) ? uri.path.slice(base.length) : undefined;
    return path !== undefined && this.indices.has(path) ? path : undefined;
  }

  setView(view: ListView): void {
    this.listView = view;
  }

  setCurrent(path: string): void {
    this.seenPaths.add(path);
    if (path === this.currentPath) return;
    this.currentPath = path;
    this.changed.fire({ part: 'current', path });
  }

  /** Lists the folder anew. @throws Error with the reason why it cannot be listed */
  load(): Promise<void> {
    return (this.loading ??= this.listAll().finally(() => {
      this.loading = undefined;
    }));
  }

  /** Reads some images again whose files may have changed. */
  async refresh(paths: readonly string[]): Promise<void> {
    if (paths.length === 0 || !this.list) return;
    const { images, missing } = await this.server.request(ListImagesRequest, {
      folder: this.folder.toString(),
      images: [...paths],
    });
    if (missing.length > 0 || images.some(({ path }) => !this.indices.has(path))) await this.load();
    else this.take(images);
  }

  /** Sets the status of an image that no editor edits. @throws Error when its files have changed meanwhile */
  async setStatus(path: string, status: MaskStatus): Promise<void> {
    const stamp = this.imageAt(path)?.stamp;
    const { images, refused } = await this.server.request(SetStatusRequest, {
      folder: this.folder.toString(),
      images: [{ path, ...(stamp !== undefined && { stamp }) }],
      status,
    });
    this.take(images);
    const [failure] = refused;
    if (failure) throw new Error(`${failure.path}: ${failure.reason}`);
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
    this.changed.dispose();
  }

  private async listAll(): Promise<void> {
    const [{ images }, classes] = await Promise.all([
      this.server.request(ListImagesRequest, { folder: this.folder.toString() }),
      classesOf(this.folder),
    ]);
    this.folderClasses = classes;
    this.list = sortByPath([...images], vscode.env.language);
    this.indices = new Map(this.list.map(({ path }, index) => [path, index]));
    this.changed.fire({ part: 'list' });
  }
}

/** The classes of the class file that holds for a folder. */
async function classesOf({ scheme, fsPath }: vscode.Uri): Promise<SessionClass[]> {
  if (scheme !== 'file') return [];
  const found = openClassFile(await readNearest(fsPath, classFileName, maxClassFileBytes));
  return found && 'list' in found ? found.list.classes.map(({ id, name, colour }) => ({ id, name, colour })) : [];
}
