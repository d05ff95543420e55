/** The colours of VS Code's own themes that the mask editor's page uses, and the class of its body. */
export interface Theme { readonly name: string; readonly bodyClass: string; readonly colours: Readonly<Record<string, string>> }

const fonts = { 'font-family': 'system-ui, "DejaVu Sans", sans-serif', 'font-size': '13px', 'font-weight': 'normal' };

export const dark: Theme = {
  name: 'dark', bodyClass: 'vscode-dark',
  colours: {
    ...fonts, foreground: '#cccccc', descriptionForeground: '#9d9d9d', disabledForeground: 'rgba(204,204,204,0.5)', 'icon-foreground': '#cccccc', errorForeground: '#f85149',
    'editor-background': '#1f1f1f', 'sideBar-background': '#181818', 'sideBar-foreground': '#cccccc', 'panel-border': '#2b2b2b', focusBorder: '#0078d4',
    'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1', 'button-border': 'rgba(255,255,255,0.07)',
    'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
    'editorWidget-background': '#202020', 'editorWidget-foreground': '#cccccc', 'widget-border': '#313131', 'widget-shadow': 'rgba(0,0,0,0.36)',
    'input-background': '#313131', 'input-foreground': '#cccccc', 'input-placeholderForeground': '#989898', 'settings-textInputBackground': '#313131', 'settings-textInputForeground': '#cccccc', 'settings-textInputBorder': '#3c3c3c',
    'inputOption-activeBackground': 'rgba(36,137,219,0.51)', 'inputOption-activeBorder': '#2488db', 'inputOption-activeForeground': '#ffffff',
    'inputValidation-errorBackground': '#5a1d1d', 'inputValidation-errorBorder': '#be1100', 'progressBar-background': '#0078d4',
    'list-hoverBackground': '#2a2d2e', 'list-inactiveSelectionBackground': '#37373d', 'list-activeSelectionBackground': '#04395e', 'list-activeSelectionForeground': '#ffffff',
    'toolbar-hoverBackground': 'rgba(90,93,94,0.31)', 'sash-hoverBorder': '#0078d4',
    'badge-background': '#616161', 'badge-foreground': '#f8f8f8', 'charts-blue': '#59a4f9', 'charts-orange': '#d18616', 'charts-green': '#89d185', 'charts-purple': '#b180d7',
  },
};

export const light: Theme = {
  name: 'light', bodyClass: 'vscode-light',
  colours: {
    ...fonts, foreground: '#3b3b3b', descriptionForeground: '#3b3b3b', disabledForeground: 'rgba(97,97,97,0.5)', 'icon-foreground': '#3b3b3b', errorForeground: '#f85149',
    'editor-background': '#ffffff', 'sideBar-background': '#f8f8f8', 'sideBar-foreground': '#3b3b3b', 'panel-border': '#e5e5e5', focusBorder: '#005fb8',
    'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8', 'button-border': 'rgba(0,0,0,0.1)',
    'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc',
    'editorWidget-background': '#f8f8f8', 'editorWidget-foreground': '#3b3b3b', 'widget-border': '#e5e5e5', 'widget-shadow': 'rgba(0,0,0,0.16)',
    'input-background': '#ffffff', 'input-foreground': '#3b3b3b', 'input-placeholderForeground': '#767676', 'settings-textInputBackground': '#ffffff', 'settings-textInputForeground': '#3b3b3b', 'settings-textInputBorder': '#cecece',
    'inputOption-activeBackground': '#bed6ed', 'inputOption-activeBorder': '#005fb8', 'inputOption-activeForeground': '#000000',
    'inputValidation-errorBackground': '#f2dede', 'inputValidation-errorBorder': '#be1100', 'progressBar-background': '#005fb8',
    'list-hoverBackground': '#f2f2f2', 'list-inactiveSelectionBackground': '#e4e6f1', 'list-activeSelectionBackground': '#e8e8e8', 'list-activeSelectionForeground': '#000000',
    'toolbar-hoverBackground': 'rgba(184,184,184,0.31)', 'sash-hoverBorder': '#005fb8',
    'badge-background': '#cccccc', 'badge-foreground': '#3b3b3b', 'charts-blue': '#0063d3', 'charts-orange': '#d18616', 'charts-green': '#388a34', 'charts-purple': '#652d90',
  },
};

export const highContrast: Theme = {
  name: 'high-contrast', bodyClass: 'vscode-high-contrast',
  colours: {
    ...fonts, foreground: '#ffffff', descriptionForeground: 'rgba(255,255,255,0.7)', disabledForeground: '#a5a5a5', 'icon-foreground': '#ffffff', errorForeground: '#f48771',
    'editor-background': '#000000', 'sideBar-background': '#000000', 'sideBar-foreground': '#ffffff', 'panel-border': '#6fc3df', focusBorder: '#f38518',
    contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', 'button-background': '#000000', 'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'button-hoverBackground': '#000000',
    'button-secondaryBackground': '#000000', 'button-secondaryForeground': '#ffffff',
    'editorWidget-background': '#0c141f', 'editorWidget-foreground': '#ffffff', 'widget-border': '#6fc3df',
    'input-background': '#000000', 'input-foreground': '#ffffff', 'input-placeholderForeground': 'rgba(255,255,255,0.7)', 'settings-textInputBackground': '#000000', 'settings-textInputForeground': '#ffffff', 'settings-textInputBorder': '#6fc3df',
    'inputOption-activeBackground': 'rgba(0,0,0,0)', 'inputOption-activeBorder': '#f38518', 'inputOption-activeForeground': '#ffffff',
    'inputValidation-errorBackground': '#000000', 'inputValidation-errorBorder': '#be1100', 'progressBar-background': '#6fc3df',
    'list-hoverBackground': 'rgba(255,255,255,0.1)', 'toolbar-hoverOutline': '#f38518', 'sash-hoverBorder': '#f38518',
    'badge-background': '#000000', 'badge-foreground': '#ffffff', 'charts-blue': '#59a4f9', 'charts-orange': '#d18616', 'charts-green': '#89d185', 'charts-purple': '#b180d7',
  },
};
