import type { CodeAction, CodeLens, Diagnostic, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { checkSource } from './checkExperiment';
import { Findings, type Inspect } from './dataFindings';
import { fileOf, syntaxProblems } from './experimentLanguage';
import { readSource } from './experimentText';
import { diagnosticOf } from './problems';
import { codeActions } from './quickFixes';
import { RunWatch } from './trainingRunLenses';

export interface ExperimentHost {
  /** Replaces all that the client shows of a file. */
  publish(uri: string, diagnostics: Diagnostic[], version?: number): void;
  /** Looks at folders and files, which may take seconds, outside this process. */
  readonly inspect: Inspect;
  lensesChanged(): void;
}

/** Typing is let pause this long before the file is looked at: milliseconds. */
const pause = 150;

/** An experiment file in an editor: what is wrong with it, and how its run stands, as either changes. */
export class OpenExperiment {
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly findings: Findings;
  private readonly run: RunWatch;

  constructor(
    public document: TextDocument,
    private readonly host: ExperimentHost,
  ) {
    const { uri } = document;
    const file = fileOf(uri);
    this.findings = new Findings(file, host.inspect, () => {
      void this.publish();
    });
    this.run = new RunWatch(uri, file, () => {
      host.lensesChanged();
    });
    this.check();
  }

  changed(document: TextDocument): void {
    this.document = document;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.check();
    }, pause);
  }

  /** Looks at folders and files again, whether or not they seem to have changed. */
  inspect(): void {
    this.findings.update(readSource(this.document.getText()), true);
  }

  actions(range: Range): CodeAction[] {
    const source = readSource(this.document.getText());
    return codeActions(this.document, source, [...checkSource(source), ...this.findings.of(source)], range);
  }

  async lenses(): Promise<CodeLens[]> {
    return this.run.lenses(readSource(this.document.getText()));
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.findings.dispose();
    this.run.dispose();
  }

  private check(): void {
    const source = readSource(this.document.getText());
    this.findings.update(source);
    this.run.update(source);
    void this.publish();
  }

  private async publish(): Promise<void> {
    const { document } = this;
    const { uri, version } = document; // the text may change in place before the answer is there
    const source = readSource(document.getText());
    const problems = [...checkSource(source), ...this.findings.of(source)].map(problem =>
      diagnosticOf(document, source, problem),
    );
    const syntax = await syntaxProblems(document);
    if (!this.closed && this.document.version === version) this.host.publish(uri, [...syntax, ...problems], version);
  }
}

/** What the client holds open of experiment files. Other files that a client sends along are no concern of ours. */
export class ExperimentBoard {
  private readonly open = new Map<string, OpenExperiment>();

  constructor(private readonly host: ExperimentHost) {}

  /** A document was opened, or has changed. */
  changed(document: TextDocument): void {
    if (!isExperiment(document)) return;
    const known = this.open.get(document.uri);
    if (known) known.changed(document);
    else this.open.set(document.uri, new OpenExperiment(document, this.host));
  }

  saved({ uri }: TextDocument): void {
    this.open.get(uri)?.inspect();
  }

  closed({ uri }: TextDocument): void {
    this.open.get(uri)?.dispose();
    if (this.open.delete(uri)) this.host.publish(uri, []);
  }

  /** The document as the server knows it; undefined for one that is no experiment. */
  document(uri: string): TextDocument | undefined {
    return this.open.get(uri)?.document;
  }

  actions(uri: string, range: Range): CodeAction[] {
    return this.open.get(uri)?.actions(range) ?? [];
  }

  async lenses(uri: string): Promise<CodeLens[]> {
    return (await this.open.get(uri)?.lenses()) ?? [];
  }
}

function isExperiment({ uri, languageId }: TextDocument): boolean {
  return languageId === 'labelless-adapt' || /\.adapt\.json$/i.test(uri);
}
