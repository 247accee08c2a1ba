import { test } from '@jest/globals';
import check from '../../../checks/eyes/narrowed-trail.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

type Selectors = ReturnType<typeof buildTrail>['selectors'];
type Field = Selectors['advanced'][number]['fields'][number];

const field = (name: string, operator: string, ...values: readonly string[]): Field => ({
  field: name,
  operator,
  values,
});
const management = field('eventCategory', 'Equals', 'Management');
const advanced = (...fields: readonly Field[]) => ({ name: null, fields });
const basic = (fields: Partial<Selectors['basic'][number]>): Selectors => ({
  basic: [{ readWriteType: 'All', includeManagementEvents: true, excludedSources: [], ...fields }],
  advanced: [],
});
const trail = (name: string, selectors: Selectors) => buildTrail({ name, selectors });
const arn = (name: string) => buildTrail({ name }).arn;

const cases = checkCases(check, {
  clean: [
    { name: 'everything by a basic selector', evidence: { 'cloudtrail.trails': [buildTrail()] } },
    {
      name: 'CloudTrail’s default',
      evidence: { 'cloudtrail.trails': [trail('a', { basic: [], advanced: [] })] },
    },
    {
      name: 'everything by two advanced selectors together',
      evidence: {
        'cloudtrail.trails': [
          trail('a', {
            basic: [],
            advanced: [
              advanced(management, field('readOnly', 'Equals', 'true')),
              advanced(management, field('readOnly', 'Equals', 'false')),
            ],
          }),
        ],
      },
    },
  ],
  failing: [
    {
      name: 'each way to narrow',
      evidence: {
        'cloudtrail.trails': [
          trail('off', basic({ includeManagementEvents: false })),
          trail('data', { basic: [], advanced: [advanced(field('eventCategory', 'Equals', 'Data'))] }),
          trail('reads', basic({ readWriteType: 'ReadOnly' })),
          trail('writes', basic({ readWriteType: 'WriteOnly' })),
          trail('writes-advanced', {
            basic: [],
            advanced: [advanced(management, field('readOnly', 'Equals', 'false'))],
          }),
          trail('filtered', {
            basic: [],
            advanced: [advanced(management, field('eventName', 'NotEquals', 'CreateUser'))],
          }),
          trail('excluded', basic({ excludedSources: ['kms.amazonaws.com'] })),
          trail('excluded-advanced', {
            basic: [],
            advanced: [advanced(management, field('eventSource', 'NotEquals', 'kms.amazonaws.com'))],
          }),
        ],
      },
      sightings: [
        { messageId: 'managementOff', arn: arn('off') },
        { messageId: 'managementOff', arn: arn('data') },
        { messageId: 'readOnly', arn: arn('reads') },
        { messageId: 'writeOnly', arn: arn('writes') },
        { messageId: 'writeOnly', arn: arn('writes-advanced') },
        { messageId: 'filtered', arn: arn('filtered') },
        { messageId: 'excludedSources', arn: arn('excluded') },
        { messageId: 'excludedSources', arn: arn('excluded-advanced') },
      ],
    },
    {
      name: 'a trail for data events beside a full one',
      evidence: {
        'cloudtrail.trails': [buildTrail(), trail('data', basic({ includeManagementEvents: false }))],
      },
      sightings: [{ messageId: 'covered', arn: arn('data') }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
