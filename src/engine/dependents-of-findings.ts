import { derivations } from '../derive/index.ts';
import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import type { Dependents } from '../model/dependents.ts';
import {
  type DerivedKey,
  type EvidenceCatalog,
  type EvidenceKey,
  isEvidenceKey,
} from '../model/evidence-catalog.ts';
import type { EvidenceSource, StoredObservation, SweptAccount } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';
import { gapsOf } from '../model/observation.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit, unitName } from '../model/scope.ts';
import type { ObservationIndex } from './observation-index.ts';

export interface KnownDependents {
  readonly dependents: readonly Dependents[];
  /** One sentence for each fact that is missing or was seen in part. */
  readonly notSeen: readonly string[];
}

/** Indexes the shard of one account. */
export type IndexAccount = (stored: readonly StoredObservation[], account: SweptAccount) => ObservationIndex;

const keyOf = {
  organization: 'dependents.organization',
  account: 'dependents.account',
  region: 'dependents.region',
} as const satisfies Record<ScopeUnit['kind'], DerivedKey>;

const accountsInText = /\barn:[\w-]+:(?:iam|lambda|sts):[\w-]*:(\d{12}):/g;

/** The accounts of the subject, of the evidence, and of the roles and functions that the finding names. */
function accountsNamed({
  subject,
  evidence,
  message,
  signals,
  provenance,
}: ResultFinding): readonly string[] {
  const texts = [message, ...signals.map(({ fact }) => fact), ...provenance.map(({ actorArn }) => actorArn)];
  return [
    subject.accountId,
    ...evidence.map(({ accountId }) => accountId),
    ...texts.flatMap((text) => [...text.matchAll(accountsInText)].map(([, accountId]) => accountId ?? null)),
  ].filter((accountId) => accountId !== null);
}

/** The accounts in whose units the findings were made. */
function accountsOfRows(result: AuditResult, findings: readonly ResultFinding[]): readonly string[] {
  const wanted = new Set(findings.map(({ fingerprint }) => fingerprint));
  return result.results
    .filter((row) => row.findings.some((fingerprint) => wanted.has(fingerprint)))
    .flatMap(({ units }) => units.flatMap(({ accountId }) => accountId ?? []));
}

function isDependentsList(value: unknown): value is EvidenceCatalog['dependents.account'] {
  return Array.isArray(value);
}

/** A gap above single calls bears the key's own name and tells all in its detail. */
function gapText({ operation, resource, detail }: Gap): string {
  const where = resource === undefined ? '' : ` on ${resource}`;
  return isEvidenceKey(operation) ? `${detail}${where}` : `${operation}${where}: ${detail}`;
}

function unseenInputs(index: ObservationIndex, unit: ScopeUnit): readonly string[] {
  const derivation = derivations.find(({ key }) => key === keyOf[unit.kind]);
  const inputs: readonly EvidenceKey[] = [...(derivation?.inputs ?? []), ...(derivation?.optional ?? [])];
  return inputs.flatMap((key) => {
    const observation = index.lookup(key, unit);
    const [first, ...rest] = gapsOf(observation);
    if (first === undefined) {
      return [];
    }
    const how = observation.state === 'missing' ? 'not seen' : 'seen only in part';
    const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
    return [`${key} of ${unitName(unit)} was ${how}: ${gapText(first)}${more}`];
  });
}

/** The derivation itself failed although its inputs were there: told, so that an empty list is not taken for "nothing". */
function failureOf(index: ObservationIndex, unit: ScopeUnit, inputs: readonly string[]): readonly string[] {
  const observation = index.lookup(keyOf[unit.kind], unit);
  const [first] = gapsOf(observation);
  return observation.state === 'missing' && inputs.length === 0 && first !== undefined
    ? [`nothing is known of what hangs on the things of ${unitName(unit)}: ${gapText(first)}`]
    : [];
}

function ofUnit(index: ObservationIndex, unit: ScopeUnit): KnownDependents {
  const observation = index.lookup(keyOf[unit.kind], unit);
  const found = observation.state === 'missing' ? [] : observation.value;
  const inputs = unseenInputs(index, unit);
  return {
    dependents: isDependentsList(found) ? found : [],
    notSeen: [...inputs, ...failureOf(index, unit, inputs)],
  };
}

async function ofAccount(
  accountId: string,
  evidence: EvidenceSource,
  indexAccount: IndexAccount,
): Promise<KnownDependents> {
  const account = evidence.manifest.accounts.find((one) => one.accountId === accountId);
  if (account === undefined) {
    return { dependents: [], notSeen: [`account ${accountId} is not among the accounts of this run`] };
  }
  const stored = account.inScope ? await evidence.account(accountId) : [];
  if (stored.length === 0) {
    const reason = account.reason ?? 'nothing was collected there';
    return { dependents: [], notSeen: [`account ${accountId} was not swept: ${reason}`] };
  }
  const index = indexAccount(stored, account);
  const { partition } = evidence.manifest;
  const units = [
    accountUnit(partition, accountId),
    ...account.regions.map((region) => regionUnit(partition, accountId, region)),
  ].map((unit) => ofUnit(index, unit));
  return {
    dependents: units.flatMap(({ dependents }) => dependents),
    notSeen: units.flatMap(({ notSeen }) => notSeen),
  };
}

/**
 * What hangs on the things of the accounts in which something was found that is more than a ticket. Their evidence is
 * read a second time, account by account: of clean accounts nothing was kept.
 */
export async function dependentsOfFindings(
  result: AuditResult,
  evidence: EvidenceSource,
  organization: ObservationIndex,
  indexAccount: IndexAccount,
): Promise<KnownDependents> {
  const telling = result.findings.filter(({ decision }) => decision !== 'harden');
  if (telling.length === 0) {
    return { dependents: [], notSeen: [] };
  }
  const { organizationInScope, partition, accounts } = evidence.manifest;
  const own = new Set(accounts.map(({ accountId }) => accountId));
  const subjects = new Set(telling.map(({ subject }) => subject.accountId));
  const named = [...new Set([...telling.flatMap(accountsNamed), ...accountsOfRows(result, telling)])]
    // A foreign account that a finding merely names is not ours to look at.
    .filter((accountId) => own.has(accountId) || subjects.has(accountId))
    .sort();
  const parts: KnownDependents[] = [
    organizationInScope
      ? ofUnit(organization, organizationUnit(partition))
      : {
          dependents: [],
          notSeen: ['the organization was not in scope of this run: nothing of Identity Center was read'],
        },
  ];
  for (const accountId of named) {
    parts.push(await ofAccount(accountId, evidence, indexAccount));
  }
  return {
    dependents: parts.flatMap(({ dependents }) => dependents),
    notSeen: [...new Set(parts.flatMap(({ notSeen }) => notSeen))],
  };
}
