import { test } from '@jest/globals';
import check from '../../../checks/organization/new-account.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildIncident,
  buildOrganizationAccount,
} from '../../../src/testing/builders/account.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const inWindow = '2026-11-03T10:36:00.000Z';
const management = buildOrganizationAccount({ joinedMethod: 'INVITED' });
const created = buildOrganizationAccount({ id: '222233334444' });
const invited = buildOrganizationAccount({ id: '333344445555', joinedMethod: 'INVITED' });
const baseline = buildBaselineView(
  [management, created].map(({ arn: id }) => buildBaselineEntry({ type: 'organization-account', id })),
);

const cases = checkCases(check, {
  clean: [
    {
      name: 'accounts that were made here long ago',
      evidence: { 'organizations.accounts': [management, created] },
      context: { incident: buildIncident() },
    },
    {
      name: 'reviewed accounts',
      evidence: { 'organizations.accounts': [management, created] },
      context: { baseline },
    },
  ],
  failing: [
    {
      name: 'joined inside the window',
      evidence: {
        'organizations.accounts': [
          management,
          { ...created, joinedAt: inWindow },
          { ...invited, joinedAt: inWindow },
        ],
      },
      context: { incident: buildIncident(), baseline },
      sightings: [
        { messageId: 'createdInWindow', arn: created.arn },
        { messageId: 'invitedInWindow', arn: invited.arn },
      ],
    },
    {
      name: 'not in the baseline',
      evidence: {
        'organizations.accounts': [management, created, { ...invited, joinedAt: null, joinedMethod: null }],
      },
      context: { baseline },
      sightings: [{ messageId: 'unknown', arn: invited.arn }],
    },
    {
      name: 'let in from outside, without a baseline',
      evidence: { 'organizations.accounts': [management, created, invited] },
      sightings: [{ messageId: 'invited', arn: invited.arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
