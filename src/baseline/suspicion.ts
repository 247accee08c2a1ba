import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import type { ResourceFact } from '../model/evidence/derived.ts';

const suspicious: ReadonlySet<ResultFinding['attribution']> = new Set([
  'attributed',
  'shared-credential',
  'in-window',
]);

/** Why a result speaks against a thing; null where it does not. */
export type Suspicion = (fact: ResourceFact) => string | null;

/** Everything that hangs on a thing carries its ARN in front: keys of a user, aliases of a function. */
function ancestors(arn: string): readonly string[] {
  const cuts = [...arn.matchAll(/[/:]/g)].map(({ index }) => arn.slice(0, index));
  return [arn, ...cuts.reverse()];
}

function nameKey(type: string, accountId: string | null, name: string): string {
  return `${type}\n${accountId ?? ''}\n${name}`;
}

/**
 * What an earlier result proves or asks about: findings that are more than a ticket, and everything that the events tie
 * to the incident, whether a check reports it or not.
 */
export function suspicionOf(result: AuditResult | null): Suspicion {
  const byArn = new Map<string, string>();
  const byId = new Map<string, string>();
  const byName = new Map<string, string>();
  const open = (result?.findings ?? []).filter(
    ({ attribution, decision }) => suspicious.has(attribution) || decision !== 'harden',
  );
  for (const { subject, attribution, decision, check } of open) {
    const why = `${check}: ${suspicious.has(attribution) ? attribution : decision}`;
    byArn.set(subject.arn, byArn.get(subject.arn) ?? why);
    if (subject.uniqueId !== undefined) {
      byId.set(`${subject.type}\n${subject.uniqueId}`, why);
    }
  }
  const tied = (result?.lineage?.nodes ?? []).filter(
    ({ standing, kind }) =>
      kind !== 'session' && (standing === 'tainted' || standing === 'shared-credential'),
  );
  for (const node of tied) {
    const why = `events: ${node.standing === 'tainted' ? 'made or changed by the incident' : 'shared-credential'}`;
    if (node.arn !== null) {
      byArn.set(node.arn, byArn.get(node.arn) ?? why);
    }
    if (node.uniqueId !== null) {
      byId.set(`${node.type}\n${node.uniqueId}`, why);
    }
    byName.set(nameKey(node.type, node.accountId, node.label), why);
  }
  return (fact) =>
    ancestors(fact.arn).flatMap((arn) => byArn.get(arn) ?? [])[0] ??
    (fact.uniqueId === null ? undefined : byId.get(`${fact.type}\n${fact.uniqueId}`)) ??
    byName.get(nameKey(fact.type, fact.accountId, fact.name)) ??
    null;
}
