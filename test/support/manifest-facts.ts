import type { EvidenceManifest } from '../../src/model/evidence-manifest.ts';

export const evidenceTime = '2026-11-04T00:00:00.000Z';

/** What a manifest says of a collection of one account. */
export function manifestFacts(change: Partial<EvidenceManifest> = {}): Omit<EvidenceManifest, 'shards'> {
  return {
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    asOf: evidenceTime,
    startedAt: evidenceTime,
    partition: 'aws',
    callerArn: 'arn:aws:iam::111122223333:role/Audit',
    callerAccountId: '111122223333',
    organizationId: null,
    managementAccountId: null,
    organizationInScope: false,
    ofAccounts: null,
    accounts: [
      {
        accountId: '111122223333',
        name: null,
        inScope: true,
        swept: true,
        reason: null,
        regions: ['us-east-1'],
      },
    ],
    gaps: [],
    keys: { 'iam.access-keys': 1, 'lambda.functions': 1 },
    banner: null,
    ownTraces: { sessions: [], userAgent: 'afterleak/0.1.0', calls: 3 },
    redactions: {},
    clockSkewSeconds: 0,
    ...change,
  };
}
