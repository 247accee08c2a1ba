import { describe, expect, test } from '@jest/globals';
import { auditResultSchema } from '../../../src/model/audit-result.ts';
import { extensionOf } from '../../../src/pipeline/extend-result.ts';
import { buildFinding, buildResult, buildRow } from '../../support/result-builder.ts';

const finding = buildFinding({ check: 'identity/example', decision: 'harden' });
const row = buildRow({ check: 'identity/example', outcome: 'fail', findings: [finding.fingerprint] });
const result = buildResult({ findings: [finding], results: [row] });

describe('what follows from a judged result', () => {
  test('is its plan, named by each finding', () => {
    const extended = auditResultSchema.parse(extensionOf(null, null, null)(result, [], ['keys of a user']));
    expect(extended.plan?.steps).toHaveLength(1);
    expect(extended.plan?.notSeen).toEqual(['keys of a user']);
    expect(extended.findings[0]?.planSteps).toEqual([extended.plan?.steps[0]?.id]);
    expect(extended.history).toBeNull();
  });

  test('and how the findings of an earlier run went on', () => {
    const extended = extensionOf(null, null, result)(result, [], []);
    expect(extended.history?.counts).toMatchObject({ new: 0, persisting: 1 });
    expect(extended.findings[0]).toMatchObject({ history: 'persisting', planSteps: [expect.any(String)] });
  });

  test('but not of another organization', () => {
    const other = buildResult({ organizationId: 'o-anotherone1' });
    expect(() => extensionOf(null, null, other)(result, [], [])).toThrow(/organization/);
  });
});
