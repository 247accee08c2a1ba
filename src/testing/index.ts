export { type CheckCases, checkCases, type RunnableCase } from './check-cases.ts';
