import * as l10n from '@vscode/l10n';
import { boxOfNode, regionsOfNode, type Box, type NodeTree } from '../../../mask/objects/nodeTree';
import type { RegionPreview } from '../regions/regionPreview';
import { canPaint, requestPaint, type ToolContext } from './toolContext';

/** What is done with nodes: they are taken into the label in hand, or given back. */
export type NodeAction = 'take' | 'giveBack';

/** Requests that nodes are taken or given back; shows a hint where that cannot be. */
export function requestNodes(context: ToolContext, tree: NodeTree, nodes: readonly number[], action: NodeAction): void {
  const { targets, queue } = context;
  const target = targets.current;
  const list = [...nodes];
  if (!canPaint(context, action === 'take' ? target : targets.background)) return;
  if (action === 'take') requestPaint(context, target, into => ({ kind: 'take', into, nodes: list }));
  else if (anyGiven(context, tree, nodes)) queue.add({ request: () => ({ kind: 'giveBack', nodes: list }) });
  else context.showHint(l10n.t('Nothing here was taken by hand, so there is nothing to give back.'));
}

/** Whether some region of nodes was given to a label or to the background, and can be given back. */
function anyGiven({ labelling }: ToolContext, tree: NodeTree, nodes: readonly number[]): boolean {
  const isLocked = lockedRegions(labelling);
  return nodes.some(node =>
    regionsOfNode(tree, node).some(region => labelling.mask?.fixed[region] === 1 && !isLocked(region)),
  );
}

/** What an action with nodes would change. Regions of locked labels are left out, as the edit leaves them alone. */
export function previewOfNodes(
  { labelling, targets }: ToolContext,
  tree: NodeTree,
  nodes: readonly number[],
  action: NodeAction,
): RegionPreview | null {
  const boxes = nodes.flatMap(node => boxOfNode(tree, node) ?? []);
  if (boxes.length === 0) return null;
  const isLocked = lockedRegions(labelling);
  const inside = new Uint8Array(labelling.regions?.count ?? 0);
  for (const node of nodes) for (const region of regionsOfNode(tree, node)) if (!isLocked(region)) inside[region] = 1;
  return {
    inside,
    box: boxAround(boxes),
    colour: action === 'take' ? targets.current.colour() : null,
  };
}

function boxAround(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(box => box.left)),
    top: Math.min(...boxes.map(box => box.top)),
    right: Math.max(...boxes.map(box => box.right)),
    bottom: Math.max(...boxes.map(box => box.bottom)),
  };
}

function lockedRegions({ mask }: ToolContext['labelling']): (region: number) => boolean {
  const locked = new Set(mask?.labels.filter(label => label.locked).map(label => label.value));
  return region => locked.has(mask?.labelOf[region] ?? 0);
}
