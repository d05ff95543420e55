import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, CodeLens, Range } from 'vscode-languageserver-protocol';
import { OpenExperiment, type ExperimentHost } from './open';

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
