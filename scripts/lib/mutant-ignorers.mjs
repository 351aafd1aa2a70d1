/** Faults that are not planted, because no test could find them: what is there for the compiler only. */

/** @typedef {{ node: any, parentPath: Path | null, findParent(is: (path: Path) => boolean): Path | null }} Path */

/** `types: { input: {} as … }` of a machine's setup: nothing of it is there when it runs. */
function isTypesOfSetup(/** @type {Path} */ { node, parentPath }) {
  const call = parentPath?.parentPath?.node;
  return node.type === 'ObjectProperty' && node.key.name === 'types' && call?.callee?.name === 'setup';
}

/** `event.type === 'call.leave' && …` in a guard or an action: the chart uses it for that event only. */
function isNarrowing(/** @type {Path} */ { node }) {
  const { type, operator, left, right } = node;
  const isOfEvent = left?.object?.name === 'event' && left.property.name === 'type';
  return type === 'BinaryExpression' && operator === '===' && isOfEvent && right.type === 'StringLiteral';
}

/** `if (seat === null) throw new Error(…)`: what can not be, said to the compiler. Refusals are `SessionError`s. */
function isImpossible(/** @type {Path} */ { node }) {
  const thrown = node.type === 'IfStatement' && node.consequent.type === 'ThrowStatement' && node.consequent.argument;
  return thrown?.type === 'NewExpression' && thrown.callee.name === 'Error';
}

/** @param {string} name @param {(path: Path) => boolean} is @param {string} why */
const ignorer = (name, is, why) => ({
  kind: 'Ignore',
  name,
  value: { shouldIgnore: (/** @type {Path} */ path) => (is(path) ? why : undefined) },
});

export const strykerPlugins = [
  ignorer('types', isTypesOfSetup, 'types only'),
  ignorer('narrowing', isNarrowing, 'tells the compiler which event it is'),
  ignorer('impossible', isImpossible, 'tells the compiler what can not be'),
];
