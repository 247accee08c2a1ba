import {
  type AuditResult,
  auditResultSchema,
  type InventoryRow,
  type ResultFinding,
  type ResultGap,
  type ResultRow,
} from '../model/audit-result.ts';
import type { AnyCheck } from '../model/check.ts';
import { decisions } from '../model/finding.ts';
import { unitName } from '../model/scope.ts';
import { severityRank } from '../model/severity.ts';
import type { AuditInput } from './audit-input.ts';
import type { BaselinePhase } from './baseline/baseline-phase.ts';
import { missingResource } from './baseline/missing-resource.ts';
import { collectionOf, eventFactsOf } from './collection-facts.ts';
import { reportedChains, type SeenEndpoints } from './endpoint-chains.ts';
import { type Acceptance, resultGap } from './exceptions.ts';
import { foldResults } from './fold-results.ts';
import type { AnsweredCalls } from './judgement/answered-calls.ts';
import { judgementPhase } from './judgement/judgement-phase.ts';
import { changedSetting, tellLastChange } from './lineage/changed-settings.ts';
import { type LineagePhase, unreportedResource } from './lineage/lineage-phase.ts';
import { trailCoverageOf } from './lineage/trail-coverage.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import { totalsOf } from './totals.ts';

interface Judged {
  readonly asOf: string;
  readonly facts: OrganizationFacts;
  readonly acceptance: Acceptance;
  readonly answered: AnsweredCalls;
  readonly gaps: AuditResult['coverage']['gaps'];
  readonly coverage: Pick<AuditResult['coverage'], 'byService' | 'byAccount'>;
  /** What the lineage adds; null without a trail. */
  readonly phase: LineagePhase | null;
  /** What the baseline expects and nothing shows; null without a baseline. */
  readonly missing: BaselinePhase | null;
  readonly rows: readonly ResultRow[];
  readonly findings: readonly ResultFinding[];
  readonly inventory: readonly InventoryRow[];
  readonly endpoints: SeenEndpoints;
  readonly excluded: AuditResult['coverage']['ownTraces']['excludedFindings'];
}

function findingKey(finding: ResultFinding): string {
  const decision = String(decisions.indexOf(finding.decision));
  const severity = String(severityRank(finding.severity));
  return [decision, severity, finding.subject.arn, finding.check, finding.fingerprint].join('\n');
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, text: key(item) }))
    .sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0))
    .map(({ item }) => item);
}

/**
 * One thing may be visible from several units (an organization trail from every member): the finding from the unit
 * that owns it stays, else the first.
 */
function distinct(findings: readonly ResultFinding[]): readonly ResultFinding[] {
  const kept = new Map<string, ResultFinding>();
  for (const finding of findings) {
    const known = kept.get(finding.fingerprint);
    const owns = finding.evidence.some(({ accountId }) => accountId === finding.subject.accountId);
    if (
      known === undefined ||
      (owns && !known.evidence.some(({ accountId }) => accountId === known.subject.accountId))
    ) {
      kept.set(finding.fingerprint, finding);
    }
  }
  return [...kept.values()];
}

type OptionValue = number | string | boolean | readonly string[];

function lists(map: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(map).map(([name, ids]) => [name, [...ids]]));
}

/** What this run set otherwise than the check declares it. */
function optionsSet(
  meta: AnyCheck['meta'],
  given: Readonly<Record<string, OptionValue>>,
): Record<string, number | string | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([name, value]) => JSON.stringify(meta.options?.[name]?.default) !== JSON.stringify(value))
      .map(([name, value]) => [name, typeof value === 'object' ? [...value] : value] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

function checkOf({ meta }: AnyCheck, options: AuditInput['checkOptions']): AuditResult['checks'][number] {
  const set = optionsSet(meta, options[meta.id] ?? {});
  return {
    id: meta.id,
    title: meta.title,
    failureTitle: meta.failureTitle,
    description: meta.description,
    kind: meta.kind,
    severity: meta.severity,
    scope: meta.scope,
    population: meta.population,
    requires: [...meta.requires],
    remediation: {
      actions: [...meta.remediation.actions],
      why: meta.remediation.why,
      cautions: [...meta.remediation.cautions],
    },
    frameworks: lists(meta.frameworks),
    techniques: [...meta.techniques],
    references: [...meta.references],
    ...(Object.keys(set).length === 0 ? {} : { optionsSet: set }),
  };
}

function notRunOf(checks: readonly AnyCheck[]): Pick<AuditResult, 'checksNotRun'> {
  return checks.length === 0
    ? {}
    : {
        checksNotRun: sortedBy(checks, ({ meta }) => meta.id).map(({ meta }) => ({
          id: meta.id,
          title: meta.title,
          frameworks: lists(meta.frameworks),
          techniques: [...meta.techniques],
        })),
      };
}

/** Gaps of the scope and of the trail: they concern every conclusion. */
function scopeGapsOf(input: AuditInput, acceptance: Acceptance): ResultGap[] {
  const own = input.evidence.manifest.gaps.map(({ unit, ...gap }) => ({ ...gap, unit: unitName(unit) }));
  const ofTrail = (input.trace?.gaps ?? []).map((gap) => ({ ...gap, retryable: false }));
  return [...own, ...ofTrail].map((gap) => resultGap(gap, acceptance));
}

/** Builds the one document and holds it against its own schema: a malformed result is a bug, not an output. */
export function assembleResult(input: AuditInput, judged: Judged): AuditResult {
  const { manifest } = input.evidence;
  const swept = manifest.accounts.filter(({ swept: done }) => done).map(({ accountId }) => accountId);
  const told = judged.rows.map((row) => tellLastChange(row, input.trace ?? null));
  const ofEvidence = [...told, ...(judged.phase?.rows ?? []), ...(judged.missing?.rows ?? [])];
  const scopeGaps = scopeGapsOf(input, judged.acceptance);
  // When every finding and every gap has asked for its exception: what then matched nothing matches nothing.
  const people = judgementPhase(input.exceptions, input.attestations, {
    acceptance: judged.acceptance,
    rows: ofEvidence,
    answered: judged.answered,
    manifest,
    checkIds: input.checkIds ?? null,
  });
  const rows = [...ofEvidence, ...people.rows];
  const findings = distinct([
    ...judged.findings,
    ...(judged.phase?.findings ?? []),
    ...(judged.missing?.findings ?? []),
    ...people.findings,
  ]);
  const regions = [...new Set(manifest.accounts.flatMap((account) => account.regions))].sort();
  const result: AuditResult = {
    schemaVersion: 1,
    tool: { name: 'afterleak', version: input.toolVersion },
    asOf: judged.asOf,
    evidenceDigest: input.evidence.digest,
    evidenceBanner: manifest.banner,
    organizationId: judged.facts.organizationId,
    managementAccountId: judged.facts.managementAccountId,
    callerArn: manifest.callerArn,
    partition: manifest.partition,
    scope: {
      accounts: swept.sort(),
      regions,
      ofAccounts: manifest.ofAccounts,
      organizationInScope: manifest.organizationInScope,
      managementAccountSwept:
        judged.facts.managementAccountId !== null && swept.includes(judged.facts.managementAccountId),
    },
    incident: input.incident === null ? null : { ...input.incident },
    totals: totalsOf(rows, findings),
    checks: [
      ...sortedBy(input.checks, ({ meta }) => meta.id).map((check) => checkOf(check, input.checkOptions)),
      ...(judged.missing === null ? [] : [missingResource]),
      ...people.checks,
      ...(judged.phase === null ? [] : [changedSetting, unreportedResource]),
    ],
    ...notRunOf(input.notRun ?? []),
    results: [...foldResults(rows)],
    findings: sortedBy(findings, findingKey),
    inventory: sortedBy(judged.inventory, (row) => `${row.type}\n${row.arn}`),
    coverage: {
      ...judged.coverage,
      gaps: judged.gaps,
      scopeGaps,
      notSwept: manifest.accounts
        .filter(({ swept: done }) => !done)
        .map(({ accountId, reason }) => ({ accountId, reason: reason ?? 'not swept' })),
      trail: trailCoverageOf(input.trace ?? null),
      ownTraces: {
        callerArn: manifest.callerArn,
        sessions: [...manifest.ownTraces.sessions],
        userAgent: manifest.ownTraces.userAgent,
        calls: manifest.ownTraces.calls,
        excludedFindings: [...judged.excluded],
      },
    },
    lineage:
      input.trace == null
        ? null
        : { ...input.trace.lineage, alreadyGone: (judged.phase?.alreadyGone ?? []).map(({ id }) => id) },
    events: input.trace == null ? null : eventFactsOf(input.trace),
    endpoints: {
      chains: [...reportedChains(judged.endpoints.chains, input.trace?.lineage ?? null)],
      notSeen: [...judged.endpoints.notSeen],
    },
    collection: collectionOf(manifest),
    plan: null,
    history: null,
    verification: null,
    exceptions: people.exceptions,
    attestations: people.attestations,
  };
  return auditResultSchema.parse(result);
}
