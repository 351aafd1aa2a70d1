export { checkBackend } from './conformance/check.js';
export { main } from './conformance/main.js';
export type { Terminal } from './conformance/main.js';
export { cuttableFetch } from './conformance/cuttable-fetch.js';
export type { CuttableFetch } from './conformance/cuttable-fetch.js';
export { UsageError } from './conformance/options.js';
export type { ConformanceOptions, Tokens } from './conformance/options.js';
export { printed } from './conformance/report.js';
export type { CapabilityResult, ConformanceReport, RuleResult, TestResult } from './conformance/report.js';
