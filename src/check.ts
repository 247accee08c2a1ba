export { type Check, type CheckContext, type CheckMeta, defineCheck } from './model/check.ts';
export type { Sighting, Subject } from './model/finding.ts';
