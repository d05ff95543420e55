import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** A named import cannot be shaken, and would put all of zod into each bundle. */
const zodAsNamespace = {
  selector: 'ImportDeclaration[source.value="zod"] > :matches(ImportSpecifier, ImportDefaultSpecifier)',
  message: "Write import * as z from 'zod'.",
};

/** A word that translators should get; names of scores and units are the same in every language. */
const word = '/(?:^|[^A-Za-z])(?!m?IoU)[A-Za-z]{3,}/';

/** Places where a page shows or announces a text: the node and its field that holds the text. */
const textSinks = [
  ['AssignmentExpression[left.property.name=/^(textContent|title|placeholder|alt|ariaLabel)$/]', '.right'],
  ['Property[key.name=/^(title|label|hint|placeholder|alt)$/]', '.value'],
  ['Property[key.value=/^aria-(label|description|valuetext)$/]', '.value'],
  ['CallExpression[callee.name="element"]', '.arguments:not(:nth-child(1))'],
  ['CallExpression[callee.name="showHint"]', '.arguments'],
  ['CallExpression[callee.property.name=/^(showHint|announce)$/]', '.arguments'],
  ['CallExpression[callee.object.name="problem"][callee.property.name="show"]', '.arguments'],
  [
    'CallExpression[callee.property.name="setAttribute"]' +
      '[arguments.0.value=/^(title|aria-(label|description|valuetext))$/]',
    '.arguments:nth-child(2)',
  ],
];
const untranslated = textSinks.flatMap(([node, field]) =>
  [`Literal${field}[value=${word}]`, `TemplateLiteral${field} > TemplateElement[value.raw=${word}]`].map(text => ({
    selector: `${node} > ${text}`,
    message: 'Users see this text: write l10n.t(…), or it stays English in every language.',
  })),
);
/** The texts for translators are collected by one form of call alone. */
const collectedTexts = [
  {
    selector: ':matches(VariableDeclarator, Property, AssignmentExpression) > MemberExpression[property.name="l10n"]',
    message: 'Call l10n.t itself, or the text is not collected for translation.',
  },
  {
    selector: 'MemberExpression[object.property.name="l10n"][property.name="t"]:not(CallExpression > .callee)',
    message: 'Call l10n.t itself, or the text is not collected for translation.',
  },
  {
    selector:
      'CallExpression[callee.object.name="l10n"][callee.property.name="t"] > :first-child.arguments:not(Literal)',
    message: 'The text is a string of its own, with {0} for what varies.',
  },
  {
    selector:
      'CallExpression[callee.object.property.name="l10n"][callee.property.name="t"] > :first-child.arguments:not(Literal)',
    message: 'The text is a string of its own, with {0} for what varies.',
  },
  {
    selector: 'ImportDeclaration[source.value="@vscode/l10n"] > ImportSpecifier[imported.name="t"]',
    message: 'Import * as l10n, or the texts are not collected for translation.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      'prefer-template': 'error',
      'object-shorthand': 'error',
      // A text for users stays one literal, or translators would not get all of it; so does the title of a test.
      'max-len': ['error', { code: 120, ignoreUrls: true, ignorePattern: "^\\s*('.*',?|/.*/m?,|test\\(['\"].*)$" }],
    },
  },
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
      'no-restricted-syntax': ['error', zodAsNamespace],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['client/**/*.ts', 'webview/**/*.ts', 'server/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', zodAsNamespace, ...collectedTexts],
    },
  },
  {
    files: ['client/**/*.ts'],
    ignores: ['client/common/questions.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['showQuickPick', 'showInputBox'].map(property => ({ property, message: 'Ask by common/questions.' })),
      ],
    },
  },
  {
    files: ['webview/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', zodAsNamespace, ...collectedTexts, ...untranslated] },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  // What a part may import of the others is held by scripts/folders/rooms.mjs; here, of packages.
  withoutPackages('server/src/engine/**', ['vscode', 'vscode-languageserver*']),
  withoutPackages('mask/**', ['vscode', 'vscode-*', 'node:*']),
  withoutPackages('webview/**', ['vscode', 'node:*']),
  withoutPackages('{files,protocol}/**', ['vscode']),
);

/** Keeps packages out of a part that is to run without them. Tests may import anything. */
function withoutPackages(files, group) {
  return {
    files: [files],
    ignores: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group, message: 'This part runs without that package: see CONTRIBUTING.md.' }] },
      ],
    },
  };
}
