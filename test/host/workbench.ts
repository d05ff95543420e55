/**
 * The address that opens a folder in the workbench of a VS Code server; `payload` is what the desktop takes as
 * arguments.
 */
export function workbenchUrl(
  authority: string,
  folder: string,
  payload: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(`http://${authority}/`);
  url.searchParams.set('folder', folder);
  if (Object.keys(payload).length > 0) url.searchParams.set('payload', JSON.stringify(Object.entries(payload)));
  return url.href;
}
