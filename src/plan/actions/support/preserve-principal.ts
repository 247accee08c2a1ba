import type { PlanCommand } from '../../../model/plan.ts';
import type { StepDraft } from '../../planner.ts';
import { nameOption, policyNoun } from './own-denies.ts';
import type { Principal } from './principal.ts';
import { save } from './saved-file.ts';
import { stepFor } from './step.ts';
import { preserveKey } from './step-keys.ts';

const gone = ['NoSuchEntity'];

function policies(principal: Principal): PlanCommand[] {
  const { type, name, dependents } = principal;
  const noun = policyNoun(type);
  const who = nameOption(type, name);
  const inline = (dependents?.inlinePolicies ?? []).map((policy, index) =>
    save(
      principal,
      `inline-policy-${index + 1}`,
      ['iam', `get-${noun}`, { ...who, policyName: policy.name }],
      gone,
    ),
  );
  return [
    save(principal, 'inline-policies', ['iam', noun.replace(/^/, 'list-').replace(/y$/, 'ies'), who]),
    ...inline,
    save(principal, 'attached-policies', ['iam', `list-attached-${noun.replace(/y$/, 'ies')}`, who]),
  ];
}

function ofUser(principal: Principal): PlanCommand[] {
  const who = { userName: principal.name };
  const lists = {
    'access-keys': 'list-access-keys',
    groups: 'list-groups-for-user',
    'mfa-devices': 'list-mfa-devices',
    'service-specific-credentials': 'list-service-specific-credentials',
    'ssh-public-keys': 'list-ssh-public-keys',
    'signing-certificates': 'list-signing-certificates',
  } as const;
  const keys = principal.dependents?.type === 'iam-user' ? (principal.dependents.accessKeys ?? []) : [];
  return [
    save(principal, 'user', ['iam', 'get-user', who]),
    ...Object.entries(lists).map(([part, operation]) => save(principal, part, ['iam', operation, who])),
    ...keys.map(({ id }) =>
      save(principal, `last-use-${id}`, ['iam', 'get-access-key-last-used', { accessKeyId: id }], [...gone]),
    ),
    save(principal, 'login-profile', ['iam', 'get-login-profile', who], gone),
    ...policies(principal),
  ];
}

function ofRole(principal: Principal): PlanCommand[] {
  const who = { roleName: principal.name };
  return [
    save(principal, 'role', ['iam', 'get-role', who]),
    save(principal, 'instance-profiles', ['iam', 'list-instance-profiles-for-role', who]),
    ...policies(principal),
  ];
}

function commandsFor(principal: Principal): PlanCommand[] {
  switch (principal.type) {
    case 'iam-user':
      return ofUser(principal);
    case 'iam-role':
      return ofRole(principal);
    case 'iam-group':
      return [
        save(principal, 'group', ['iam', 'get-group', { groupName: principal.name }]),
        ...policies(principal),
      ];
    default: {
      const never: never = principal.type;
      return never;
    }
  }
}

/** Everything of a user, group or role that an answer of IAM can hold, before anything is done to it. */
export function preservePrincipal(principal: Principal): StepDraft {
  return stepFor(
    principal,
    {
      key: preserveKey(principal.arn),
      stage: 'preserve',
      action: 'principal.contain',
      title: `Save what ${principal.name} is and holds`,
      why: 'Ids, last use and documents are gone once it is changed or deleted, and a way back needs them.',
    },
    { commands: commandsFor(principal), reversible: true },
  );
}
