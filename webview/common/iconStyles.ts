import { VscodeIcon } from '@vscode-elements/elements/dist/vscode-icon/index.js';

/**
 * Gives the icons of web components the rules of VS Code's icon font, which the page's own style sheet has. Each icon
 * would load that style sheet by itself, and a page counts as loaded only once all of them have.
 */
function shareIconRules(): void {
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
  const ofIcons = rules.filter(rule => rule instanceof CSSStyleRule && rule.selectorText.startsWith('.codicon'));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ofIcons.map(({ cssText }) => cssText).join('\n'));
  VscodeIcon.elementStyles.unshift(sheet);
  // An icon asks this element which style sheet to load: none.
  const link = document.createElement('link');
  link.id = 'vscode-codicon-stylesheet';
  document.head.append(link);
}

shareIconRules();
