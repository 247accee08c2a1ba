import type { AnyCollector } from '../collect/define-collector.ts';
import { discoveryOperations } from '../collect/organization-reads.ts';
import { type PolicyRole, policiesFor } from '../collect/permissions.ts';
import { evidenceScopes } from '../model/evidence-catalog.ts';

/** Name of the role in the examples of the documentation. */
const roleName = 'AuditRole';

const roles: readonly (readonly [PolicyRole, string])[] = [
  [
    'caller',
    'What the session that starts `afterleak` needs when it enters every account, its own included, through a role.',
  ],
  [
    'management',
    'The role (or the caller) in the management account. It sees everything, and is the only one that sees trusted service access and policies without a delegation.',
  ],
  [
    'delegated-administrator',
    'The caller in a delegated administrator account. What only the management account shows stays a gap unless `--management-role-arn` leads there.',
  ],
  ['member', 'The role in every other account.'],
];

function roleSection(
  role: PolicyRole,
  meaning: string,
  collectors: readonly AnyCollector[],
): readonly string[] {
  const policies = policiesFor(role, collectors, { partition: 'aws', roleNames: [roleName] });
  return [
    '',
    `## ${policies[0]?.name ?? role}`,
    '',
    meaning,
    ...policies.flatMap(({ name, document }) => [
      '',
      `<details><summary><code>${name}</code></summary>`,
      '',
      '```json',
      JSON.stringify(document, null, 2),
      '```',
      '',
      '</details>',
    ]),
  ];
}

function permissionsText(permissions: readonly string[]): string {
  return [...new Set(permissions)]
    .sort()
    .map((permission) => `\`${permission}\``)
    .join(', ');
}

function collectorRow({ key, vantage, operations }: AnyCollector): string {
  return `| \`${key}\` | ${evidenceScopes[key]} | ${vantage} | ${permissionsText(operations.map(({ permission }) => permission))} |`;
}

/** docs/permissions.md: the policy of every role, and which fact needs which permission. */
export function permissionsPage(collectors: readonly AnyCollector[]): string {
  return [
    '<!-- Generated from the collectors by `npm run generate`. Do not edit. -->',
    '',
    '# Permissions',
    '',
    'Every policy is made from what the collectors declare; the read-only guard refuses any call that none of them declared.',
    '`afterleak permissions` prints the same as JSON, Terraform or CloudFormation, and with `--checks` only what a selection needs.',
    'A permission that is missing makes the checks that need it `unevaluated`, never passed.',
    ...roles.flatMap(([role, meaning]) => roleSection(role, meaning, collectors)),
    '',
    '## What is read, and what it needs',
    '',
    'Vantage: `account` = any session in the account itself · `management` = the management account only · `management-or-delegated` = also a delegated administrator.',
    '',
    '| fact | looked at per | vantage | permissions |',
    '| --- | --- | --- | --- |',
    `| finding the scope | organization | any account of it | ${permissionsText(discoveryOperations.map(({ permission }) => permission))} |`,
    ...[...collectors].sort((left, right) => (left.key < right.key ? -1 : 1)).map(collectorRow),
    '',
  ].join('\n');
}
