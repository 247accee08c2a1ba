import type { MintedCredential, TriageResult } from '../model/triage-result.ts';

export type JudgedFacts = Pick<
  TriageResult,
  'key' | 'owner' | 'power' | 'activity' | 'minted' | 'guardDuty' | 'organization' | 'gaps'
>;

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function minute(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

function isManagement({ key, organization }: JudgedFacts): boolean {
  return organization !== null && key.accountId === organization.managementAccountId;
}

function statusText({ status, type }: JudgedFacts['key']): string {
  switch (status) {
    case 'Active':
      return 'is ACTIVE';
    case 'Inactive':
      return 'is inactive';
    case 'Expired':
      return 'is expired';
    case 'deleted':
      return 'does not exist any more';
    case 'temporary':
      return `is a ${type} credential, whose state no API shows`;
    case 'unknown':
      return 'is in an unknown state';
    default:
      return status satisfies never;
  }
}

function ownerText(facts: JudgedFacts): string {
  const { key, owner } = facts;
  const kinds = {
    'iam-user': 'user',
    'iam-role': 'role',
    'federated-user': 'a federated session of user',
    root: 'the root user',
    unknown: 'nobody who could be named',
  } as const;
  const who =
    owner.type === 'root' || owner.name === null ? kinds[owner.type] : `${kinds[owner.type]} ${owner.name}`;
  const where = key.accountId === null ? 'an unknown account' : key.accountId;
  return `belongs to ${who} of ${where}${isManagement(facts) ? ' (management account)' : ''}`;
}

function powerText({ power }: JudgedFacts): string {
  if (power === null) {
    return 'has power that could not be seen';
  }
  if (power.administrator === 'yes') {
    return 'is an administrator';
  }
  if (power.administrator === 'conditional') {
    return 'may be an administrator under conditions';
  }
  if (power.mints.length > 0 || power.escalations.length > 0) {
    return `can make itself more (${plural(power.mints.length, 'way', 'ways')} to mint or widen credentials)`;
  }
  return power.readsOnly ? 'may only read' : 'has limited rights';
}

function writesText({ activity }: JudgedFacts): string {
  if (activity === null) {
    return 'did what could not be seen';
  }
  const since = activity.firstWriteAt === null ? '' : ` since ${minute(activity.firstWriteAt)}`;
  return activity.writes === 0
    ? 'made no successful write that was seen'
    : `made ${plural(activity.writes, 'successful write', 'successful writes')}${since}`;
}

function mintedText(alive: readonly MintedCredential[], all: readonly MintedCredential[]): string {
  if (all.length === 0) {
    return 'minted nothing that was seen';
  }
  const sessions = alive.filter(({ expiresAt }) => expiresAt !== null);
  const lasting = alive.filter(({ expiresAt }) => expiresAt === null);
  const latest = sessions
    .map(({ expiresAt }) => expiresAt ?? '')
    .sort()
    .at(-1);
  const parts = [
    ...(latest === undefined
      ? []
      : [
          `${plural(sessions.length, 'session that can live', 'sessions that can live')} until ${minute(latest)}`,
        ]),
    ...(lasting.length === 0
      ? []
      : [plural(lasting.length, 'credential that never ends', 'credentials that never end')]),
  ];
  return parts.length === 0
    ? `minted ${plural(all.length, 'session', 'sessions')}, all ended`
    : `minted ${parts.join(' and ')}`;
}

/**
 * Why somebody must act; empty: nothing seen asks for it. A deleted key may have left as much behind as a living one,
 * so only what is known to be harmless is called so.
 */
function reasonsOf(facts: JudgedFacts, alive: readonly MintedCredential[]): readonly string[] {
  const { key, activity, guardDuty, owner } = facts;
  const writes = activity?.writes ?? 0;
  const sightings = guardDuty.filter(({ archived }) => !archived).length;
  return [
    ...(key.status === 'Active' ? ['the key is active'] : []),
    ...(key.status === 'temporary' ? ['the session may still live'] : []),
    ...(key.status === 'unknown' ? ['the key may be active'] : []),
    ...(writes > 0 ? [plural(writes, 'successful write', 'successful writes')] : []),
    ...(alive.length > 0
      ? [plural(alive.length, 'minted credential may live', 'minted credentials may live')]
      : []),
    ...(guardDuty.length > 0
      ? [`${plural(guardDuty.length, 'GuardDuty finding', 'GuardDuty findings')} (${sightings} not archived)`]
      : []),
    ...((owner.quarantinePolicies ?? []).length > 0 ? ['AWS itself quarantined the user'] : []),
  ];
}

/** Never kinder than the facts: what was not seen outranks what was found, as everywhere in afterleak. */
export function triageVerdict(facts: JudgedFacts): TriageResult['verdict'] {
  const alive = facts.minted.filter((one) => one.alive);
  const reasons = reasonsOf(facts, alive);
  const complete = facts.gaps.length === 0;
  const actionNeeded = reasons.length > 0;
  const line = [
    `${facts.key.accessKeyId} ${statusText(facts.key)}`,
    ownerText(facts),
    powerText(facts),
    writesText(facts),
    facts.activity === null ? 'minted what could not be seen' : mintedText(alive, facts.minted),
  ].join(', ');
  return {
    line: complete ? line : `${line} — incomplete: ${plural(facts.gaps.length, 'gap', 'gaps')}`,
    actionNeeded,
    complete,
    reasons: [...reasons],
    exitCode: complete ? (actionNeeded ? 1 : 0) : 2,
  };
}
