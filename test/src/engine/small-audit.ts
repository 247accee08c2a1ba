import type { AuditInput } from '../../../src/engine/audit-input.ts';
import type { AnyCheck } from '../../../src/model/check.ts';
import type { CollectedKey } from '../../../src/model/evidence-catalog.ts';
import { evidenceScopes } from '../../../src/model/evidence-catalog.ts';
import type { EvidenceSource, StoredObservation } from '../../../src/model/evidence-manifest.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { observed } from '../../../src/model/observation.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit } from '../../../src/model/scope.ts';

/** An organization of two accounts with one region each, in which every fact is said by the test. */
export const asOf = '2026-11-04T00:00:00.000Z';
export const first = '111122223333';
export const second = '444455556666';
export const region = 'us-east-1';

export const at = (accountId: string): ScopeUnit => accountUnit('aws', accountId);
export const inRegion = (accountId: string): ScopeUnit => regionUnit('aws', accountId, region);
export const everywhere: ScopeUnit = organizationUnit('aws');

export function refusedAt(unit: ScopeUnit, operation: string): Gap {
  return { reason: 'access-denied', operation, unit, detail: 'refused', retryable: false };
}

export function complete(
  key: CollectedKey,
  unit: ScopeUnit,
  value: unknown,
  operation = `test:${key}`,
): StoredObservation {
  const provenance = [{ operation, requestId: null, calls: 1 }];
  return { key, unit, observation: observed(value, [], asOf, provenance) };
}

export function missingAt(key: CollectedKey, unit: ScopeUnit, operation = `test:${key}`): StoredObservation {
  return { key, unit, observation: { state: 'missing', gaps: [refusedAt(unit, operation)] } };
}

interface Sweep {
  readonly stored: readonly StoredObservation[];
  readonly organizationInScope?: boolean;
  /** Counts how often a shard was read. */
  readonly onRead?: (accountId: string) => void;
}

export function sourceOf({ stored, organizationInScope = true, onRead }: Sweep): EvidenceSource {
  return {
    manifest: {
      schemaVersion: 1,
      tool: { name: 'afterleak', version: '0.1.0' },
      asOf,
      startedAt: asOf,
      partition: 'aws',
      callerArn: `arn:aws:sts::${first}:assumed-role/Audit/afterleak`,
      callerAccountId: first,
      organizationId: 'o-exampleorgid',
      managementAccountId: first,
      organizationInScope,
      ofAccounts: 2,
      accounts: [first, second].map((accountId) => ({
        accountId,
        name: null,
        inScope: true,
        swept: true,
        reason: null,
        regions: [region],
      })),
      gaps: [],
      keys: {},
      shards: [],
      banner: null,
      ownTraces: { sessions: [], userAgent: 'afterleak', calls: 0 },
      redactions: {},
      clockSkewSeconds: 0,
    },
    digest: 'd'.repeat(64),
    organization: async () => stored.filter(({ key }) => evidenceScopes[key] === 'organization'),
    account: async (accountId) => {
      onRead?.(accountId);
      return stored.filter(({ unit }) => unit.accountId === accountId);
    },
  };
}

export function inputOf(
  checks: readonly AnyCheck[],
  sweep: Sweep,
  more: Partial<AuditInput> = {},
): AuditInput {
  return {
    checks,
    evidence: sourceOf(sweep),
    incident: null,
    baseline: null,
    exceptions: [],
    attestations: [],
    ownership: null,
    trace: null,
    checkOptions: {},
    asOf: null,
    toolVersion: '0.1.0',
    ...more,
  };
}

/** Reports every subject that its evidence lists as text; `critical` residue of unknown origin is asked about. */
export function listingCheck(
  id: string,
  requires: CollectedKey,
  fields: { readonly severity?: 'critical' | 'low'; readonly manual?: string } = {},
): AnyCheck {
  const textsOf = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  return {
    meta: {
      id,
      title: 'fine',
      failureTitle: 'not fine',
      description: 'for a test',
      kind: 'residue',
      severity: fields.severity ?? 'low',
      scope: evidenceScopes[requires],
      requires: [requires],
      population: 'things',
      messages: { found: '{name} was found' },
      remediation: { actions: ['user.delete'], why: 'it is gone then', cautions: [] },
      techniques: [],
      frameworks: {},
      references: [],
      since: '0.1.0',
    },
    examined: (evidence) => textsOf(evidence[requires]).length,
    ...(fields.manual === undefined ? {} : { manual: { instructions: fields.manual } }),
    *evaluate(evidence) {
      for (const arn of textsOf(evidence[requires])) {
        yield { messageId: 'found', subject: { arn, type: 'iam-user', name: arn }, data: { name: arn } };
      }
    },
  };
}
