import { describe, expect, test } from '@jest/globals';
import { traceLineage } from '../../../../src/derive/lineage/trace-lineage.ts';
import { asOf, incidentOf } from '../../../fixtures/lineage/incidents.ts';
import { account, assumeRole, leakedKey, userCaller } from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);
const events = [
  assumeRole('09:01:00', deploy, 'Admin', 'x', 'ASIAUNUSED001EXAMPLE', { durationSeconds: 3600 }),
];

describe('never used', () => {
  const input = { events, activity: [], incident: incidentOf([leakedKey]), asOf };
  const row = {
    accountId: account,
    region: 'us-east-1',
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-21T11:50:00Z',
    basis: 'digest' as const,
    holes: [],
  };
  const used = (coverage: Parameters<typeof traceLineage>[0]['coverage']) =>
    traceLineage({ ...input, ...(coverage === undefined ? {} : { coverage }) }).lineage.nodes.find(
      ({ id }) => id === 'ASIAUNUSED001EXAMPLE',
    )?.used;

  test('can be said only inside proved coverage without holes', () => {
    expect(used([row])).toBe(false);
    expect(used(undefined)).toBeNull();
    expect(used([{ ...row, basis: 'lookup' }])).toBeNull();
    expect(
      used([
        { ...row, holes: [{ from: '2026-11-03T09:30:00Z', to: '2026-11-03T09:40:00Z', why: 'stopped' }] },
      ]),
    ).toBeNull();
    expect(used([{ ...row, to: '2026-11-03T09:30:00Z' }])).toBeNull();
    expect(
      used([
        { ...row, holes: [{ from: '2026-11-05T00:00:00Z', to: '2026-11-06T00:00:00Z', why: 'stopped' }] },
      ]),
    ).toBe(false);
  });
});
