// The TypeScript declarations of the library, as the compiler makes them of its sources.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const compilerOptions = { isolatedDeclarations: true, target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.Preserve };

/**
 * Writes the declarations of a source file, and of all files that they import, below `destination`.
 * @param entry the path of the source file, relative to `root`
 * @throws Error for a file whose declarations do not follow from itself alone, such as one with types inferred by zod
 */
export function writeDeclarations(root, entry, destination) {
  const done = new Set();
  const write = source => {
    if (done.has(source)) return;
    done.add(source);
    const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(path.join(root, source), 'utf8'), {
      compilerOptions,
      fileName: source,
      reportDiagnostics: true,
    });
    if (diagnostics.length > 0)
      throw new Error(`${source}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`);
    const file = path.join(destination, source.replace(/ts$/, 'd.ts'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, outputText);
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles)
      write(`${path.posix.join(path.posix.dirname(source), fileName)}.ts`);
  };
  write(entry);
}
