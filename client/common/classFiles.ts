import * as vscode from 'vscode';
import { NearestFile } from '../../files/nearestFile';
import { classFileName } from '../../mask/classes/classFileName';
import { maxClassFileBytes, openClassFile, type ClassFile } from '../../mask/files/classFile';
import { folderOf, nameOf } from './maskLocations';
import { reportError } from './report';
import { onSettled } from './settled';

type OnClassFile = (file: ClassFile | undefined) => void;

/**
 * The class files that hold in folders. Each is read once for all that follow it, and again when it changes, comes or
 * goes. Watchers tell of that late or never on network drives and in a browser, so it is also looked at when the window
 * gets the focus, when VS Code saves it, and when what shows or saves classes asks for a look.
 */
export class ClassFiles {
  private readonly folders = new Map<string, FollowedFolder>();
  private readonly listeners: vscode.Disposable[];

  constructor() {
    this.listeners = [
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.lookAll().catch(reportError);
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (nameOf(uri) === classFileName) this.lookAll().catch(reportError);
      }),
    ];
  }

  /**
   * Tells what class file holds in a folder, once before this resolves and then whenever it is another one or has
   * changed; undefined where there is none, and for folders not on this machine.
   */
  async follow(folder: vscode.Uri, onFile: OnClassFile): Promise<vscode.Disposable> {
    const key = folder.toString();
    const followed = this.folders.get(key) ?? new FollowedFolder(folder);
    this.folders.set(key, followed);
    let isTold = false;
    const listener: OnClassFile = file => {
      isTold = true;
      onFile(file);
    };
    followed.listeners.add(listener);
    await followed.look();
    if (!isTold) listener(followed.file);
    return {
      dispose: () => {
        followed.listeners.delete(listener);
        if (followed.listeners.size > 0 || this.folders.get(key) !== followed) return;
        this.folders.delete(key);
        followed.dispose();
      },
    };
  }

  /** Looks at the class file of a folder that is followed. Resolves once all that follow it know it as it is. */
  async look(folder: vscode.Uri): Promise<void> {
    await this.folders.get(folder.toString())?.look();
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    for (const folder of this.folders.values()) folder.dispose();
    this.folders.clear();
  }

  private async lookAll(): Promise<void> {
    await Promise.all([...this.folders.values()].map(folder => folder.look()));
  }
}

/** A folder whose class file somebody follows. */
class FollowedFolder {
  readonly listeners = new Set<OnClassFile>();
  file: ClassFile | undefined;
  private readonly nearest: NearestFile | undefined;
  private found: Awaited<ReturnType<NearestFile['look']>>;
  private watchers: vscode.Disposable[] | undefined;
  private isDisposed = false;

  constructor(private readonly folder: vscode.Uri) {
    if (folder.scheme === 'file') this.nearest = new NearestFile(folder.fsPath, classFileName, maxClassFileBytes);
  }

  async look(): Promise<void> {
    if (!this.nearest) return;
    const found = await this.nearest.look();
    if (this.isDisposed) return;
    if (found !== this.found) {
      const hasMoved = found?.file !== this.found?.file;
      this.found = found;
      this.file = openClassFile(found);
      if (hasMoved) this.stopWatching();
      for (const listener of [...this.listeners]) listener(this.file);
    }
    this.watchers ??= this.patterns().map(pattern => onSettled(pattern, () => this.look()));
  }

  dispose(): void {
    this.isDisposed = true;
    this.stopWatching();
  }

  private stopWatching(): void {
    for (const watcher of this.watchers ?? []) watcher.dispose();
    this.watchers = undefined;
  }

  /**
   * The files that can become or cease to be the class file: those in the workspace folder, or else in the folder
   * itself, and the one that holds now.
   */
  private patterns(): vscode.RelativePattern[] {
    const workspace = vscode.workspace.getWorkspaceFolder(this.folder);
    const around = workspace
      ? new vscode.RelativePattern(workspace, `**/${classFileName}`)
      : new vscode.RelativePattern(this.folder, classFileName);
    const own = this.file && vscode.Uri.file(this.file.file);
    const isOutside = own !== undefined && !vscode.workspace.getWorkspaceFolder(own);
    return [around, ...(isOutside ? [new vscode.RelativePattern(folderOf(own), classFileName)] : [])];
  }
}
