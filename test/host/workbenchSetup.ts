/** The user settings that keep VS Code off the network and the window free of what the tests do not need. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.autoSave': 'off', // in a browser VS Code saves by itself otherwise
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
};

/** The user settings for Restricted Mode without a question at the start. */
export const restrictedSettings: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};
/**
 * The address that opens a folder in the workbench of a VS Code server. `payload` contains what the desktop program
 * takes as arguments.
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
