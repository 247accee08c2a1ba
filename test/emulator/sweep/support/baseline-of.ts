import { derivations } from '../../../../src/derive/index.ts';
import { indexObservations } from '../../../../src/engine/observation-index.ts';
import { organizationFacts } from '../../../../src/engine/organization-facts.ts';
import { ownResourceFacts } from '../../../../src/engine/resource-facts.ts';
import { openEvidence } from '../../../../src/evidence/read-evidence.ts';
import type { Baseline, BaselineEntry } from '../../../../src/model/baseline.ts';
import type { ResourceFact } from '../../../../src/model/evidence/derived.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit } from '../../../../src/model/scope.ts';

const reviewedAt = '2026-10-01T09:00:00.000Z';

function entryOf(fact: ResourceFact): BaselineEntry {
  return {
    type: fact.type,
    id: fact.arn,
    uniqueId: fact.uniqueId,
    contentSha256: fact.contentSha256,
    owner: 'platform',
    reason: null,
    reviewedBy: 'reviewer',
    reviewedAt,
  };
}

/** Everything that the evidence holds, as if somebody had reviewed it and found it right. */
export async function baselineOf(directory: string): Promise<Baseline> {
  const evidence = await openEvidence(directory);
  const { manifest } = evidence;
  const organization = await evidence.organization();
  const facts = organizationFacts(manifest, organization);
  const contextFor = (unit: ScopeUnit) => ({
    unit,
    partition: manifest.partition,
    managementAccountId: facts.managementAccountId,
    organizationAccountIds: facts.organizationAccountIds,
    incident: null,
    baseline: null,
  });
  const organizationIndex = indexObservations(organization, derivations, contextFor, manifest.asOf);
  const found = [...ownResourceFacts(organizationIndex, organizationUnit(manifest.partition))];
  for (const { accountId, regions } of manifest.accounts.filter(({ swept }) => swept)) {
    const index = indexObservations(
      await evidence.account(accountId),
      derivations,
      contextFor,
      manifest.asOf,
      organizationIndex,
    );
    found.push(...ownResourceFacts(index, accountUnit(manifest.partition, accountId)));
    for (const region of regions) {
      found.push(...ownResourceFacts(index, regionUnit(manifest.partition, accountId, region)));
    }
  }
  const entries = new Map(found.map((fact) => [`${fact.type} ${fact.arn}`, entryOf(fact)]));
  return { capturedAt: reviewedAt, evidence: evidence.digest, expected: [...entries.values()] };
}
