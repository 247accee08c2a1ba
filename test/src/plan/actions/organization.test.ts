import { describe, expect, test } from '@jest/globals';
import type { PriorState } from '../../../../src/model/trace-result.ts';
import { accountActions } from '../../../../src/plan/actions/accounts.ts';
import { delegatedAdministratorActions } from '../../../../src/plan/actions/delegated-administrators.ts';
import { handshakeActions } from '../../../../src/plan/actions/handshakes.ts';
import { organizationPolicyActions } from '../../../../src/plan/actions/organization-policies.ts';
import { organizationResourcePolicyActions } from '../../../../src/plan/actions/organization-resource-policy.ts';
import { rootManagementActions } from '../../../../src/plan/actions/root-management.ts';
import { isServicePrincipal } from '../../../../src/plan/actions/support/organization-step.ts';
import { serviceRecovery } from '../../../../src/plan/actions/support/trusted-service-recovery.ts';
import { trustedServiceActions } from '../../../../src/plan/actions/trusted-services.ts';
import { createPlanWorld } from '../../../../src/plan/plan-world.ts';
import {
  allCommands,
  argvOf,
  buildInput,
  buildLineage,
  buildNode,
  deletions,
  findingAt,
  keysOf,
  management,
  member,
  operationsOf,
  type proofs,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';
import { hostileName, order, organizationAccountArn } from './workload-fixture.ts';

type Proof = keyof typeof proofs;

const guardDuty = 'guardduty.amazonaws.com';
const service = { arn: guardDuty, type: 'trusted-service', name: guardDuty, accountId: management };
const administratorArn = `${organizationAccountArn(member)}/delegated-administrator`;
const administrator = {
  arn: administratorArn,
  uniqueId: member,
  type: 'delegated-administrator',
  name: 'security',
};

function delegation(servicePrincipal: string, fields: { deleted?: boolean; intruderMade?: boolean }) {
  return buildNode({
    id: `${member}/delegated-administrator#${servicePrincipal}`,
    type: 'delegated-administrator',
    label: `${member} for ${servicePrincipal}`,
    arn: `${member}/delegated-administrator`,
    uniqueId: member,
    ...fields,
  });
}

describe('trusted-service.enable', () => {
  const enable = (proof: Proof, fields: Parameters<typeof findingAt>[2] = {}, subject = service) =>
    stepsOf(
      trustedServiceActions['trusted-service.enable'],
      'trusted-service.enable',
      findingAt(subject, proof, { check: 'organization/missing-trusted-service', ...fields }),
    );

  test('enables, then says what enabling does not bring back', () => {
    const steps = enable('unprovedRestore');
    expect(order(steps)).toEqual([`restore:${guardDuty}`, `restore:${guardDuty}#afterwards`]);
    const step = stepOf(steps, `restore:${guardDuty}`);
    expect(step).toMatchObject({ accountId: management, region: null, stage: 'recover' });
    expect(argvOf(step.commands)).toEqual([
      ['organizations', 'enable-aws-service-access', '--service-principal', guardDuty],
    ]);
    expect(step.permissions).toContain('organizations:EnableAWSServiceAccess');
    expect(step.confirm[0]).toMatchObject({ compare: 'text', expected: guardDuty });
    expect(argvOf(step.undo)[0]?.[1]).toBe('disable-aws-service-access');
    const further = stepOf(steps, `restore:${guardDuty}#afterwards`);
    expect(further.manual).toContain('enable-organization-admin-account');
    expect(further.manual).toContain('in every region');
    expect(further.cautions.join(' ')).toContain('not restored evidence');
    expect(step.cautions.join(' ')).toContain('hands the organization over again');
  });

  test.each([
    ['ram.amazonaws.com', 'ram', 'enable-sharing-with-aws-organization'],
    ['health.amazonaws.com', 'health', 'enable-health-service-access-for-organization'],
    ['stacksets.cloudformation.amazonaws.com', 'cloudformation', 'activate-organizations-access'],
  ])('%s has a call of its own besides', (principal, cli, operation) => {
    const steps = enable('restore', {}, { ...service, arn: principal, name: principal });
    expect(stepOf(steps, `restore:${principal}`).commands.at(-1)).toEqual({
      argv: [cli, operation],
      region: 'us-east-1',
    });
  });

  test('what is on again is only rebuilt', () => {
    expect(keysOf(enable('restore', { check: 'organization/re-enabled-trusted-service' }))).toEqual([
      `restore:${guardDuty}#afterwards`,
    ]);
  });

  test('a role left behind is a question, unless events prove it', () => {
    const check = 'organization/lost-trusted-service';
    expect(keysOf(enable('unprovedRestore', { check }))).toEqual([`restore:${guardDuty}#ask`]);
    expect(keysOf(enable('restore', { check }))).toContain(`restore:${guardDuty}`);
  });

  test.each([
    ['eyes/disabled-analyzer', 'access-analyzer.amazonaws.com'],
    ['eyes/unseen-organization-trail', 'cloudtrail.amazonaws.com'],
  ])('%s means %s', (check, principal) => {
    const subject = {
      ...service,
      type: 'analyzer',
      arn: 'arn:aws:access-analyzer:x:111122223333:analyzer/a',
    };
    expect(keysOf(enable('restore', { check }, subject))).toContain(`restore:${principal}`);
  });

  test('a name that is no service principal reaches no command', () => {
    expect(isServicePrincipal(hostileName)).toBe(false);
    expect(enable('restore', {}, { ...service, arn: hostileName, name: hostileName })).toEqual([]);
  });

  test('without a known management account gives no command', () => {
    const finding = findingAt(service, 'restore', { check: 'organization/missing-trusted-service' });
    const input = buildInput({ findings: [finding] });
    const world = createPlanWorld({ ...input, result: { ...input.result, managementAccountId: null } });
    const steps = trustedServiceActions['trusted-service.enable'](
      { action: 'trusted-service.enable', finding },
      world,
    );
    expect(allCommands(steps)).toEqual([]);
    expect(steps[0]?.manual).toContain('management account is not known');
  });

  test.each(['eradicate', 'explain', 'rotate', 'harden'] as const)('does nothing for %s', (proof) => {
    expect(enable(proof)).toEqual([]);
  });

  test('a service without an entry of its own still has to be looked at', () => {
    expect(serviceRecovery('new-service.amazonaws.com').further[0]).toContain('Ask the owner');
    expect(serviceRecovery('auditmanager.amazonaws.com').further[0]).toContain('Register');
    expect(serviceRecovery('constructor').further).not.toHaveLength(0);
  });
});

describe('trusted-service.disable', () => {
  const disable = (proof: Proof) =>
    stepsOf(
      trustedServiceActions['trusted-service.disable'],
      'trusted-service.disable',
      findingAt(service, proof),
      { lineage: buildLineage([delegation(guardDuty, { intruderMade: true })]) },
    );

  test('takes the intruder’s delegation first', () => {
    const steps = disable('eradicate');
    expect(order(steps)).toEqual([
      `delete:${member}/delegated-administrator/${guardDuty}`,
      `delete:${guardDuty}`,
    ]);
    expect(argvOf(stepOf(steps, `delete:${guardDuty}`).commands)).toEqual([
      ['organizations', 'disable-aws-service-access', '--service-principal', guardDuty],
    ]);
    expect(stepOf(steps, `delete:${guardDuty}`).reversible).toBe(true);
  });

  test.each(['explain', 'restore', 'harden'] as const)('does nothing for %s', (proof) => {
    expect(disable(proof)).toEqual([]);
  });
});

describe('delegated administrators', () => {
  test('only what the incident delegated is taken away', () => {
    const steps = stepsOf(
      delegatedAdministratorActions['delegated-administrator.deregister'],
      'delegated-administrator.deregister',
      findingAt(administrator, 'eradicate'),
      {
        lineage: buildLineage([
          delegation('sso.amazonaws.com', { intruderMade: true }),
          delegation(guardDuty, { deleted: true }),
          delegation('"; rm -rf ~', { intruderMade: true }),
        ]),
      },
    );
    const key = `delete:${member}/delegated-administrator/sso.amazonaws.com`;
    expect(keysOf(steps)).toEqual([key]);
    expect(argvOf(stepOf(steps, key).commands)).toEqual([
      [
        'organizations',
        'deregister-delegated-administrator',
        '--account-id',
        member,
        '--service-principal',
        'sso.amazonaws.com',
      ],
    ]);
    expect(stepOf(steps, key).preconditions.map(({ compare }) => compare)).toEqual(['contains', 'text']);
    expect(stepOf(steps, key).cautions.join(' ')).toContain('outlives the delegation');
  });

  test('a person finds out which services, where no event tells', () => {
    const steps = stepsOf(
      delegatedAdministratorActions['delegated-administrator.deregister'],
      'delegated-administrator.deregister',
      findingAt(administrator, 'eradicate'),
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ commands: [], stage: 'cut-re-entry' });
  });

  test('what the incident took away is registered again, after trusted access', () => {
    const steps = stepsOf(
      delegatedAdministratorActions['delegated-administrator.register'],
      'delegated-administrator.register',
      findingAt(administrator, 'restore'),
      { lineage: buildLineage([delegation(guardDuty, { deleted: true })]) },
    );
    const [step] = steps;
    expect(step?.after).toEqual([`restore:${guardDuty}`]);
    expect(operationsOf(steps[0] ?? stepOf([], 'none'))).toEqual(['register-delegated-administrator']);
    expect(step?.cautions.join(' ')).toContain('hands the organization over');
  });

  test('else by hand', () => {
    const steps = stepsOf(
      delegatedAdministratorActions['delegated-administrator.register'],
      'delegated-administrator.register',
      findingAt(service, 'restore'),
    );
    expect(keysOf(steps)).toEqual([`restore:${guardDuty}#delegation`]);
    expect(allCommands(steps)).toEqual([]);
  });

  test.each(['explain', 'harden', 'rotate'] as const)('nothing for %s', (proof) => {
    for (const action of [
      'delegated-administrator.deregister',
      'delegated-administrator.register',
    ] as const) {
      expect(
        stepsOf(delegatedAdministratorActions[action], action, findingAt(administrator, proof), {
          lineage: buildLineage([delegation(guardDuty, { intruderMade: true })]),
        }),
      ).toEqual([]);
    }
  });
});

describe('organization policies', () => {
  const arn = `arn:aws:organizations::${management}:policy/o-example1111/service_control_policy/p-example1`;
  const policy = { arn, uniqueId: 'p-example1', type: 'organization-policy', name: 'guard' };
  const content = '{"Version":"2012-10-17","Statement":[]}';
  const prior: PriorState = {
    arn,
    what: 'organization-policy',
    part: '',
    value: content,
    at: '2026-01-01T00:00:00Z',
    eventId: 'e-7',
  };

  test('restore writes the text that an earlier event told', () => {
    const steps = stepsOf(
      organizationPolicyActions['organization-policy.restore'],
      'organization-policy.restore',
      findingAt(policy, 'restore', { messageId: 'changed' }),
      { priorStates: [prior] },
    );
    expect(order(steps)).toEqual([`preserve:${arn}`, `restore:${arn}`]);
    expect(argvOf(stepOf(steps, `restore:${arn}`).commands)).toEqual([
      ['organizations', 'update-policy', '--policy-id', 'p-example1', '--content', content],
    ]);
    expect(stepOf(steps, `restore:${arn}`).preconditions).toEqual([
      expect.objectContaining({ compare: 'text', expected: arn }),
    ]);
  });

  test.each([
    ['nothing tells the earlier text', 'restore', [], 'changed', 'by hand'],
    ['no event proves who changed it', 'unprovedRestore', [prior], 'changed', 'by hand'],
    ['the policy is gone', 'restore', [prior], 'gone', 'gone'],
  ] as const)('restore is by hand where %s', (_, proof, priorStates, messageId, part) => {
    const steps = stepsOf(
      organizationPolicyActions['organization-policy.restore'],
      'organization-policy.restore',
      findingAt(policy, proof, { messageId }),
      { priorStates },
    );
    expect(stepOf(steps, `restore:${arn}#${part}`).commands).toEqual([]);
  });

  test('reattach takes the targets from the events', () => {
    const node = buildNode({
      id: `organization-policy:${management}:p-example1`,
      type: 'organization-policy',
    });
    const change = (part: string) => ({ to: [node], action: 'organizations:DetachPolicy', part });
    const steps = stepsOf(
      organizationPolicyActions['organization-policy.reattach'],
      'organization-policy.reattach',
      findingAt(policy, 'unprovedRestore', { messageId: 'guard' }),
      { lineage: buildLineage([node], [change('ou-ab12-abcdefgh'), change('$(touch x)'), change('r-ab12')]) },
    );
    expect(keysOf(steps)).toEqual([
      `preserve:${arn}`,
      `restore:${arn}#attached ou-ab12-abcdefgh`,
      `restore:${arn}#attached r-ab12`,
    ]);
    expect(argvOf(stepOf(steps, `restore:${arn}#attached r-ab12`).commands)).toEqual([
      ['organizations', 'attach-policy', '--policy-id', 'p-example1', '--target-id', 'r-ab12'],
    ]);
    expect(stepOf(steps, `restore:${arn}#attached r-ab12`).cautions.join(' ')).toContain(
      'management account',
    );
  });

  test('reattach asks where no event tells', () => {
    const steps = stepsOf(
      organizationPolicyActions['organization-policy.reattach'],
      'organization-policy.reattach',
      findingAt(policy, 'restore', { messageId: 'guard' }),
    );
    expect(stepOf(steps, `restore:${arn}#targets`).commands).toEqual([]);
  });

  const rootArn = `arn:aws:organizations::${management}:root/o-example1111/r-ab12`;
  const root = { arn: rootArn, uniqueId: 'r-ab12', type: 'organization-root', name: 'Root' };

  test('a policy type is enabled again', () => {
    const finding = findingAt(root, 'unprovedRestore', {
      messageId: 'off',
      message: 'Policy type SERVICE_CONTROL_POLICY is not enabled on root Root (absent), although …',
    });
    const steps = stepsOf(
      organizationPolicyActions['organization-policy-type.enable'],
      'organization-policy-type.enable',
      finding,
    );
    expect(argvOf(steps.flatMap(({ commands }) => commands))).toEqual([
      [
        'organizations',
        'enable-policy-type',
        '--root-id',
        'r-ab12',
        '--policy-type',
        'SERVICE_CONTROL_POLICY',
      ],
    ]);
    expect(steps[0]?.cautions.join(' ')).toContain('attaches nothing');
    const attachments = stepsOf(
      organizationPolicyActions['organization-policy.reattach'],
      'organization-policy.reattach',
      finding,
    );
    expect(keysOf(attachments)).toEqual([`restore:${rootArn}#attachments`]);
  });

  test('types that differ otherwise are compared by hand', () => {
    const steps = stepsOf(
      organizationPolicyActions['organization-policy-type.enable'],
      'organization-policy-type.enable',
      findingAt(root, 'restore', { messageId: 'changed' }),
    );
    expect(keysOf(steps)).toEqual([`restore:${rootArn}#types`]);
  });

  const resourceArn = `arn:aws:organizations::${management}:resourcepolicy/o-example1111/rp-1`;
  const resource = { arn: resourceArn, type: 'organization-resource-policy', name: 'resource policy' };
  const planner = organizationResourcePolicyActions['organization-resource-policy.restore'];

  test('the delegation policy is deleted only where the intruder made it', () => {
    const removed = stepsOf(
      planner,
      'organization-resource-policy.restore',
      findingAt(resource, 'eradicate'),
    );
    expect(order(removed)).toEqual([`preserve:${resourceArn}`, `delete:${resourceArn}`]);
    for (const proof of ['restore', 'unprovedRestore', 'explain', 'harden'] as const) {
      expect(
        deletions(stepsOf(planner, 'organization-resource-policy.restore', findingAt(resource, proof))),
      ).toEqual([]);
    }
  });

  test('its earlier text is written where it is known', () => {
    const restored = stepsOf(
      planner,
      'organization-resource-policy.restore',
      findingAt(resource, 'restore'),
      {
        priorStates: [{ ...prior, arn: resourceArn }],
      },
    );
    expect(argvOf(stepOf(restored, `restore:${resourceArn}`).commands)).toEqual([
      ['organizations', 'put-resource-policy', '--content', content],
    ]);
  });
});

describe('accounts', () => {
  const arn = organizationAccountArn(member);
  const account = { arn, uniqueId: member, type: 'organization-account', name: 'sandbox' };

  test('move-back takes source from the check and destination from the event', () => {
    const node = buildNode({
      id: `organization-account:${member}`,
      type: 'organization-account',
      arn: null,
      uniqueId: member,
    });
    const steps = stepsOf(
      accountActions['account.move-back'],
      'account.move-back',
      findingAt(account, 'restore', {
        message: `Active account ${member} (sandbox) now is at o-example1111/r-ab12/ou-ab12-22222222/; its place or state differs from the baseline.`,
      }),
      {
        lineage: buildLineage(
          [node],
          [{ to: [node], action: 'organizations:MoveAccount', part: 'ou-ab12-11111111' }],
        ),
      },
    );
    const step = stepOf(steps, `restore:${arn}`);
    expect(argvOf(step.commands)).toEqual([
      [
        'organizations',
        'move-account',
        '--account-id',
        member,
        '--source-parent-id',
        'ou-ab12-22222222',
        '--destination-parent-id',
        'ou-ab12-11111111',
      ],
    ]);
    expect(step.confirm[0]?.expected).toBe('ou-ab12-11111111');
  });

  test('move-back is by hand where the place is not told', () => {
    const steps = stepsOf(
      accountActions['account.move-back'],
      'account.move-back',
      findingAt(account, 'restore'),
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]?.manual).toContain('list-parents');
  });

  test('an invited account is removed, one made here is closed by a person', () => {
    const steps = (messageId: string) =>
      stepsOf(
        accountActions['account.remove-from-organization'],
        'account.remove-from-organization',
        findingAt(account, 'eradicate', { messageId }),
      );
    expect(order(steps('invitedInWindow'))).toEqual([`preserve:${arn}`, `contain:${arn}`, `delete:${arn}`]);
    expect(argvOf(stepOf(steps('invitedInWindow'), `delete:${arn}`).commands)).toEqual([
      ['organizations', 'remove-account-from-organization', '--account-id', member],
    ]);
    const closed = stepOf(steps('createdInWindow'), `delete:${arn}`);
    expect(closed.commands).toEqual([]);
    expect(closed.manual).toContain('close-account');
    expect(closed.cautions.join(' ')).toContain('Sweep it before it goes');
  });

  test('an account behind an accepted handshake is looked for', () => {
    const handshake = {
      arn: `arn:aws:organizations::${management}:handshake/o-example1111/invite/h-1234567890`,
      type: 'handshake',
      name: 'INVITE',
    };
    const steps = (messageId: string) =>
      stepsOf(
        accountActions['account.remove-from-organization'],
        'account.remove-from-organization',
        findingAt(handshake, 'eradicate', { messageId }),
      );
    expect(steps('accepted')[0]?.commands).toEqual([]);
    expect(steps('invitation')).toEqual([]);
  });

  test.each(['explain', 'restore', 'harden'] as const)('no account is removed for %s', (proof) => {
    expect(
      stepsOf(
        accountActions['account.remove-from-organization'],
        'account.remove-from-organization',
        findingAt(account, proof),
      ),
    ).toEqual([]);
  });

  test('the owner of a closing account is asked first of all', () => {
    const ask = (proof: Proof, check: string) =>
      stepsOf(
        accountActions['account.contact-owner'],
        'account.contact-owner',
        findingAt(account, proof, { check }),
      )[0];
    expect(ask('restore', 'organization/departing-account')).toMatchObject({
      stage: 'preserve',
      commands: [],
    });
    expect(ask('restore', 'organization/moved-account')).toMatchObject({ stage: 'recover' });
    expect(ask('harden', 'organization/new-account')).toMatchObject({ stage: 'harden' });
  });

  const regionArn = `arn:aws:account::${member}:region/ap-east-1`;
  const opted = { arn: regionArn, type: 'region', name: 'ap-east-1' };
  const deny = (proof: Proof, messageId: string) =>
    stepsOf(
      accountActions['account.deny-region'],
      'account.deny-region',
      findingAt(opted, proof, { messageId }),
    );

  test('a region that was switched off is switched on again', () => {
    const [step] = deny('restore', 'disabled');
    expect(argvOf(step?.commands ?? [])).toEqual([
      ['account', 'enable-region', '--region-name', 'ap-east-1'],
    ]);
    expect(step).toMatchObject({ stage: 'lights-on', accountId: member });
  });

  test('one that was switched on is denied, not hidden', () => {
    const [step] = deny('restore', 'enabled');
    expect(step).toMatchObject({ stage: 'contain', commands: [] });
    expect(step?.cautions.join(' ')).toContain('deletes nothing');
    expect(step?.cautions.join(' ')).toContain('does not bind the management account');
    expect(deny('restore', 'optedIn')[0]?.stage).toBe('harden');
    expect(deny('explain', 'enabled')).toEqual([]);
  });
});

describe('handshake.cancel', () => {
  const arn = `arn:aws:organizations::${management}:handshake/o-example1111/invite/h-1234567890`;
  const handshake = { arn, uniqueId: 'h-1234567890', type: 'handshake', name: 'INVITE' };
  const cancel = (proof: Proof, fields: Parameters<typeof findingAt>[2] = {}) =>
    stepsOf(handshakeActions['handshake.cancel'], 'handshake.cancel', findingAt(handshake, proof, fields));

  test('cancels what the organization sent', () => {
    const steps = cancel('eradicate', { check: 'organization/open-handshake', messageId: 'invitation' });
    expect(order(steps)).toEqual([`preserve:${arn}`, `delete:${arn}`]);
    expect(argvOf(stepOf(steps, `delete:${arn}`).commands)).toEqual([
      ['organizations', 'cancel-handshake', '--handshake-id', 'h-1234567890'],
    ]);
    expect(stepOf(steps, `delete:${arn}`).preconditions.map(({ compare }) => compare)).toEqual([
      'text',
      'lacks',
    ]);
  });

  test('declines from the invited account', () => {
    const steps = cancel('eradicate', {
      check: 'organization/foreign-invitation',
      messageId: 'open',
      evidence: [
        {
          key: 'organizations.account-handshakes',
          accountId: member,
          region: null,
          pointer: '/0',
          asOf: '2026-11-03T12:00:00Z',
        },
      ],
    });
    expect(stepOf(steps, `delete:${arn}#${member}`).accountId).toBe(member);
    expect(operationsOf(stepOf(steps, `delete:${arn}#${member}`))).toEqual(['decline-handshake']);
  });

  test.each(['accepted', 'transferred'])('%s: too late for a call', (messageId) => {
    const [step] = cancel('eradicate', { check: 'organization/open-handshake', messageId });
    expect(step?.commands).toEqual([]);
    expect(step?.manual).not.toBeNull();
  });

  test.each(['explain', 'restore', 'harden'] as const)('does nothing for %s', (proof) => {
    expect(cancel(proof)).toEqual([]);
  });
});

describe('root-management.enable', () => {
  test('is one step, whichever root user asks', () => {
    const rootUser = { arn: `arn:aws:iam::${member}:root`, type: 'root-user', name: '<root_account>' };
    const steps = [rootUser, { ...service, arn: 'iam.amazonaws.com' }].flatMap((subject) =>
      stepsOf(
        rootManagementActions['root-management.enable'],
        'root-management.enable',
        findingAt(subject, 'restore'),
      ),
    );
    expect(order(steps)).toEqual(['restore:iam.amazonaws.com#root management']);
    expect(argvOf(steps[0]?.commands ?? [])).toEqual([
      ['organizations', 'enable-aws-service-access', '--service-principal', 'iam.amazonaws.com'],
      ['iam', 'enable-organizations-root-credentials-management'],
      ['iam', 'enable-organizations-root-sessions'],
    ]);
    expect(steps[0]?.accountId).toBe(management);
  });
});
