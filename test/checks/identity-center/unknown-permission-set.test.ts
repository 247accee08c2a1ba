import { test } from '@jest/globals';
import check from '../../../checks/identity-center/unknown-permission-set.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildIncident,
} from '../../../src/testing/builders/account.ts';
import { buildPermissionSet } from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const known = buildPermissionSet();
const undated = buildPermissionSet({ name: 'undated', createdAt: null });
const fresh = buildPermissionSet({ name: 'operations', createdAt: '2026-11-03T10:05:00.000Z' });
const baseline = buildBaselineView([buildBaselineEntry({ type: 'permission-set', id: known.arn })]);

const cases = checkCases(check, {
  clean: [
    {
      name: 'older than the incident',
      evidence: { 'identity-center.permission-sets': [known, undated] },
      context: { incident: buildIncident() },
    },
    {
      name: 'in the baseline',
      evidence: { 'identity-center.permission-sets': [known] },
      context: { baseline },
    },
  ],
  failing: [
    {
      name: 'made in the window, or not in the baseline',
      evidence: { 'identity-center.permission-sets': [known, undated, fresh] },
      context: { baseline, incident: buildIncident() },
      sightings: [
        { messageId: 'unknown', arn: undated.arn },
        { messageId: 'made', arn: fresh.arn },
      ],
    },
  ],
  notApplicable: [
    { name: 'neither baseline nor incident', evidence: { 'identity-center.permission-sets': [fresh] } },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
