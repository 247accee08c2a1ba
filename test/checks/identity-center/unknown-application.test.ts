import { test } from '@jest/globals';
import check from '../../../checks/identity-center/unknown-application.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildIncident,
} from '../../../src/testing/builders/account.ts';
import { buildApplication } from '../../../src/testing/builders/identity-center.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const type = 'application';
const own = buildApplication({ grants: ['authorization_code'] });
const catalog = buildApplication({
  name: 'catalog',
  providerArn: 'arn:aws:sso::aws:applicationProvider/catalog/ex-0123456789abcdef',
});
const aws = buildApplication({
  name: '',
  providerArn: 'arn:aws:sso::aws:applicationProvider/redshift',
  createdAt: null,
});
const outside = buildApplication({ name: 'outside', ownerAccountId: '999988887777' });
const facts = [own, aws, outside].map(({ arn }) =>
  buildResourceFact({ type, arn, contentSha256: 'a'.repeat(64) }),
);
const baselineOf = (contentSha256: string, ...arns: readonly string[]) =>
  buildBaselineView(arns.map((id) => buildBaselineEntry({ type, id, contentSha256 })));

const cases = checkCases(check, {
  clean: [
    { name: 'none', evidence: { 'identity-center.applications': [] } },
    {
      name: 'reviewed',
      evidence: { 'identity-center.applications': [own], 'resources.organization': facts },
      context: { baseline: baselineOf('a'.repeat(64), own.arn), incident: buildIncident() },
    },
  ],
  failing: [
    {
      name: 'customer’s and AWS’s, without a baseline',
      evidence: { 'identity-center.applications': [own, catalog, aws] },
      sightings: [
        { messageId: 'customer', arn: own.arn },
        { messageId: 'customer', arn: catalog.arn },
        { messageId: 'awsManaged', arn: aws.arn },
      ],
    },
    {
      name: 'changed since the baseline, or made anew in the window',
      evidence: {
        'identity-center.applications': [own, { ...aws, createdAt: '2026-11-03T10:40:00.000Z' }],
        'resources.organization': facts,
      },
      context: {
        baseline: buildBaselineView([
          buildBaselineEntry({ type, id: own.arn, contentSha256: 'b'.repeat(64) }),
          buildBaselineEntry({ type, id: aws.arn, contentSha256: 'a'.repeat(64) }),
        ]),
        incident: buildIncident(),
      },
      sightings: [
        { messageId: 'customer', arn: own.arn },
        { messageId: 'awsManaged', arn: aws.arn },
      ],
    },
    {
      name: 'of an account outside, reviewed or not',
      evidence: { 'identity-center.applications': [outside], 'resources.organization': facts },
      context: { baseline: baselineOf('a'.repeat(64), outside.arn) },
      sightings: [{ messageId: 'outside', arn: outside.arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
