import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import type { Browser, Page } from 'playwright-core';
import type { EditRequest } from '../../../mask/document/editRequests';
import type { EditorHostPost, EditorPageMessage } from '../../../protocol/editorPage';
import type { GalleryHostMessage, GalleryPageMessage } from '../../../protocol/galleryPage';
import type { SessionHostMessage, SessionPageMessage } from '../../../protocol/sessionPage';
import type { TrainingHostMessage, TrainingPageMessage } from '../../../protocol/trainingPage';
import type { Theme } from './themes';

const address = 'http://page.test/';
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export interface PageOptions {
  /** The page to open; by default the mask editor's. */
  name?: 'editor' | 'training' | 'gallery' | 'session';
  theme: Theme;
  width?: number;
  height?: number;
  /** Whether the browser is without WebGL. */
  canvasOnly?: boolean;
  /** The state that VS Code saved for the page. */
  kept?: unknown;
  density?: number;
  /** The display language and the page's texts in it; by default English. */
  language?: { readonly tag: string; readonly texts: Readonly<Record<string, string>> };
}

type Posted = EditorPageMessage | TrainingPageMessage | GalleryPageMessage | SessionPageMessage;

/** The page's replacement for VS Code's host, which is an object in the browser. */
interface StandIn {
  posted: Posted[];
  kept: unknown;
}
declare global {
  interface Window {
    standIn: StandIn;
    toHost(message: Posted): Promise<void>;
  }
}

/**
 * A built page, by default the mask editor's, by itself in a browser, with a replacement for VS Code's host and with VS
 * Code's content security policy.
 */
export class EditorPage {
  /** Errors and policy violations that the browser reported. */
  readonly complaints: string[] = [];
  /** Handles a message as the host would. By default it answers each edit without making it. */
  host: (message: EditorPageMessage) => Promise<void> = async message => {
    if (message.type === 'edit' && message.id !== undefined) await this.send({ type: 'answer', id: message.id });
  };

  private constructor(readonly page: Page) {
    page.on('pageerror', error => this.complaints.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  static async open(browser: Browser, options: PageOptions): Promise<EditorPage> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      deviceScaleFactor: options.density ?? 1,
    });
    await context.route('**', route => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: html(options) });
      if (!(path.extname(name) in types)) return route.abort();
      return route.fulfill({
        contentType: types[path.extname(name)],
        body: readFileSync(path.resolve('dist', 'webview', name)),
      });
    });
    const page = await context.newPage();
    await page.addInitScript((kept: unknown) => {
      const standIn: StandIn = { posted: [], kept };
      Object.assign(window, {
        standIn,
        acquireVsCodeApi: () => ({
          postMessage: (message: Posted) => {
            standIn.posted.push(message);
            void window.toHost(message);
          },
          getState: () => standIn.kept,
          setState: (state: unknown) => {
            standIn.kept = state;
          },
        }),
      });
    }, options.kept);
    const opened = new EditorPage(page);
    await page.exposeFunction('toHost', (message: EditorPageMessage) => opened.host(message));
    await page.goto(address);
    await page.waitForFunction(() => window.standIn.posted.some(message => message.type === 'ready'));
    return opened;
  }

  /** Sends a message as the host would. */
  async send(message: EditorHostPost | TrainingHostMessage | GalleryHostMessage | SessionHostMessage): Promise<void> {
    await this.page.evaluate(data => {
      window.dispatchEvent(new MessageEvent('message', { data }));
    }, message);
  }

  /** All messages of one type that the page has sent. */
  async posted<T extends Posted['type']>(type: T): Promise<Extract<Posted, { type: T }>[]> {
    const all = await this.page.evaluate(() => window.standIn.posted);
    return all.filter(message => message.type === type) as Extract<Posted, { type: T }>[];
  }

  /** The edits that the page has requested, once there are `count` of them. */
  async edits(count: number): Promise<EditRequest[]> {
    await this.page.waitForFunction(
      many => window.standIn.posted.filter(message => message.type === 'edit').length >= many,
      count,
    );
    return (await this.posted('edit')).map(message => message.edit as EditRequest);
  }

  kept(): Promise<unknown> {
    return this.page.evaluate(() => window.standIn.kept);
  }

  /** Waits until what was sent is on the screen. */
  async drawn(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>(done => {
          requestAnimationFrame(() => {
            requestAnimationFrame(() => {
              done();
            });
          });
        }),
    );
  }

  /** Reads the colours on the screen, `#rrggbb`, by position in the window. */
  async screen(): Promise<(x: number, y: number) => string> {
    await this.drawn();
    const { width, channels, data } = decode(await this.page.screenshot());
    return (x, y) => {
      const at = (Math.round(y) * width + Math.round(x)) * channels;
      return `#${Array.from(data.subarray(at, at + 3), value => value.toString(16).padStart(2, '0')).join('')}`;
    };
  }

  /**
   * The position in the window of the middle of a picture pixel, while the picture is fitted into the stage or into a
   * column of it.
   */
  async place(
    pixel: { x: number; y: number },
    picture: { width: number; height: number },
    column?: number,
  ): Promise<{ x: number; y: number }> {
    const box = (await (
      column === undefined ? this.page.locator('.stage') : this.page.locator('.column').nth(column)
    ).boundingBox())!;
    const scale = Math.min((box.width - 32) / picture.width, (box.height - 32) / picture.height);
    return {
      x: box.x + (box.width - picture.width * scale) / 2 + (pixel.x + 0.5) * scale,
      y: box.y + (box.height - picture.height * scale) / 2 + (pixel.y + 0.5) * scale,
    };
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

function html({ name = 'editor', theme, canvasOnly = false, language }: PageOptions): string {
  const variables = Object.entries(theme.colours)
    .map(([name, value]) => `--vscode-${name}: ${value};`)
    .join(' ');
  const policy =
    "default-src 'none'; img-src blob: data:; font-src http://page.test; style-src http://page.test 'nonce-theme'; " +
    "style-src-attr 'unsafe-inline'; script-src 'nonce-page'";
  const texts = JSON.stringify(language?.texts ?? {}).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html><html lang="${language?.tag ?? 'en'}"><head><meta charset="utf-8"><title>Labelless</title>
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <style nonce="theme">:root { ${variables} }</style>
    <link rel="stylesheet" href="${name}.css"></head>
    <body class="${theme.bodyClass}"${canvasOnly ? ' data-renderer="canvas"' : ''}>
    <script type="application/json" id="texts">${texts}</script>
    <script type="module" nonce="page" src="${name}.js"></script></body></html>`;
}
