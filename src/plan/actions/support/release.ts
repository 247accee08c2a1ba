import type { PlanAssertion } from '../../../model/plan.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { accountOfArn } from './arn-parts.ts';
import { isSamePrincipal, lacks } from './assertions.ts';
import { nodesOf } from './findings.ts';
import { lineageOf } from './lineage-index.ts';
import {
  containmentDocument,
  containmentPolicy,
  deletePolicy,
  nameOption,
  ownPolicies,
  policyNoun,
  putPolicy,
} from './own-denies.ts';
import type { Principal } from './principal.ts';
import { stepFor } from './step.ts';
import { containKey, releaseKey, restoreKey, revokeKey, rotateKey } from './step-keys.ts';

const millisecondsPerHour = 3_600_000;

export function hoursAfter(time: string, hours: number): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : new Date(at + hours * millisecondsPerHour).toISOString();
}

/** Sessions of a role carry its name; those of a user are issued to it or to one of its keys. `unknown` for a session of which no event tells an end. */
function sessionEnds(world: PlanWorld, principal: Principal): readonly string[] {
  const { nodes, edges, byId } = lineageOf(world);
  if (principal.type === 'iam-role') {
    const prefix = `:assumed-role/${principal.name}/`;
    return nodes
      .filter(
        ({ kind, arn }) =>
          kind === 'session' && arn?.includes(prefix) === true && accountOfArn(arn) === principal.accountId,
      )
      .flatMap(({ expiresAt }) => expiresAt ?? 'unknown');
  }
  const owners = new Set(nodesOf(world, principal).map(({ id }) => id));
  const keys = edges.filter(({ from, relation }) => owners.has(from) && relation === 'linked');
  const issuers = new Set([...owners, ...keys.map(({ to }) => to)]);
  return edges
    .filter(({ from, relation }) => issuers.has(from) && (relation === 'issued' || relation === 'linked'))
    .flatMap(({ to }) => byId.get(to) ?? [])
    .filter(({ kind, arn }) => kind === 'session' && arn?.includes(':assumed-role/') !== true)
    .flatMap(({ expiresAt }) => expiresAt ?? 'unknown');
}

function toldByFindings({ input }: PlanWorld, arn: string): readonly string[] {
  return input.result.findings
    .filter(({ subject }) => subject.arn === arn || subject.arn.startsWith(`${arn}/`))
    .flatMap(({ survivesKeyRevocation }) => survivesKeyRevocation?.until ?? []);
}

/**
 * Until when a session of the principal can live: the latest end that findings or events tell, else the longest life that
 * AWS gives (36 hours for tokens of a user, 12 for a role). Into a role that it has been in, the incident may have come
 * again with what it still held: of that session no event tells yet.
 */
function latestSessionEnd(world: PlanWorld, principal: Principal): string {
  const { asOf } = world.input.result;
  const longest = hoursAfter(asOf, principal.type === 'iam-role' ? 12 : 36);
  const ends = sessionEnds(world, principal);
  const again = principal.type === 'iam-role' && ends.length > 0 ? [longest] : [];
  const told = [...toldByFindings(world, principal.arn), ...ends, ...again];
  return (
    told
      .map((time) => (Number.isNaN(Date.parse(time)) ? longest : time))
      .toSorted((left, right) => Date.parse(left) - Date.parse(right))
      .at(-1) ?? longest
  );
}

function policyListing({
  type,
  name,
}: Principal): readonly [string, string, Readonly<Record<string, string>>] {
  return ['iam', `list-${policyNoun(type).replace(/y$/, 'ies')}`, nameOption(type, name)];
}

/** Takes our own denies from a principal that lives on: a forgotten deny breaks production later. */
export function releaseStep(principal: Principal, world: PlanWorld): StepDraft {
  const listing = policyListing(principal);
  const confirm: PlanAssertion[] = ownPolicies.map((policy) =>
    lacks(`${policy} is gone`, listing, 'PolicyNames', policy),
  );
  return stepFor(
    principal,
    {
      key: releaseKey(principal.arn),
      stage: 'release',
      action: 'principal.contain',
      title: `Take our denies from ${principal.name}`,
      why: 'They were put there by this plan and outlive the sessions that they hold back; after that they only break work.',
    },
    {
      preconditions: isSamePrincipal(principal.type, principal),
      commands: ownPolicies.map((policy) => deletePolicy(principal.type, principal.name, policy)),
      confirm,
      cautions: [
        'Only when its owner has answered, its credentials are rotated, and a new sweep shows nothing that it made since.',
        'Count the waiting time from the moment of containment where that was later than the evidence.',
      ],
      undo: [putPolicy(principal.type, principal.name, containmentPolicy, containmentDocument)],
      notBefore: latestSessionEnd(world, principal),
      after: [
        containKey(principal.arn),
        revokeKey(principal.arn),
        rotateKey(principal.arn),
        restoreKey(principal.arn),
        restoreKey(principal.arn, 'trust'),
      ],
    },
  );
}
