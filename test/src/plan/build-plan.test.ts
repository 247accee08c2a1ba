import { describe, expect, test } from '@jest/globals';
import { actionEffects } from '../../../src/model/action-effects.ts';
import type { ActionId } from '../../../src/model/action-id.ts';
import { actionIds } from '../../../src/model/action-id.ts';
import type { ResultFinding } from '../../../src/model/audit-result.ts';
import type { Dependents } from '../../../src/model/dependents.ts';
import { type Plan, planStages } from '../../../src/model/plan.ts';
import { actionPlanners } from '../../../src/plan/actions/index.ts';
import { buildPlan, withPlan } from '../../../src/plan/build-plan.ts';
import { chooseActions, isProvedMade } from '../../../src/plan/choose-actions.ts';
import type { ActionPlanner, PlanInput, StepDraft } from '../../../src/plan/planner.ts';
import { buildCheck } from '../../support/result-builder.ts';
import {
  buildGroup,
  buildInput,
  buildPolicy,
  buildRole,
  buildUser,
  findingAt,
  findingOn,
  type proofs,
} from './actions/identity-fixture.ts';

const actions: readonly ActionId[] = [
  'principal.contain',
  'principal.reduce',
  'user.delete',
  'role.delete',
  'group.delete',
  'policy.delete',
  'session.revoke',
  'access-key.deactivate',
  'access-key.rotate',
  'role.restore-trust',
];

const check = buildCheck({
  id: 'leftover-admins/example',
  remediation: { actions: [...actions], why: 'It ends the access.', cautions: ['Save it first.'] },
});

function inputOf(
  findings: readonly ResultFinding[],
  dependents: readonly Dependents[] = [],
  more: Partial<PlanInput> = {},
): PlanInput {
  const input = buildInput({ findings, dependents });
  return { ...input, result: { ...input.result, checks: [check] }, ...more };
}

const group = buildGroup({ members: ['arn:aws:iam::111122223333:user/first'] });
const users = ['first', 'second'].map((name, index) =>
  buildUser({
    name,
    uniqueId: `AIDAEXAMPLE${index}`,
    accessKeys: [
      { id: `AKIAEXAMPLE${index}A`, status: 'Active' },
      { id: `AKIAEXAMPLE${index}B`, status: 'Inactive' },
    ],
    hasLoginProfile: true,
    mfaDevices: [{ serialNumber: `arn:aws:iam::111122223333:mfa/${name}`, virtual: true }],
    groups: index === 0 ? [group.name] : [],
    attachedPolicyArns: ['arn:aws:iam::111122223333:policy/extra'],
    inlinePolicies: [{ name: 'zz-inline', digest: null }],
  }),
);
const role = buildRole({ inlinePolicies: [{ name: 'zz-inline', digest: null }] });
const policy = buildPolicy({
  arn: 'arn:aws:iam::111122223333:policy/extra',
  name: 'extra',
  users: ['first', 'second'],
});
const dependents: readonly Dependents[] = [...users, role, policy, group];
const eradicated = dependents.map((one) => findingOn(one, 'eradicate'));
const keys = users.flatMap((user) =>
  (user.accessKeys ?? []).map(({ id }) =>
    findingAt(
      { arn: `${user.arn}/access-key/${id}`, type: 'access-key', name: id, uniqueId: id },
      'eradicate',
    ),
  ),
);
const incident = inputOf(
  [
    ...eradicated,
    ...eradicated.map((one) => ({ ...one, fingerprint: `f${one.fingerprint.slice(1)}` })),
    ...keys,
  ],
  dependents,
);

/** The same for the same seed: a linear congruential generator, and Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  const result = [...items];
  let state = seed;
  for (let index = result.length - 1; index > 0; index -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (index + 1);
    const [left, right] = [result[index], result[other]];
    if (left !== undefined && right !== undefined) {
      result[index] = right;
      result[other] = left;
    }
  }
  return result;
}

function optionOf(argv: readonly string[], flag: string): string | undefined {
  return argv[argv.indexOf(flag) + 1];
}

function commandsOf(plan: Plan): readonly (readonly string[])[] {
  return plan.steps.flatMap((step) => step.commands.map(({ argv }) => argv));
}

describe('the plan', () => {
  test('is the same whatever the order of findings and evidence', () => {
    const expected = JSON.stringify(buildPlan(incident));
    for (let seed = 1; seed <= 25; seed += 1) {
      const mixed: PlanInput = {
        ...incident,
        result: { ...incident.result, findings: [...shuffled(incident.result.findings, seed)] },
        dependents: shuffled(incident.dependents, seed + 100),
      };
      expect(JSON.stringify(buildPlan(mixed))).toBe(expected);
    }
    expect(buildPlan(incident).steps.length).toBeGreaterThan(10);
  });

  test('has every step once, after what it waits for, stage by stage', () => {
    const { steps } = buildPlan(incident);
    const seen = new Set<string>();
    let stage = 0;
    for (const step of steps) {
      const rank = planStages.indexOf(step.stage);
      expect(rank).toBeGreaterThanOrEqual(stage);
      expect(step.dependsOn.every((id) => seen.has(id))).toBe(true);
      expect(seen.has(step.id)).toBe(false);
      expect(step.id).toMatch(new RegExp(`^${step.stage}-[0-9a-f]{8}$`));
      seen.add(step.id);
      stage = rank;
    }
    expect(
      steps.filter(({ stage: one }) => one === 'contain').every(({ dependsOn }) => dependsOn.length === 0),
    ).toBe(true);
  });

  test.each(users.map(({ name }) => name))(
    'deletes the user %s after all its children, our deny last',
    (name) => {
      const own = commandsOf(buildPlan(incident)).filter(
        (argv) =>
          optionOf(argv, '--user-name') === name &&
          /^(?:delete|remove|detach|deactivate)-/.test(argv[1] ?? ''),
      );
      const all = own.map(([, operation]) => operation);
      const last = all.indexOf('delete-user');
      expect(all.filter((one) => one === 'delete-user')).toHaveLength(1);
      expect(optionOf(own[last - 1] ?? [], '--policy-name')).toBe('AfterleakContainment');
      // Policies and groups let go of whoever is left; of a user that is gone nothing is left.
      expect(all.slice(last + 1).filter((one) => !/^(?:detach|remove)-/.test(one ?? ''))).toEqual([]);
      const operations = all.slice(0, last);
      expect(operations.filter((one) => one === 'delete-access-key')).toHaveLength(2);
      expect(operations).toEqual(
        expect.arrayContaining(['delete-login-profile', 'deactivate-mfa-device', 'detach-user-policy']),
      );
    },
  );

  test('deletes policies after who holds them, and groups after their members', () => {
    const order = commandsOf(buildPlan(incident)).map((argv) => argv.slice(1, 4).join(' '));
    const at = (text: string): number => {
      const index = order.findIndex((line) => line.startsWith(text));
      expect(index).toBeGreaterThanOrEqual(0);
      return index;
    };
    for (const { name } of users) {
      expect(at('delete-policy ')).toBeGreaterThan(at(`detach-user-policy --user-name ${name}`));
    }
    expect(at('delete-group ')).toBeGreaterThan(at('delete-user --user-name first'));
  });

  test('tells of each finding the steps, and of each step the findings', () => {
    const result = withPlan(incident);
    const ids = new Set(result.plan?.steps.map(({ id }) => id));
    for (const { fingerprint, planSteps } of result.findings) {
      expect(planSteps.length).toBeGreaterThan(0);
      expect(planSteps.every((id) => ids.has(id))).toBe(true);
      for (const step of result.plan?.steps ?? []) {
        expect(step.findings.includes(fingerprint)).toBe(planSteps.includes(step.id));
      }
    }
    const told = result.plan?.steps.flatMap(({ verifiedBy }) => verifiedBy) ?? [];
    expect(told.every((one) => one.check === 'leftover-admins/example')).toBe(true);
  });
});

describe('what a finding may cause', () => {
  const user = users[0] ?? buildUser();
  const stagesOf = (finding: ResultFinding) => [
    ...new Set(buildPlan(inputOf([finding], dependents)).steps.map(({ stage }) => stage)),
  ];

  test('deletes only what is attributed and of the intruder’s making', () => {
    expect(stagesOf(findingOn(user, 'eradicate'))).toContain('delete');
    for (const proof of ['explain', 'rotate', 'harden', 'restore', 'unprovedRestore'] as const) {
      expect(stagesOf(findingOn(user, proof))).not.toContain('delete');
    }
  });

  test('turns an eradication that nothing proves into a question', () => {
    for (const weaker of [{ attribution: 'in-window' }, { signals: [] }] as const) {
      const finding: ResultFinding = { ...findingOn(user, 'eradicate'), ...weaker, signals: [] };
      expect(isProvedMade(finding)).toBe(false);
      const plan = buildPlan(inputOf([finding], dependents));
      expect(plan.questions).toMatchObject([{ arn: user.arn, findings: [finding.fingerprint] }]);
      expect(plan.steps.every(({ stage, reversible }) => stage === 'preserve' || reversible)).toBe(true);
      expect(plan.steps.map(({ stage }) => stage)).not.toContain('delete');
    }
  });

  test('freezes what nobody explains, apart from the batch, and asks its owner', () => {
    const plan = buildPlan(inputOf([findingOn(user, 'explain')], dependents));
    const contain = plan.steps.filter(({ stage }) => stage === 'contain');
    expect(contain.length).toBeGreaterThan(0);
    expect(contain.every(({ awaitsOwner, reversible }) => awaitsOwner === true && reversible)).toBe(true);
    expect(plan.questions[0]?.question).toContain('while the intruder was in');
    const both = buildPlan(inputOf([findingOn(user, 'explain'), findingOn(user, 'eradicate')], dependents));
    const deny = both.steps.find(({ id }) => id === contain[0]?.id);
    expect(deny).toMatchObject({ stage: 'contain' });
    expect(deny?.awaitsOwner).toBeUndefined();
  });

  test('files one ticket per check for what is merely weak', () => {
    const findings = users.map((one) => findingOn(one, 'harden'));
    const plan = buildPlan(inputOf(findings, dependents));
    expect(plan.steps).toMatchObject([{ stage: 'harden', action: 'ticket', cautions: ['Save it first.'] }]);
    expect(plan.steps[0]?.findings).toEqual(findings.map(({ fingerprint }) => fingerprint).sort());
    expect(plan.steps[0]?.manual).toContain('user/second');
  });

  test('leaves accepted findings alone and says so', () => {
    const exception = {
      reason: 'vendor',
      approvedBy: 'security@example.com',
      expires: '2027-01-01T00:00:00Z',
    };
    for (const proof of ['eradicate', 'explain', 'harden'] as const) {
      const finding = findingOn(user, proof, { exception });
      const plan = buildPlan(inputOf([finding], dependents));
      expect(plan).toMatchObject({ steps: [], questions: [] });
      expect(plan.unplanned).toEqual([
        {
          fingerprint: finding.fingerprint,
          why: 'accepted by security@example.com until 2027-01-01T00:00:00Z: vendor',
        },
      ]);
    }
  });

  test('says why nothing is planned', () => {
    const odd = { arn: 'arn:aws:x:us-east-1:111122223333:thing', type: 'odd-thing', name: 'thing' };
    const plain = buildCheck({ id: 'leftover-admins/example' });
    const input = inputOf([
      findingAt(odd, 'eradicate'),
      findingAt(odd, 'explain'),
      findingAt(odd, 'restore'),
    ]);
    const plan = buildPlan({ ...input, result: { ...input.result, checks: [plain] } });
    expect(plan.steps).toEqual([]);
    expect(plan.unplanned.map(({ why }) => why).sort()).toEqual([
      'no action is known for a finding of leftover-admins/example on a odd-thing',
      'no action is known for a finding of leftover-admins/example on a odd-thing',
      'nothing of it can be frozen and given back: its owner is asked',
    ]);
  });

  test('gives a thing of the lineage what its type needs', () => {
    const finding = findingOn(user, 'eradicate', { check: 'lineage/unreported-resource' });
    expect(chooseActions(finding, null)).toEqual(['principal.contain', 'session.revoke', 'user.delete']);
  });

  test('never ends or restores against the decision', () => {
    const all = buildCheck({ id: 'x', remediation: { actions: [...actionIds], why: '', cautions: [] } });
    const effects = (proof: keyof typeof proofs) => [
      ...new Set(chooseActions(findingOn(user, proof), all).map((action) => actionEffects[action])),
    ];
    expect(effects('eradicate').sort()).toEqual(['contain', 'remove']);
    expect(effects('explain')).toEqual(['contain']);
    expect(effects('rotate').sort()).toEqual(['contain', 'rotate']);
    expect(effects('restore').sort()).toEqual(['improve', 'restore']);
    expect(effects('harden')).toEqual([]);
  });
});

describe('the incident’s own credentials', () => {
  const user = users[0] ?? buildUser();
  const plan = (compromised: {
    readonly accessKeyIds: readonly string[];
    readonly principals: readonly string[];
  }) => {
    const { incident: named, trace } = buildInput({ compromised });
    return buildPlan(inputOf([], dependents, { incident: named, trace }));
  };

  test('are contained and rotated though no finding names them', () => {
    const { steps } = plan({ accessKeyIds: ['AKIAEXAMPLE0A'], principals: [] });
    const titles = steps.map(({ stage, action }) => `${stage} ${action}`);
    expect(titles).toEqual(
      expect.arrayContaining([
        'contain principal.contain',
        'contain access-key.deactivate',
        'recover access-key.rotate',
      ]),
    );
    expect(steps.every(({ findings }) => findings.length === 0)).toBe(true);
    expect(steps.map(({ stage }) => stage)).not.toContain('delete');
    expect(JSON.stringify(steps.filter(({ action }) => action.startsWith('access-key')))).not.toContain(
      'AKIAEXAMPLE0B',
    );
  });

  test('are found by user, role and session', () => {
    expect(plan({ accessKeyIds: [], principals: [user.arn] }).steps.length).toBeGreaterThan(2);
    const session = `arn:aws:sts::111122223333:assumed-role/${role.name}/somebody`;
    const targets = plan({ accessKeyIds: [], principals: [session] }).steps.map(({ target }) => target.arn);
    expect(targets).toContain(role.arn);
  });

  test('that the evidence does not show are a step by hand', () => {
    const { steps } = plan({ accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'], principals: [] });
    expect(steps).toMatchObject([{ stage: 'contain', commands: [], accountId: null }]);
    expect(steps[0]?.manual).toContain('AKIAIOSFODNN7EXAMPLE');
  });

  test('and what they read is changed', () => {
    const { trace } = buildInput({ priorStates: [], lineage: { nodes: [], edges: [], events: [] } });
    const arn = 'arn:aws:secretsmanager:eu-west-1:444455556666:secret:db';
    const rotation = [{ arn, type: 'secret' as const, why: 'the secret was read', eventIds: ['e1'] }];
    const read = trace === null ? null : { ...trace, rotation };
    expect(buildPlan(inputOf([], [], { trace: read })).steps).toMatchObject([
      { stage: 'recover', action: 'secret.rotate', accountId: '444455556666', region: 'eu-west-1' },
    ]);
  });
});

describe('planners that contradict each other', () => {
  const draft = (fields: Partial<StepDraft>): StepDraft => ({
    key: 'one',
    after: [],
    stage: 'contain',
    action: 'principal.contain',
    title: 'One',
    why: 'Because.',
    target: { arn: 'a', uniqueId: null, type: 'x', name: 'a' },
    accountId: '111122223333',
    region: null,
    preconditions: [],
    commands: [{ argv: ['iam', 'x'] }],
    manual: null,
    confirm: [],
    permissions: [],
    cautions: [],
    reversible: true,
    undo: [],
    notBefore: null,
    ...fields,
  });
  const planWith = (...drafts: readonly StepDraft[]) => {
    const planner: ActionPlanner = () => drafts;
    return () =>
      buildPlan(inputOf([findingOn(users[0] ?? buildUser(), 'eradicate')]), { 'user.delete': planner });
  };

  test('are a bug that is told', () => {
    expect(planWith(draft({}), draft({ commands: [{ argv: ['iam', 'y'] }] }))).toThrow(
      /one do different things/,
    );
    expect(planWith(draft({}), draft({ key: 'two', after: ['one'] }))).toThrow(/containment is one batch/);
    expect(planWith(draft({ after: ['two'] }), draft({ key: 'two', stage: 'delete' }))).toThrow(
      /later stage/,
    );
    expect(
      planWith(
        draft({ stage: 'delete', after: ['two'] }),
        draft({ key: 'two', stage: 'delete', after: ['one'] }),
      ),
    ).toThrow(/circle/);
  });

  test('but say more of one step together', () => {
    const { steps } = planWith(
      draft({ cautions: ['b'], why: 'First.', permissions: ['iam:X'], notBefore: '2026-11-04T00:00:00Z' }),
      draft({ cautions: ['a'], why: 'Second.', permissions: ['iam:Y'], notBefore: null }),
    )();
    expect(steps).toMatchObject([
      {
        cautions: ['a', 'b'],
        why: 'First. Second.',
        permissions: ['iam:X', 'iam:Y'],
        notBefore: '2026-11-04T00:00:00Z',
      },
    ]);
  });
});

test('every action has a planner', () => {
  expect(Object.keys(actionPlanners).sort()).toEqual([...actionIds].sort());
});
