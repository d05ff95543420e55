import { findNodeAtLocation, modify, type FormattingOptions, type Node } from 'jsonc-parser';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { CodeActionKind, type CodeAction, type Range, type TextEdit } from 'vscode-languageserver-protocol';
import { longestTitle, shortened, toDiagnostic, rangeOf, type ProblemFix, type TextProblem } from './problems';
import { formatInLine, type JsonText, type Span } from './jsonText';

/**
 * The quick fixes of the problems that overlap a range, the likeliest of each problem first.
 * @param order the keys at the top of the file in the order in which a fix adds them
 */
export function quickFixes(
  document: TextDocument,
  source: JsonText,
  problems: readonly TextProblem[],
  range: Range,
  order: readonly string[],
): CodeAction[] {
  return problems.flatMap(problem => {
    const diagnostic = toDiagnostic(document, source, problem);
    if (!touches(document, diagnostic.range, range)) return [];
    return (problem.fixes ?? []).map((fix, index) => ({
      title: shortened(fix.title, longestTitle),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: index === 0,
      edit: { changes: { [document.uri]: fixEdits(document, source, fix, order) } },
    }));
  });
}

function touches(document: TextDocument, a: Range, b: Range): boolean {
  return (
    document.offsetAt(a.start) <= document.offsetAt(b.end) && document.offsetAt(b.start) <= document.offsetAt(a.end)
  );
}

/** The text edits of a fix, in the indentation of the file. */
export function fixEdits(
  document: TextDocument,
  { text, root }: JsonText,
  fix: ProblemFix,
  order: readonly string[],
): TextEdit[] {
  const replace = (span: Span, newText: string) => [{ range: rangeOf(document, span), newText }];
  const node = root && findNodeAtLocation(root, fix.path);
  if (fix.kind === 'rename') {
    const key = node?.parent?.children?.[0];
    return key ? replace(key, JSON.stringify(fix.key)) : [];
  }
  if (!root)
    return fix.kind === 'set'
      ? replace({ offset: 0, length: text.length }, `${JSON.stringify(fix.value, null, 2)}\n`)
      : [];
  if (node && fix.kind === 'set') return replace(node, formatInLine(fix.value));
  if (fix.kind === 'append') {
    const last = node?.children?.at(-1);
    const space = last && /\s*$/.exec(text.slice(0, last.offset))?.[0];
    return last ? replace({ offset: last.offset + last.length, length: 0 }, `,${space}${formatInLine(fix.value)}`) : [];
  }
  // The value's own place in a list, or the property's in an object.
  const item = node?.parent?.type === 'property' ? node.parent : node;
  if (fix.kind === 'remove') return item?.parent ? replace(itemSpan(item, item.parent.children!), '') : [];
  const place = order.indexOf(String(fix.path[0]));
  const edits = modify(text, fix.path, fix.value, {
    formattingOptions: indentation(text),
    ...(fix.path.length === 1 && {
      getInsertionIndex: present => present.filter(name => order.indexOf(name) < place).length,
    }),
  });
  return edits.flatMap(({ content, ...span }) => replace(span, content));
}

/** The span of an item of a list or an object with the comma before it, or after the first item. */
function itemSpan(item: Node, items: readonly Node[]): Span {
  const index = items.indexOf(item);
  const [before, after] = [items[index - 1], items[index + 1]];
  const start = before ? before.offset + before.length : item.offset;
  const end = !before && after ? after.offset : item.offset + item.length;
  return { offset: start, length: end - start };
}

function indentation(text: string): FormattingOptions {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
