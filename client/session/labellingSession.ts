import { env, type Uri } from 'vscode';
import type { MaskStatus } from '../../mask/document/maskStatus';
import type { ListView } from '../../mask/session/imageList';
import { placeOf, type Place } from '../../mask/session/steps';
import { SetStatusRequest } from '../../protocol/sessionMessages';
import type { ClassFiles } from '../common/classFiles';
import type { Server } from '../server/server';
import { ServerLister } from './imageLister';
import { ImageSet } from './imageSet';
import type { RememberedSession } from './sessionMemory';

/** A labelling session: the images of a folder, how they are listed, and where its user is. */
export class LabellingSession extends ImageSet {
  private currentPath: string | undefined;
  private readonly seenPaths = new Set<string>();

  constructor(
    folder: Uri,
    view: ListView,
    current: string | undefined,
    private readonly server: Server,
    classFiles: ClassFiles,
  ) {
    super(folder, view, new ServerLister(server), classFiles);
    this.currentPath = current;
  }

  override get current(): string | undefined {
    return this.currentPath;
  }

  /** The images that the user has looked at, by index. */
  get seen(): ReadonlySet<number> {
    return new Set([...this.seenPaths].flatMap(path => this.indexOf(path) ?? []));
  }

  get place(): Place {
    const images = this.images ?? [];
    const path = this.currentPath;
    const current = path === undefined ? undefined : (this.indexOf(path) ?? placeOf(images, path, env.language));
    return { images, view: this.view, current };
  }

  /** What the workspace remembers of the session. */
  get remembered(): RememberedSession {
    return { folder: this.folder, view: this.view, current: this.currentPath };
  }

  setCurrent(path: string): void {
    this.seenPaths.add(path);
    if (path === this.currentPath) return;
    this.currentPath = path;
    this.changed.fire({ part: 'current', path });
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
}
