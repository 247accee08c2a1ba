import { derivations } from '../derive/index.ts';
import {
  type AuditResult,
  auditResultSchema,
  type InventoryRow,
  type ResultFinding,
  type ResultGap,
  type ResultRow,
} from '../model/audit-result.ts';
import type { BaselineView } from '../model/check.ts';
import type { EndpointChain } from '../model/endpoint-chain.ts';
import type { StoredObservation } from '../model/evidence-manifest.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit } from '../model/scope.ts';
import { assembleResult } from './assemble-result.ts';
import type { AuditInput } from './audit-input.ts';
import { runBaselinePhase } from './baseline/baseline-phase.ts';
import { expectedOf } from './baseline/expected-things.ts';
import { viewBaseline } from './baseline-view.ts';
import { coverageOf } from './coverage.ts';
import { dependentsOfFindings, type IndexAccount } from './dependents-of-findings.ts';
import { endpointChains } from './endpoint-chains.ts';
import { acceptanceOf, withExceptions } from './exceptions.ts';
import { judgeUnit, type UnitJudge } from './judge-unit.ts';
import { createAnsweredCalls } from './judgement/answered-calls.ts';
import { createExistingThings } from './lineage/existing-things.ts';
import { runLineagePhase } from './lineage/lineage-phase.ts';
import { indexLineage } from './lineage/lineage-proof.ts';
import { indexObservations, type ObservationIndex } from './observation-index.ts';
import { organizationFacts } from './organization-facts.ts';

interface Collected {
  readonly rows: ResultRow[];
  readonly findings: ResultFinding[];
  readonly inventory: InventoryRow[];
  readonly excluded: AuditResult['coverage']['ownTraces']['excludedFindings'];
}

/**
 * Judges evidence: every selected check in every unit, account by account, so that memory holds one account's
 * evidence at a time. Pure but for reading the evidence: the same evidence and inputs give the same result.
 */
export async function auditEvidence(input: AuditInput): Promise<AuditResult> {
  const { manifest } = input.evidence;
  const asOf = input.asOf ?? manifest.asOf;
  const baseline: BaselineView | null = input.baseline === null ? null : viewBaseline(input.baseline);
  const acceptance = acceptanceOf(input.exceptions, input.attestations, asOf);
  const organizationStored = await input.evidence.organization();
  const facts = organizationFacts(manifest, organizationStored);
  const derivationContext = (unit: ScopeUnit) => ({
    unit,
    partition: manifest.partition,
    managementAccountId: facts.managementAccountId,
    organizationAccountIds: facts.organizationAccountIds,
    incident: input.incident,
    baseline,
  });
  const index = (
    stored: readonly StoredObservation[],
    organization?: ObservationIndex,
    absence: string | null = null,
  ): ObservationIndex =>
    indexObservations(stored, derivations, derivationContext, asOf, organization, absence);
  const organizationIndex = index(organizationStored);
  const indexAccount: IndexAccount = (stored, account) =>
    index(stored, organizationIndex, account.swept ? null : account.reason);
  const collected: Collected = { rows: [], findings: [], inventory: [], excluded: [] };
  const coverage = coverageOf(manifest);
  const lineage = input.trace == null ? null : indexLineage(input.trace.lineage);
  const judge: UnitJudge = {
    checks: input.checks,
    asOf,
    partition: manifest.partition,
    facts,
    incident: input.incident,
    baseline,
    ownership: input.ownership,
    lineage,
    options: input.checkOptions,
    acceptance,
    ownSessions: manifest.ownTraces.sessions,
    organizationInScope: manifest.organizationInScope,
  };
  const answered = createAnsweredCalls(input.exceptions);
  const things = createExistingThings();
  const expected = expectedOf(input.baseline, manifest);
  const chains: EndpointChain[] = [];
  const endpointsNotSeen: string[] = [];
  const take = (unit: ScopeUnit, own: ObservationIndex): void => {
    if (lineage !== null) {
      things.add(own, unit);
    }
    expected?.things.add(own, unit);
    const judged = judgeUnit(judge, unit, own);
    collected.rows.push(...judged.rows);
    collected.findings.push(...judged.findings);
    collected.inventory.push(...judged.inventory);
    collected.excluded.push(...judged.excluded);
  };

  const read = (stored: readonly StoredObservation[]): void => {
    coverage.add(stored);
    answered.add(stored);
  };
  read(organizationStored);
  if (manifest.organizationInScope) {
    take(organizationUnit(manifest.partition), organizationIndex);
  }
  for (const account of manifest.accounts.filter(({ inScope }) => inScope)) {
    const stored = await input.evidence.account(account.accountId);
    read(stored);
    coverage.addUnswept(account, stored.length);
    const own = indexAccount(stored, account);
    take(accountUnit(manifest.partition, account.accountId), own);
    for (const region of account.regions) {
      const unit = regionUnit(manifest.partition, account.accountId, region);
      take(unit, own);
      const endpoints = endpointChains(own, unit);
      chains.push(...endpoints.chains);
      endpointsNotSeen.push(...endpoints.notSeen);
    }
  }
  const phase =
    lineage === null || input.trace == null
      ? null
      : runLineagePhase(lineage, collected.findings, things, input.trace, acceptance);
  const missing =
    expected === null || baseline === null
      ? null
      : runBaselinePhase(expected.types, {
          baseline,
          things: expected.things,
          findings: collected.findings,
          lineage,
          acceptance,
        });
  const gaps: ResultGap[] = coverage.gaps(acceptance);
  const result = assembleResult(input, {
    asOf,
    facts,
    acceptance,
    answered,
    gaps,
    coverage: coverage.summary(),
    phase: phase === null ? null : { ...phase, findings: withExceptions(phase.findings, acceptance) },
    missing,
    endpoints: { chains, notSeen: endpointsNotSeen },
    ...collected,
  });
  if (input.extend === undefined) {
    return result;
  }
  const known = await dependentsOfFindings(result, input.evidence, organizationIndex, indexAccount);
  // What an extension adds is held against the schema as well.
  return auditResultSchema.parse(input.extend(result, known.dependents, known.notSeen));
}
