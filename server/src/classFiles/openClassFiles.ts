import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { classFileName } from '../../../mask/classes/classFileName';
import { parseJsonText } from '../jsonFiles/jsonText';
import { toDiagnostic } from '../jsonFiles/problems';
import { quickFixes } from '../jsonFiles/quickFixes';
import { firstFindings, mostFindings, textBeyondLimits } from '../jsonFiles/textLimits';
import { checkClassFile } from './checkClassFile';

/** Replaces all diagnostics that the client shows of a file. */
type Publish = (uri: string, diagnostics: Diagnostic[], version?: number) => void;

/** Milliseconds without typing after which the text is checked. */
const pause = 150;

/** The class files that are open in the client. Other files are ignored. */
export class OpenClassFiles {
  private readonly open = new Map<string, { document: TextDocument; timer: NodeJS.Timeout }>();

  constructor(private readonly publish: Publish) {}

  /** Handles a document that was opened or has changed. */
  changed(document: TextDocument): void {
    if (!isClassFile(document.uri)) return;
    clearTimeout(this.open.get(document.uri)?.timer);
    const timer = setTimeout(() => {
      this.check(document);
    }, pause);
    this.open.set(document.uri, { document, timer });
  }

  closed({ uri }: TextDocument): void {
    clearTimeout(this.open.get(uri)?.timer);
    if (this.open.delete(uri)) this.publish(uri, []);
  }

  actions(uri: string, range: Range): CodeAction[] {
    const document = this.open.get(uri)?.document;
    if (!document || textBeyondLimits(document.getText())) return [];
    const source = parseJsonText(document.getText());
    return quickFixes(document, source, checkClassFile(source).slice(0, mostFindings), range, ['classes']);
  }

  private check(document: TextDocument): void {
    const refusal = textBeyondLimits(document.getText());
    if (refusal) {
      this.publish(document.uri, [refusal], document.version);
      return;
    }
    const source = parseJsonText(document.getText());
    const found = checkClassFile(source).map(problem => toDiagnostic(document, source, problem));
    this.publish(document.uri, firstFindings(found, 0), document.version);
  }
}

function isClassFile(uri: string): boolean {
  return uri.endsWith(`/${classFileName}`);
}
