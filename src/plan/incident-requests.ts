import type { ActionId } from '../model/action-id.ts';
import type { ResultFinding } from '../model/audit-result.ts';
import type { Subject } from '../model/finding.ts';
import { accessKeySubject } from '../model/subject.ts';
import { containmentOf } from './action-choices.ts';
import { isProvedMade } from './choose-actions.ts';
import type { ActionRequest, PlanWorld, StepDraft } from './planner.ts';

const disabling = 'organizations:DisableAWSServiceAccess';
const accountInArn = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/;

export function accountOfArn(arn: string): string | null {
  return accountInArn.exec(arn)?.[1] ?? null;
}

/** A finding that no check made: the incident file names the credential. It has no fingerprint. */
function namedByIncident(subject: Subject): ResultFinding {
  return {
    fingerprint: '',
    check: 'incident/compromised',
    messageId: 'named',
    kind: 'residue',
    severity: 'critical',
    title: 'Named as compromised in the incident file',
    message: `${subject.name} is named as compromised in the incident file.`,
    subject: { ...subject, accountId: accountOfArn(subject.arn), region: null },
    signals: [
      {
        code: 'compromised-principal',
        fact: 'named as compromised in the incident file',
        source: 'incident',
      },
    ],
    attribution: 'unknown',
    decision: 'contain-and-rotate',
    provenance: [],
    survivesKeyRevocation: null,
    evidence: [],
    planSteps: [],
    history: null,
  };
}

/** A legitimate role that a session of the incident was opened in. */
function enteredByIncident(subject: Subject): ResultFinding {
  const fact = 'a session of it was opened by the incident';
  return {
    ...namedByIncident(subject),
    check: 'incident/entered',
    messageId: 'entered',
    title: 'Entered by the incident',
    message: `Events show that the incident opened a session of ${subject.name}.`,
    signals: [{ code: 'compromised-principal', fact, source: 'events' }],
  };
}

interface Named {
  readonly subjects: readonly Subject[];
  /** Keys and principals that the evidence does not hold. */
  readonly unseen: readonly string[];
}

/** `arn:aws:sts::1:assumed-role/name/session` is a session of the role. */
function roleNameOfSession(arn: string): string | null {
  return /:assumed-role\/([^/]+)(?:\/|$)/.exec(arn)?.[1] ?? null;
}

function principalSubjects(arn: string, world: PlanWorld): readonly Subject[] {
  const role = roleNameOfSession(arn);
  const found =
    role === null
      ? world.dependentsOf(arn)
      : (world
          .ofType('iam-role')
          .find(({ name, accountId }) => name === role && accountId === accountOfArn(arn)) ?? null);
  if (found?.type === 'iam-user') {
    const keys = (found.accessKeys ?? []).map(({ id }) =>
      accessKeySubject({ userArn: found.arn, accessKeyId: id }),
    );
    return [{ arn: found.arn, uniqueId: found.uniqueId, type: found.type, name: found.name }, ...keys];
  }
  return found?.type === 'iam-role'
    ? [{ arn: found.arn, uniqueId: found.uniqueId, type: found.type, name: found.name }]
    : [];
}

/** ARN of the user that owns a key, from the evidence, else from the events. */
function ownerOfKey(accessKeyId: string, world: PlanWorld): string | null {
  const owner = world
    .ofType('iam-user')
    .find(({ accessKeys }) => accessKeys?.some(({ id }) => id === accessKeyId) ?? false);
  const node = world.input.trace?.lineage.nodes.find(
    ({ type, uniqueId, id }) => type === 'access-key' && (uniqueId === accessKeyId || id === accessKeyId),
  );
  const fromEvents = node?.arn?.split('/access-key/')[0] ?? null;
  return owner?.arn ?? (fromEvents !== null && world.dependentsOf(fromEvents) !== null ? fromEvents : null);
}

function namedSubjects(world: PlanWorld): Named {
  const { compromised } = world.input.incident ?? { compromised: { accessKeyIds: [], principals: [] } };
  const subjects = new Map<string, Subject>();
  const unseen: string[] = [];
  for (const accessKeyId of compromised.accessKeyIds) {
    const owner = ownerOfKey(accessKeyId, world);
    if (owner === null) {
      unseen.push(accessKeyId);
    } else {
      const all = principalSubjects(owner, world);
      // Of the owner's other keys nothing is said: they are left alone.
      for (const subject of all.filter(({ type, name }) => type !== 'access-key' || name === accessKeyId)) {
        subjects.set(subject.arn, subject);
      }
    }
  }
  for (const principal of compromised.principals) {
    const found = principalSubjects(principal, world);
    if (found.length === 0) {
      unseen.push(principal);
    }
    for (const subject of found) {
      subjects.set(subject.arn, subject);
    }
  }
  return { subjects: [...subjects.values()], unseen: [...new Set(unseen)].sort() };
}

/** What was made by the intruder is removed, not rotated. */
function actionsOf(subject: Subject, made: ReadonlySet<string>): readonly ActionId[] {
  const isMade = [...made].some((arn) => subject.arn === arn || subject.arn.startsWith(`${arn}/`));
  return (containmentOf[subject.type] ?? []).filter((action) => !isMade || action !== 'access-key.rotate');
}

/**
 * Roles that the incident was in. The session that an event shows may have ended: whoever opened it once opens another
 * for as long as its credentials live, and nobody reads of it before the plan runs.
 */
function enteredRoles(world: PlanWorld): Named {
  const { nodes, edges } = world.input.trace?.lineage ?? { nodes: [], edges: [] };
  const opened = new Set(
    edges.filter(({ relation, outcome }) => relation === 'assumed' && outcome === 'done').map(({ to }) => to),
  );
  const sessions = nodes.filter(({ id, standing }) => opened.has(id) && standing === 'tainted');
  const subjects = new Map<string, Subject>();
  const unseen = new Set<string>();
  for (const { arn } of sessions) {
    const role = arn === null ? null : roleNameOfSession(arn);
    if (arn === null || role === null) {
      continue;
    }
    const [found] = principalSubjects(arn, world);
    if (found === undefined) {
      unseen.add(arn);
    } else {
      subjects.set(found.arn, found);
    }
  }
  return { subjects: [...subjects.values()], unseen: [...unseen].sort() };
}

/** What the incident turned off and no finding names: a service that nobody misses yet. */
function disabledServices(world: PlanWorld): readonly ActionRequest[] {
  const { nodes, edges } = world.input.trace?.lineage ?? { nodes: [], edges: [] };
  const turnedOff = new Set(
    edges
      .filter(
        ({ relation, outcome, action }) =>
          relation === 'deleted' && outcome === 'done' && action === disabling,
      )
      .map(({ to }) => to),
  );
  const reported = new Set(
    world.input.result.findings
      .filter(({ decision }) => decision === 'restore')
      .map(({ subject }) => subject.arn),
  );
  return nodes
    .filter(
      ({ id, type, deleted }) =>
        type === 'trusted-service' && deleted && turnedOff.has(id) && !reported.has(id),
    )
    .map(({ id }): ActionRequest => {
      const subject = { arn: id, type: 'trusted-service', name: id };
      const fact = 'an event shows that the incident turned it off';
      return {
        action: 'trusted-service.enable',
        finding: {
          ...namedByIncident(subject),
          check: 'incident/disabled',
          messageId: 'disabled',
          kind: 'tampering',
          title: 'Turned off by the incident',
          message: `Events show that the incident turned trusted access for ${id} off.`,
          signals: [{ code: 'changed-by-incident', fact, source: 'events' }],
          attribution: 'attributed',
          decision: 'restore',
        },
      };
    });
}

/** Containment and rotation of the incident's own credentials, whether or not a finding names them. */
export function incidentRequests(world: PlanWorld): readonly ActionRequest[] {
  const proved = world.input.result.findings.filter(isProvedMade);
  const made = new Set(proved.map(({ subject }) => subject.arn));
  const named = namedSubjects(world).subjects.flatMap((subject) =>
    actionsOf(subject, made).map((action) => ({ action, finding: namedByIncident(subject) })),
  );
  const entered = enteredRoles(world).subjects.filter(({ arn }) => !made.has(arn));
  return [
    ...named,
    ...disabledServices(world),
    ...entered.map(
      (subject): ActionRequest => ({ action: 'session.revoke', finding: enteredByIncident(subject) }),
    ),
  ];
}

function byHand(name: string, why: string, manual: string): StepDraft {
  const type = name.startsWith('arn:') ? 'principal' : 'access-key';
  return {
    key: `contain-unseen:${name}`,
    after: [],
    stage: 'contain',
    action: type === 'principal' ? 'principal.contain' : 'access-key.deactivate',
    title: `Stop ${name}, which the evidence does not show`,
    why,
    target: { arn: name, uniqueId: null, type, name },
    accountId: null,
    region: null,
    preconditions: [],
    commands: [],
    manual,
    confirm: [],
    permissions: [],
    cautions: [],
    reversible: true,
    undo: [],
    notBefore: null,
  };
}

/** A credential of the incident, or a role that it entered, that the evidence does not show must still be stopped: by a person. */
export function unseenCredentialSteps(world: PlanWorld): readonly StepDraft[] {
  const named = namedSubjects(world).unseen;
  return [
    ...named.map((name) =>
      byHand(
        name,
        'The incident file names it as compromised; its account was not seen, or it is gone already.',
        `Find out whose ${name} is (for a key: aws sts get-access-key-info). If it is there, deny its principal, set the key Inactive, and revoke its sessions; then sweep that account. If it is gone, its sessions may still live: up to 36 hours from the last one issued.`,
      ),
    ),
    ...enteredRoles(world)
      .unseen.filter((arn) => !named.includes(arn))
      .map((arn) =>
        byHand(
          arn,
          'Events show that the incident opened a session of this role; its account was not seen, or the role is gone already.',
          'If the role is there, revoke its active sessions (IAM console, or an inline deny by aws:TokenIssueTime), then sweep that account. If it was deleted, its sessions ended with it.',
        ),
      ),
  ];
}
