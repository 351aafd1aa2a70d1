/** The backend contract as data: every operation, with the schemas of what goes in and what comes out. */
export { CONTRACT_VERSION, operations } from './contract/operations.js';
export type { Access, Operation, OperationId, OperationMethod } from './contract/operations.js';
export * as bodies from './contract/bodies.schema.js';
export { isProblemCode, PROBLEM_STATUS, PROBLEM_TYPE, problemSchema } from './problem.schema.js';
export type { ProblemCode } from './problem.schema.js';
