import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

function escape(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

/** The folder with the pages' scripts and styles: all that a page may load from. */
export function pageRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** One of the pages in dist/webview: its script and style are called `name`. */
export interface PageKind {
  readonly name: 'editor' | 'training' | 'gallery';
  readonly title: string;
}

/** JSON for a script element, which nothing but a tag can end: `<` is written as an escape sequence. */
function scriptData(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/**
 * The HTML of a webview's page. Its content security policy allows the page's own script, by nonce, and its own styles
 * and fonts; pictures only as the bytes that the host posts. The texts in VS Code's display language are in it as data,
 * where there is a translation.
 */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, { name, title }: PageKind): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (file: string) =>
    escape(webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extension), file)).toString());
  const source = escape(webview.cspSource);
  // Web components that position themselves set inline styles, hence 'unsafe-inline' for style attributes alone.
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
  <link rel="stylesheet" href="${resource(`${name}.css`)}" id="vscode-codicon-stylesheet">
</head>
<body>
  <script type="application/json" id="texts">${scriptData(texts ?? {})}</script>
  <script type="module" nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</body>
</html>`;
}
