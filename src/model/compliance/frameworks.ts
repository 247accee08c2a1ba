import { cisAwsFoundations } from './cis-aws-foundations.ts';
import type { Control, Framework } from './framework.ts';
import { nist80053 } from './nist-800-53.ts';
import { nistCsf } from './nist-csf.ts';

/** In the order of the report. */
export const frameworks: readonly Framework[] = [cisAwsFoundations, nist80053, nistCsf];

export function frameworkOf(key: string): Framework | null {
  return frameworks.find((framework) => framework.key === key) ?? null;
}

export function controlOf(framework: Framework, id: string): Control | null {
  return framework.controls.find((control) => control.id === id) ?? null;
}

/** `2.9` before `2.10`, `AC-2` before `AC-12`: texts are compared as texts, numbers as numbers. */
export function compareControlIds(left: string, right: string): number {
  const parts = (id: string): readonly string[] => id.match(/\d+|\D+/g) ?? [];
  const [lefts, rights] = [parts(left), parts(right)];
  for (const [index, part] of lefts.entries()) {
    const other = rights[index];
    if (other === undefined) {
      return 1;
    }
    const difference = Number(part) - Number(other);
    if (Number.isNaN(difference) ? part !== other : difference !== 0) {
      return Number.isNaN(difference) ? (part < other ? -1 : 1) : difference;
    }
  }
  return lefts.length - rights.length;
}
