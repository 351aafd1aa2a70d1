/** The source of what an element is made of: its class, and each declaration that this refers to, through the imports. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import ts from 'typescript';

/** @typedef {{ declarations: Map<string, ts.Statement>, imports: Map<string, { file: string, name: string }> }} Module */

/** @type {Map<string, Module>} */
const modules = new Map();

/** @returns {string} from the class that this file exports */
export function reachable(/** @type {string} */ file) {
  const start = [...moduleOf(file).declarations].find(([, statement]) => ts.isClassDeclaration(statement))?.[0];
  if (start === undefined) throw new Error(`${file} has no class.`);
  /** @type {Map<string, string>} */
  const found = new Map();
  const visit = (/** @type {string} */ from, /** @type {string} */ name) => {
    const key = `${from} ${name}`;
    const { declarations, imports } = moduleOf(from);
    const statement = declarations.get(name);
    if (found.has(key)) return;
    if (statement === undefined) {
      const target = imports.get(name);
      if (target !== undefined && !isElement(target.file)) visit(target.file, target.name);
      return;
    }
    found.set(key, statement.getText());
    for (const used of namesIn(statement)) visit(from, used);
  };
  visit(file, start);
  return [...found.values()].join('\n');
}

/** A class of its own, with a contract of its own; or what goes to paper, which no page can style. */
function isElement(/** @type {string} */ file) {
  return basename(file, '.ts') === basename(dirname(file));
}

/** @returns {Set<string>} */
function namesIn(/** @type {ts.Node} */ node) {
  /** @type {Set<string>} */
  const names = new Set();
  const visit = (/** @type {ts.Node} */ one) => {
    if (ts.isIdentifier(one) && !one.text.startsWith('paper')) names.add(one.text);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return names;
}

/** @returns {Module} */
function moduleOf(/** @type {string} */ file) {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  /** @type {Module} */
  const module = { declarations: new Map(), imports: new Map() };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) addImports(module, file, statement);
    else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) module.declarations.set(name.getText(), statement);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name !== undefined) module.declarations.set(statement.name.text, statement);
    }
  }
  modules.set(file, module);
  return module;
}

function addImports(
  /** @type {Module} */ { imports },
  /** @type {string} */ from,
  /** @type {ts.ImportDeclaration} */ { importClause, moduleSpecifier },
) {
  const path = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
  const bindings = importClause?.namedBindings;
  if (!path.startsWith('.') || bindings === undefined || !ts.isNamedImports(bindings)) return;
  const file = resolve(dirname(from), path.replace(/\.js$/, '.ts'));
  if (!existsSync(file)) return;
  for (const { name, propertyName } of bindings.elements) {
    imports.set(name.text, { file, name: (propertyName ?? name).text });
  }
}
