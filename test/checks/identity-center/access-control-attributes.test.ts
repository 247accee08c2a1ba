import { test } from '@jest/globals';
import check from '../../../checks/identity-center/access-control-attributes.ts';
import { accessControlAttributesArn } from '../../../src/model/resource-arn.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import {
  buildAccessControlAttributes,
  exampleInstanceArn,
} from '../../../src/testing/builders/identity-center.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const type = 'access-control-attributes';
const arn = accessControlAttributesArn(exampleInstanceArn);
const evidence = { 'identity-center.access-control-attributes': [buildAccessControlAttributes()] };
const facts = { 'resources.organization': [buildResourceFact({ type, arn, contentSha256: 'a'.repeat(64) })] };
const baselineOf = (contentSha256: string) =>
  buildBaselineView([buildBaselineEntry({ type, id: arn, contentSha256 })]);

const cases = checkCases(check, {
  clean: [
    {
      name: 'not set up',
      evidence: {
        'identity-center.access-control-attributes': [
          buildAccessControlAttributes({ present: false, status: null, attributes: [] }),
        ],
      },
    },
    {
      name: 'reviewed',
      evidence: { ...evidence, ...facts },
      context: { baseline: baselineOf('a'.repeat(64)) },
    },
  ],
  failing: [
    { name: 'nobody reviewed them', evidence, sightings: [{ messageId: 'mapped', arn }] },
    {
      name: 'changed since the baseline',
      evidence: {
        'identity-center.access-control-attributes': [buildAccessControlAttributes({ status: null })],
        ...facts,
      },
      context: { baseline: baselineOf('b'.repeat(64)) },
      sightings: [{ messageId: 'mapped', arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
