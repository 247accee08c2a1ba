import { describe, expect, test } from '@jest/globals';
import { loadChecks } from '../../../src/engine/load-checks.ts';
import { isForWantOfBaseline } from '../../../src/model/applicability.ts';
import type { BaselineView, CheckContext } from '../../../src/model/check.ts';
import { accountUnit } from '../../../src/model/scope.ts';

const entry = {
  type: 'any',
  id: 'any',
  uniqueId: null,
  contentSha256: null,
  owner: 'team',
  reason: 'known',
  reviewedBy: 'a',
  reviewedAt: 'b',
};
const baseline: BaselineView = {
  capturedAt: '2026-10-01T00:00:00.000Z',
  find: () => null,
  ofType: () => [entry],
};
const context: CheckContext = {
  asOf: '2026-11-04T00:00:00.000Z',
  unit: accountUnit('aws', '111122223333'),
  partition: 'aws',
  organizationId: 'o-exampleorgid',
  managementAccountId: '111122223333',
  organizationAccountIds: new Set(['111122223333']),
  incident: null,
  baseline: null,
  options: { expected: [] },
};

describe('reasons for want of a baseline', () => {
  test('every check that only a baseline makes apply gives such a reason', async () => {
    const reasons = (await loadChecks()).flatMap(({ meta, appliesTo }) => {
      const options = Object.fromEntries(
        Object.entries(meta.options ?? {}).map(([name, option]) => [name, option.default]),
      );
      const without = appliesTo?.({ ...context, options }) ?? null;
      const given = appliesTo?.({ ...context, options, baseline }) ?? null;
      return without !== null && given === null ? [`${meta.id}: ${without}`] : [];
    });
    expect(reasons.length).toBeGreaterThan(7);
    expect(reasons.filter((text) => !isForWantOfBaseline(text.slice(text.indexOf(': ') + 2)))).toEqual([]);
  });

  test.each([
    ['No entry of the baseline is reviewed.', true],
    ['there is no baseline: functions are listed as inventory', true],
    ['Not the management account.', false],
    ['No incident window is given.', false],
    ['The baseline tells which services had trusted access.', false],
    ['The organization has no Identity Center instance.', false],
  ])('%s', (reason, wanting) => {
    expect(isForWantOfBaseline(reason)).toBe(wanting);
  });
});
