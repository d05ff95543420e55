import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: { eqeqeq: 'error', 'no-console': 'off', 'prefer-template': 'error', 'object-shorthand': 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['test', 'describe'] }],
      // Arrays are indexed in loops over pixels, where an iterator is slow and an index is never out of range.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['warn', { max: 200, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  // The engine is usable from a test in three lines, and the mask code from anywhere: neither may reach outwards.
  restrict('server/src/engine/**', ['**/handlers/**', '**/jobs/**', '**/cli/**', '**/client/**', '**/webview/**', 'vscode', 'vscode-languageserver*']),
  restrict('mask/**', ['**/server/**', '**/client/**', '**/webview/**', '**/protocol/**', 'vscode', 'vscode-*', 'node:*']),
  restrict('client/**', ['**/server/src/**', '**/webview/**']),
  restrict('webview/**', ['**/server/**', '**/client/**', 'vscode', 'node:*']),
  restrict('files/**', ['**/server/**', '**/client/**', '**/webview/**', '**/protocol/**', '**/mask/**', 'vscode']),
  restrict('protocol/**', ['**/server/**', '**/client/**', '**/webview/**', 'vscode']),
);

/** Keeps the arrows between the parts pointing one way. Tests may look anywhere. */
function restrict(files, group) {
  return {
    files: [files],
    ignores: ['**/*.test.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ group, message: 'This part does not depend on that one: see CONTRIBUTING.md.' }] }] },
  };
}
