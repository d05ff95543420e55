import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { localPath } from '../../../files/localUri';
import { classFileName } from '../../../mask/classes/classFileName';
import type { ClassInUse } from '../../../mask/classes/classInUse';
import { parseJsonText, type JsonText } from '../jsonFiles/jsonText';
import { toDiagnostic, type TextProblem } from '../jsonFiles/problems';
import { quickFixes } from '../jsonFiles/quickFixes';
import { firstFindings, mostFindings, textBeyondLimits } from '../jsonFiles/textLimits';
import { checkClassFile } from './checkClassFile';
import { checkMissingClasses } from './missingClasses';

/** Replaces all diagnostics that the client shows of a file. */
type Publish = (uri: string, diagnostics: Diagnostic[], version?: number) => void;

/** Finds the classes that masks below a class file use, in another process. @param file its path */
type FindClassesInUse = (uri: string, file: string, cancel: AbortSignal) => Promise<readonly ClassInUse[]>;

/** Milliseconds without typing after which the text is checked. */
const pause = 150;

/** A class file in an editor, and what is known of the masks below it. */
interface OpenFile {
  document: TextDocument;
  timer: NodeJS.Timeout;
  inUse: readonly ClassInUse[];
  /** Ends the look for classes in use. */
  look: AbortController;
}

/**
 * The class files that are open in the client. Other files are ignored. The masks below a file are looked through when
 * it is opened or saved, and when this program has changed them.
 */
export class OpenClassFiles {
  private readonly open = new Map<string, OpenFile>();

  constructor(
    private readonly publish: Publish,
    private readonly findClassesInUse: FindClassesInUse,
  ) {}

  /** Handles a document that was opened or has changed. */
  changed(document: TextDocument): void {
    if (!isClassFile(document.uri)) return;
    const timer = setTimeout(() => {
      this.check(document);
    }, pause);
    const file = this.open.get(document.uri);
    if (file) {
      clearTimeout(file.timer);
      Object.assign(file, { document, timer });
      return;
    }
    this.open.set(document.uri, { document, timer, inUse: [], look: new AbortController() });
    void this.lookThrough(document.uri);
  }

  saved({ uri }: TextDocument): void {
    void this.lookThrough(uri);
  }

  /** Handles that masks were changed by a request. */
  masksChanged(): void {
    for (const uri of this.open.keys()) void this.lookThrough(uri);
  }

  closed({ uri }: TextDocument): void {
    const file = this.open.get(uri);
    clearTimeout(file?.timer);
    file?.look.abort();
    if (this.open.delete(uri)) this.publish(uri, []);
  }

  actions(uri: string, range: Range): CodeAction[] {
    const file = this.open.get(uri);
    if (!file || textBeyondLimits(file.document.getText())) return [];
    const source = parseJsonText(file.document.getText());
    const problems = problemsOf(source, file.inUse).slice(0, mostFindings);
    return quickFixes(file.document, source, problems, range, ['classes']);
  }

  private check(document: TextDocument): void {
    const refusal = textBeyondLimits(document.getText());
    if (refusal) {
      this.publish(document.uri, [refusal], document.version);
      return;
    }
    const source = parseJsonText(document.getText());
    const problems = problemsOf(source, this.open.get(document.uri)?.inUse ?? []);
    const found = problems.map(problem => toDiagnostic(document, source, problem));
    this.publish(document.uri, firstFindings(found, 0), document.version);
  }

  /** Looks for classes in use, and shows what is new. That it cannot is not told: nothing is wrong with the file. */
  private async lookThrough(uri: string): Promise<void> {
    const file = this.open.get(uri);
    const at = localPath(uri);
    if (!file || at === undefined) return;
    file.look.abort();
    const { signal } = (file.look = new AbortController());
    const inUse = await this.findClassesInUse(uri, at, signal).catch(() => undefined);
    if (!inUse || signal.aborted) return;
    file.inUse = inUse;
    this.check(file.document);
  }
}

function problemsOf(source: JsonText, inUse: readonly ClassInUse[]): TextProblem[] {
  return [...checkClassFile(source), ...checkMissingClasses(source, inUse)];
}

function isClassFile(uri: string): boolean {
  return uri.endsWith(`/${classFileName}`);
}
