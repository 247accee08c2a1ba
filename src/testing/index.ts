export { type CheckCases, checkCases as checkTester, type RunnableCase } from './check-cases.ts';
