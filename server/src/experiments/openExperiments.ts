import type { CodeAction, CodeLens, Diagnostic, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { checkExperiment } from './checkExperiment';
import { DataFindings, type InspectExperiment } from './dataFindings';
import { localPath } from '../../../files/localUri';
import { syntaxProblems } from './experimentLanguage';
import { experimentSections } from './experimentText';
import { parseJsonText, type JsonText } from '../jsonFiles/jsonText';
import { toDiagnostic, type TextProblem } from '../jsonFiles/problems';
import { firstFindings, longestAssisted, mostFindings, textBeyondLimits } from '../jsonFiles/textLimits';
import { quickFixes } from '../jsonFiles/quickFixes';
import { TrainingRunWatch } from './trainingRunLenses';

export interface ExperimentHost {
  /** Replaces all diagnostics that the client shows of a file. */
  publish(uri: string, diagnostics: Diagnostic[], version?: number): void;
  /** Inspects folders and files in another process, which may take seconds. */
  readonly inspect: InspectExperiment;
  lensesChanged(): void;
}

/** Milliseconds without typing after which the text is checked. */
const pause = 150;

/** An experiment file in an editor, with its problems and the state of its run, which are updated as either changes. */
export class ExperimentInEditor {
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly findings: DataFindings;
  private readonly run: TrainingRunWatch;

  constructor(
    public document: TextDocument,
    private readonly host: ExperimentHost,
  ) {
    const { uri } = document;
    const file = localPath(uri);
    this.findings = new DataFindings(file, host.inspect, () => {
      void this.publish();
    });
    this.run = new TrainingRunWatch(uri, file, () => {
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

  /** Inspects folders and files again, even if they seem unchanged. */
  inspect(): void {
    this.findings.update(parseJsonText(this.document.getText()), true);
  }

  actions(range: Range): CodeAction[] {
    const source = parseJsonText(this.document.getText());
    return quickFixes(this.document, source, this.problems(source).slice(0, mostFindings), range, experimentSections);
  }

  async lenses(): Promise<CodeLens[]> {
    return this.run.lenses(parseJsonText(this.document.getText()));
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.findings.dispose();
    this.run.dispose();
  }

  private problems(source: JsonText): TextProblem[] {
    return [...checkExperiment(source), ...this.findings.problems(source)];
  }

  private check(): void {
    const source = parseJsonText(this.document.getText());
    this.findings.update(source);
    this.run.update(source);
    void this.publish();
  }

  private async publish(): Promise<void> {
    const { document } = this;
    const { uri, version } = document; // the text may change in place before the answer is there
    const source = parseJsonText(document.getText());
    const problems = this.problems(source);
    const shown = problems.slice(0, mostFindings).map(problem => toDiagnostic(document, source, problem));

    const syntax = await syntaxProblems(document);
    if (!this.closed && this.document.version === version)
      this.host.publish(uri, firstFindings([...syntax, ...shown], problems.length - shown.length), version);
  }
}

/** The experiment files that are open in the client. Other files are ignored. */
export class OpenExperiments {
  private readonly open = new Map<string, ExperimentInEditor>();
  /** Files that are open but beyond the limits of what is read. */
  private readonly refused = new Set<string>();

  constructor(private readonly host: ExperimentHost) {}

  /** Handles a document that was opened or has changed. */
  changed(document: TextDocument): void {
    if (!isExperiment(document)) return;
    const { uri, version } = document;
    const refusal = textBeyondLimits(document.getText());
    if (refusal) {
      this.refuse(uri, refusal, version);
      return;
    }
    this.refused.delete(uri);
    const known = this.open.get(uri);
    if (known) known.changed(document);
    else this.open.set(uri, new ExperimentInEditor(document, this.host));
  }

  /** Shows why a text is not read; it gets no completion, hover or lens until it is shorter. */
  private refuse(uri: string, refusal: Diagnostic, version: number): void {
    this.open.get(uri)?.dispose();
    this.open.delete(uri);
    this.refused.add(uri);
    this.host.publish(uri, [refusal], version);
  }

  saved({ uri }: TextDocument): void {
    this.open.get(uri)?.inspect();
  }

  closed({ uri }: TextDocument): void {
    this.open.get(uri)?.dispose();
    const wasOpen = this.open.delete(uri);
    const wasRefused = this.refused.delete(uri);
    if (wasOpen || wasRefused) this.host.publish(uri, []);
  }

  /**
   * The document of a URI as the server has it; undefined for a document that is not an experiment, or is too long for
   * completion, hovers and the like.
   */
  document(uri: string): TextDocument | undefined {
    const document = this.open.get(uri)?.document;
    return document && document.getText().length <= longestAssisted ? document : undefined;
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
