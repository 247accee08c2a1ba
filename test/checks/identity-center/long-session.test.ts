import { test } from '@jest/globals';
import check from '../../../checks/identity-center/long-session.ts';
import { buildPermissionSet } from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const sets = (...durations: readonly string[]) => ({
  'identity-center.permission-sets': durations.map((sessionDuration) =>
    buildPermissionSet({ name: `set-${sessionDuration}`, sessionDuration }),
  ),
});
const arnOf = (duration: string) => buildPermissionSet({ name: `set-${duration}` }).arn;

const cases = checkCases(check, {
  clean: [
    { name: 'an hour and a working day', evidence: sets('PT1H', 'PT45M', 'PT8H') },
    { name: 'a longer limit', evidence: sets('PT12H'), context: { options: { hours: 12 } } },
  ],
  failing: [
    {
      name: 'over the limit, written in several ways',
      evidence: sets('PT1H', 'PT12H', 'PT8H1S', 'P1D', 'PT481M'),
      sightings: ['PT12H', 'PT8H1S', 'P1D', 'PT481M'].map((duration) => ({
        messageId: 'long' as const,
        arn: arnOf(duration),
      })),
    },
    {
      name: 'a shorter limit',
      evidence: sets('PT1H', 'PT4H'),
      context: { options: { hours: 1 } },
      sightings: [{ messageId: 'long', arn: arnOf('PT4H') }],
    },
    {
      name: 'no duration that can be read',
      evidence: sets('12 hours', 'PT', 'P1M'),
      sightings: ['12 hours', 'PT', 'P1M'].map((duration) => ({
        messageId: 'unreadable' as const,
        arn: arnOf(duration),
      })),
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
