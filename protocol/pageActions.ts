/**
 * What the mask editor's page does on a key, a button or VS Code's command `labelless.` and this name. The host names one of
 * them to the page, and nothing else.
 */
export const pageActions = [
  'tool.select', 'tool.brush', 'tool.eraser', 'tool.polygon', 'tool.fill', 'tool.grow', 'tool.scribble', 'tool.pick', 'tool.larger', 'tool.smaller',
  'labels.merge', 'labels.split', 'labels.finer', 'labels.delete', 'labels.new', 'labels.name', 'labels.rename', 'labels.recolour', 'labels.recolourAll',
  'labels.hide', 'labels.isolate', 'labels.showAll', 'labels.lock', 'labels.selectAll', 'labels.deselect', 'labels.find',
  'granularity.finer', 'granularity.coarser', 'scribbles.clear',
  'view.overlay', 'view.outlinesAlone', 'view.mask', 'view.picture', 'view.outlines', 'view.list', 'view.moreOpaque', 'view.lessOpaque',
  'view.zoomIn', 'view.zoomOut', 'view.fit', 'view.actualSize', 'view.information', 'view.compareLayout',
  'mask.begin',
] as const;

export type PageAction = (typeof pageActions)[number];
