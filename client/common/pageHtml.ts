import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

function escape(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

/** The folder of the pages' scripts and styles, the only one that a page may load files from. */
export function pageRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** A page in dist/webview, whose script and style have the name `name`. */
export interface PageKind {
  readonly name: 'editor' | 'training' | 'gallery' | 'session';
  readonly title: string;
  /** Whether its host posts messages that the page has not asked for, which may come before its script runs. */
  readonly keepsEarlyMessages?: boolean;
}

/** Formats a value as JSON for a script element. `<` is escaped, so that no text can end the element. */
function scriptData(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** Keeps the messages that come before the page's own script listens, for that to take. */
const earlyScript = "earlyMessages = []; addEventListener('message', ({ data }) => window.earlyMessages?.push(data));";

/**
 * Makes the HTML of a webview's page. Its content security policy allows the page's own script, by nonce, and its own
 * styles and fonts; pictures are allowed only as bytes that the host posts. If there is a translation, the HTML
 * contains the texts in VS Code's display language as data.
 */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  { name, title, keepsEarlyMessages = false }: PageKind,
): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (file: string) =>
    escape(webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extension), file)).toString());
  const source = escape(webview.cspSource);
  // Web components that position themselves set inline styles: 'unsafe-inline' is allowed for style attributes alone.
  const policy = [
    `default-src 'none'`,
    `img-src blob: data:`,
    `font-src ${source}`,
    `style-src ${source}`,
    `style-src-attr 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  const texts = vscode.l10n.bundle;
  return `<!DOCTYPE html>
<html lang="${escape(texts ? vscode.env.language : 'en')}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <title>${escape(title)}</title>
  <link rel="stylesheet" href="${resource(`${name}.css`)}">${
    keepsEarlyMessages ? `\n  <script nonce="${nonce}">${earlyScript}</script>` : ''
  }
</head>
<body>
  <script type="application/json" id="texts">${scriptData(texts ?? {})}</script>
  <script type="module" nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</body>
</html>`;
}
