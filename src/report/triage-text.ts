import type { ContainStep, TriageResult } from '../model/triage-result.ts';
import { plainStyles, type TerminalStyles } from './terminal-summary.ts';
import { countOf, formatTime } from './text/phrases.ts';
import { clip, visible } from './text/visible.ts';

interface TriageTextOptions {
  readonly styles?: TerminalStyles;
}

const mostRows = 12;
const longest = 400;

/** One line of our own words and of strangers': nothing in it can hide, break the line or colour the terminal. */
function line(text: string, indent = 2): string {
  return `${' '.repeat(indent)}${clip(visible(text), longest)}`;
}

function rows(texts: readonly string[], indent = 2, most = mostRows): readonly string[] {
  const rest = texts.length - most;
  const shown = (rest > 0 ? texts.slice(0, most) : texts).map((text) => line(text, indent));
  return rest > 0 ? [...shown, line(`… and ${rest} more (--json has all)`, indent)] : shown;
}

function fact(label: string, value: string): string {
  return `${label.padEnd(16)}${value}`;
}

function when(time: string | null): string {
  return time === null ? 'never, or not seen' : formatTime(time);
}

function keyLines({ key, organization, caller }: TriageResult): readonly string[] {
  const { lastUsed } = key;
  const account =
    key.accountId === null
      ? 'not known'
      : `${key.accountId}${organization?.accountName == null ? '' : ` ${organization.accountName}`}${key.accountId === organization?.managementAccountId ? ' (management account)' : ''}`;
  const belonging =
    organization === null
      ? 'no organization, or not visible'
      : organization.ownsAccount === null
        ? `${organization.id}; whether the account is in it could not be read`
        : `${organization.id}; the account is ${organization.ownsAccount ? 'in it' : 'NOT in it'}`;
  return [
    fact('key', `${key.accessKeyId} (${key.type}), ${key.status}`),
    fact('created', key.createdAt === null ? 'not seen' : formatTime(key.createdAt)),
    fact(
      'last used',
      lastUsed === null
        ? 'not seen'
        : `${formatTime(lastUsed.at)}, ${lastUsed.service} in ${lastUsed.region} (can lag behind)`,
    ),
    fact('account', account),
    ...key.accountNotes.map((note) => fact('', note)),
    fact('organization', belonging),
    fact('asked as', caller.arn),
  ];
}

function ownerLines({ owner }: TriageResult): readonly string[] {
  const password =
    owner.consolePassword === null
      ? 'not seen'
      : owner.consolePassword.set
        ? `set ${when(owner.consolePassword.createdAt)}`
        : 'none';
  const keys = owner.otherKeys?.map(
    ({ accessKeyId, status, createdAt }) => `${accessKeyId} ${status}, made ${when(createdAt)}`,
  );
  return [
    fact('owner', `${owner.type} ${owner.name ?? 'not known'}${owner.exists === false ? ' (gone)' : ''}`),
    ...(owner.arn === null ? [] : [fact('', owner.arn)]),
    ...(owner.type === 'iam-user'
      ? [
          fact('groups', owner.groups === null ? 'not seen' : owner.groups.join(', ') || 'none'),
          fact('password', password),
          fact('MFA devices', owner.mfaDevices === null ? 'not seen' : String(owner.mfaDevices)),
          fact('other keys', keys === undefined ? 'not seen' : keys.join('; ') || 'none'),
        ]
      : []),
    ...(owner.boundaryArn === null ? [] : [fact('boundary', owner.boundaryArn)]),
    ...(owner.quarantinePolicies ?? []).map((name) =>
      fact(
        'quarantine',
        `${name}: AWS saw the key leaked. It is no deny: sts:AssumeRole and much else stay open`,
      ),
    ),
  ];
}

function powerLines({ power }: TriageResult): readonly string[] {
  if (power === null) {
    return ['not seen'];
  }
  const listed = (label: string, texts: readonly string[]): readonly string[] =>
    texts.length === 0
      ? []
      : [
          fact(
            label,
            `${texts.slice(0, 8).join(', ')}${texts.length > 8 ? ` and ${texts.length - 8} more` : ''}`,
          ),
        ];
  return [
    fact('administrator', power.administrator),
    ...listed('mints', power.mints),
    ...listed('under conditions', power.mintsConditionally),
    ...power.escalations
      .slice(0, 8)
      .map(({ id, title, conditional }) =>
        fact('escalation', `${id} ${title}${conditional ? ' (conditional)' : ''}`),
      ),
    ...listed('organization', power.changesOrganization),
    ...listed('not understood', power.unparsedPolicies),
    'by its identity policies and boundary; control policies of the organization are not counted',
  ];
}

function seen(values: readonly { readonly value: string; readonly calls: number }[]): string {
  const shown = values.slice(0, 6).map(({ value, calls }) => `${clip(value, 60)} (${calls})`);
  return values.length > 6 ? `${shown.join(', ')} and ${values.length - 6} more` : shown.join(', ');
}

function activityLines({ activity, lookups }: TriageResult): readonly string[] {
  if (activity === null) {
    return ['not seen: the account was not entered'];
  }
  const read = lookups.filter(({ complete }) => complete).length;
  return [
    fact(
      'events',
      `${activity.events} (${activity.errors} refused), ${when(activity.firstAt)} to ${when(activity.lastAt)}`,
    ),
    fact(
      'asked',
      `Event history, 90 days, management events; ${read} of ${lookups.length} lookups read to their end`,
    ),
    ...activity.writesByService.map(({ service, actions }) =>
      fact(`wrote ${service}`, actions.map(({ action, calls }) => `${action} ×${calls}`).join(', ')),
    ),
    ...(activity.errorCodes.length === 0 ? [] : [fact('errors', seen(activity.errorCodes))]),
    ...(activity.events === 0
      ? []
      : [
          fact('source IPs', seen(activity.sourceIps)),
          fact('agents', seen(activity.userAgents)),
          fact('regions', seen(activity.regions)),
        ]),
  ];
}

function latestLines({ activity }: TriageResult): readonly string[] {
  return (activity?.latest ?? []).map(
    ({ at, action, region, sourceIp, errorCode }) =>
      `${formatTime(at)}  ${action}  ${region}  ${sourceIp ?? ''}${errorCode === null ? '' : `  ${errorCode}`}`,
  );
}

function mintedLines({ minted }: TriageResult): readonly string[] {
  return minted.map(({ kind, action, credential, principal, madeBy, at, expiresAt, alive, calls }) => {
    const life = alive
      ? expiresAt === null
        ? 'has no end'
        : `can live until ${formatTime(expiresAt)}`
      : 'ended';
    const use = calls === null ? '' : `, ${countOf(calls, 'call', 'calls')}`;
    return `${formatTime(at)}  ${kind}  ${credential ?? ''} for ${principal ?? 'unknown'}: ${life}${use}  (${action} by ${madeBy})`;
  });
}

function reachLines({ reach }: TriageResult): readonly string[] {
  return [
    ...reach.seen.map(({ roleArn, at }) => `seen: assumed ${roleArn}, last ${formatTime(at)}`),
    ...(reach.byName === null
      ? []
      : [
          `can be reached by name: ${countOf(reach.byName.accounts.length, 'account', 'accounts')} through ${reach.byName.roleNames.join(', ')}`,
          `(${reach.byName.why})`,
          reach.byName.accounts.map(({ accountId }) => accountId).join(', '),
        ]),
  ];
}

/** A command is either shown whole or not at all: a cut one would be another command. */
function containLines(step: ContainStep, index: number): readonly string[] {
  const place = step.accountId === null ? 'in the management account' : `in ${step.accountId}`;
  return [
    line(`${index + 1}. ${step.title} (${place})`),
    ...step.commands.map((command) => `     ${visible(command)}`),
    line(`breaks: ${step.breaks}`, 5),
    ...(step.undo.length === 0
      ? []
      : [line('undo:', 5), ...step.undo.map((command) => `     ${visible(command)}`)]),
    ...step.notes.map((note) => line(`note: ${note}`, 5)),
  ];
}

function gapLines({ gaps }: TriageResult): readonly string[] {
  const kinds = new Map<string, { readonly gap: TriageResult['gaps'][number]; readonly units: string[] }>();
  for (const gap of gaps) {
    const kind = JSON.stringify([gap.operation, gap.reason, gap.detail]);
    const known = kinds.get(kind) ?? { gap, units: [] };
    known.units.push(gap.unit);
    kinds.set(kind, known);
  }
  return [...kinds.values()].map(({ gap, units }) => {
    const places = [...new Set(units)];
    const where =
      places.length > 3
        ? `${places.slice(0, 3).join(', ')} and ${places.length - 3} more`
        : places.join(', ');
    const needs = gap.permission === undefined ? '' : ` (needs ${gap.permission})`;
    return `${gap.reason.padEnd(14)}  ${where}  ${gap.operation}${needs}: ${gap.detail}`;
  });
}

/** The answer first, then what it rests on, then what to do, then what was not seen. */
export function triageText(result: TriageResult, options: TriageTextOptions = {}): string {
  const styles = options.styles ?? plainStyles;
  const { verdict, timing } = result;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', styles.strong(title), ...lines];
  const first = visible(verdict.line);
  const seconds = (timing.elapsedMilliseconds / 1000).toFixed(1);
  return [
    verdict.exitCode === 0 ? styles.good(first) : styles.warning(first),
    ...section('Whose', rows([...keyLines(result), ...ownerLines(result)], 2, 30)),
    ...section('What power', rows(powerLines(result), 2, 30)),
    ...section('What it did', rows(activityLines(result), 2, 40)),
    ...section('Last events', rows(latestLines(result))),
    ...section('What it minted', rows(mintedLines(result), 2, 25)),
    ...section(
      'What was made',
      rows(
        result.created.map(({ action, resource, at }) => `${formatTime(at)}  ${action}  ${resource}`),
        2,
        25,
      ),
    ),
    ...section('Where it can go', rows(reachLines(result))),
    ...section(
      'GuardDuty',
      rows(
        result.guardDuty.map(
          ({ type, severity, region, count, archived, lastSeenAt }) =>
            `${type}  severity ${severity}  ${region}  ×${count}  last ${when(lastSeenAt)}${archived ? '  archived' : ''}`,
        ),
      ),
    ),
    ...section('Contain (afterleak runs none of this; sh, AWS CLI v2)', result.contain.flatMap(containLines)),
    ...section('Not seen', rows(gapLines(result), 2, 30).map(styles.warning)),
    '',
    `${seconds} s, ${countOf(timing.calls, 'call', 'calls')}. Next: afterleak sweep --access-key ${visible(result.key.accessKeyId)}`,
  ].join('\n');
}

/** Everything, for machines. */
export function triageJson(result: TriageResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
