import path from 'node:path';
import { ClientCapabilities, getLanguageService, type TextDocument } from 'vscode-json-languageservice';
import type {
  Color,
  ColorInformation,
  ColorPresentation,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  FormattingOptions,
  Hover,
  Position,
  Range,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { localPath } from '../../../files/localUri';
import { completePath } from './pathCompletion';
import { experimentJsonSchema } from './experimentJsonSchema';

const schema = experimentJsonSchema();
// A schema that the file itself names is not fetched: there is one, and it is here.
const json = getLanguageService({
  clientCapabilities: ClientCapabilities.LATEST,
  schemaRequestService: () => Promise.resolve(JSON.stringify(schema)),
});
json.configure({ schemas: [{ uri: 'labelless://schemas/experiment.json', fileMatch: ['*'], schema }] });

/** The syntax errors of a document as JSON. */
export async function syntaxProblems(document: TextDocument): Promise<Diagnostic[]> {
  const found = await json.doValidation(document, json.parseJSONDocument(document), {
    comments: 'warning',
    trailingCommas: 'warning',
    schemaValidation: 'ignore',
    schemaRequest: 'ignore',
  });
  return document.getText().trim() === '' ? [] : found.map(diagnostic => ({ ...diagnostic, source: 'labelless' }));
}

export async function complete(document: TextDocument, position: Position): Promise<CompletionList | null> {
  const file = localPath(document.uri);
  const paths =
    file === undefined ? undefined : await completePath(document, document.offsetAt(position), path.dirname(file));
  return paths
    ? { isIncomplete: false, items: paths }
    : json.doComplete(document, position, json.parseJSONDocument(document));
}

export async function hover(document: TextDocument, position: Position): Promise<Hover | null> {
  return json.doHover(document, position, json.parseJSONDocument(document));
}

export function symbols(document: TextDocument): DocumentSymbol[] {
  return json.findDocumentSymbols2(document, json.parseJSONDocument(document));
}

export function format(document: TextDocument, options: FormattingOptions, range?: Range): TextEdit[] {
  return json.format(document, range, options);
}

export async function colours(document: TextDocument): Promise<ColorInformation[]> {
  return json.findDocumentColors(document, json.parseJSONDocument(document));
}

export function colourPresentations(document: TextDocument, colour: Color, range: Range): ColorPresentation[] {
  return json.getColorPresentations(document, json.parseJSONDocument(document), colour, range);
}
