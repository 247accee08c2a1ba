import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type ActionId, actionIds } from '../../../../src/model/action-id.ts';
import type { ResultCheck, ResultFinding } from '../../../../src/model/audit-result.ts';
import type { AnyCheck } from '../../../../src/model/check.ts';
import { type PlanStep, planStages } from '../../../../src/model/plan.ts';
import { actionPlanners } from '../../../../src/plan/actions/index.ts';
import { buildPlan } from '../../../../src/plan/build-plan.ts';
import { buildCheck } from '../../../support/result-builder.ts';
import {
  buildInput,
  buildLineage,
  buildNode,
  buildRole,
  findingAt,
  management,
  member,
  type proofs,
} from './identity-fixture.ts';
import {
  buildFunction,
  buildHttpApi,
  buildRestApi,
  functionArn,
  organizationAccountArn,
  permission,
  region,
} from './workload-fixture.ts';

const checksFolder = new URL('../../../../checks/', import.meta.url);

async function checksOf(domain: string): Promise<readonly AnyCheck[]> {
  const folder = new URL(`${domain}/`, checksFolder);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const checks: AnyCheck[] = [];
  for (const file of files.toSorted()) {
    const module: { readonly default: AnyCheck } = await import(new URL(file, folder).pathname);
    checks.push(module.default);
  }
  return checks;
}

const arn = functionArn('collector');
const made = buildFunction({
  urlQualifiers: [null],
  permissions: [
    permission('open', { Principal: '*' }),
    permission('api', {
      Principal: { Service: 'apigateway.amazonaws.com' },
      Condition: {
        ArnLike: { 'AWS:SourceArn': `arn:aws:execute-api:${region}:${member}:a1b2c3d4e5/*` },
      },
    }),
  ],
  eventSourceMappings: [{ id: 'm-1', state: 'Enabled' }],
  layerArns: ['arn:aws:lambda:eu-central-1:777788889999:layer:x:1'],
});
const other = buildFunction({
  name: 'billing',
  roleArn: `arn:aws:iam::${member}:role/billing`,
  urlQualifiers: [null],
});
const dependents = [
  made,
  other,
  buildRole({ name: 'worker', accountId: member, trustedServices: ['lambda.amazonaws.com'] }),
  buildRestApi({ mappings: [{ domainName: 'api.example.com', path: '', stage: 'prod' }] }),
  buildHttpApi(),
];
const organization = `arn:aws:organizations::${management}`;
const subjects = {
  endpoints: [
    { arn, type: 'lambda-function', name: 'collector' },
    { arn: other.arn, type: 'lambda-function', name: 'billing' },
    { arn: functionArn('unseen'), type: 'lambda-function', name: 'unseen' },
    { arn: `${arn}/url`, type: 'function-url', name: 'collector' },
    { arn: `${other.arn}/url`, type: 'function-url', name: 'billing' },
    ...dependents
      .filter((one) => 'apiId' in one)
      .map((one) => ({ arn: one.arn, type: one.type, name: one.name, accountId: member, region })),
    { arn: `arn:aws:lambda:${region}:${member}:layer:x`, type: 'lambda-layer', name: 'x' },
  ],
  eyes: [
    { arn: `arn:aws:cloudtrail:${region}:${management}:trail/main`, type: 'trail', name: 'main' },
    { arn: `arn:aws:iam::${member}:root`, type: 'account', name: member },
    {
      arn: `arn:aws:access-analyzer:${region}:${management}:analyzer/organization`,
      type: 'analyzer',
      name: 'organization',
    },
    { arn: `arn:aws:account::${member}:region/${region}`, type: 'region', name: region },
  ],
  organization: [
    { arn: 'sso.amazonaws.com', type: 'trusted-service', name: 'sso.amazonaws.com', accountId: management },
    { arn: 'iam.amazonaws.com', type: 'trusted-service', name: 'iam.amazonaws.com', accountId: management },
    {
      arn: `${organizationAccountArn(member)}/delegated-administrator`,
      uniqueId: member,
      type: 'delegated-administrator',
      name: 'security',
    },
    {
      arn: `${organization}:policy/o-example1111/service_control_policy/p-example1`,
      uniqueId: 'p-example1',
      type: 'organization-policy',
      name: 'guard',
    },
    { arn: `${organization}:root/o-example1111/r-ab12`, type: 'organization-root', name: 'Root' },
    { arn: organizationAccountArn(member), uniqueId: member, type: 'organization-account', name: 'sandbox' },
    {
      arn: `${organization}:handshake/o-example1111/invite/h-1234567890`,
      uniqueId: 'h-1234567890',
      type: 'handshake',
      name: 'INVITE',
    },
    {
      arn: `${organization}:resourcepolicy/o-example1111/rp-1`,
      type: 'organization-resource-policy',
      name: 'resource policy',
    },
  ],
} as const;
type Domain = keyof typeof subjects;
const domains: readonly Domain[] = ['endpoints', 'eyes', 'organization'];
const everyProof: readonly (keyof typeof proofs)[] = [
  'eradicate',
  'restore',
  'unprovedRestore',
  'explain',
  'rotate',
  'harden',
];

const delegation = (servicePrincipal: string, deleted: boolean) =>
  buildNode({
    id: `${member}/delegated-administrator#${servicePrincipal}`,
    type: 'delegated-administrator',
    label: `${member} for ${servicePrincipal}`,
    arn: `${member}/delegated-administrator`,
    uniqueId: member,
    deleted,
    intruderMade: !deleted,
  });
const functionNode = buildNode({ id: other.arn, type: 'lambda-function' });
const lineage = buildLineage(
  [delegation('sso.amazonaws.com', false), delegation('guardduty.amazonaws.com', true), functionNode],
  [
    { to: [functionNode], action: 'lambda:UpdateFunctionCode' },
    { to: [functionNode], action: 'lambda:AddPermission', part: 'open' },
  ],
);

function asResultCheck({ meta }: AnyCheck): ResultCheck {
  return buildCheck({
    id: meta.id,
    kind: meta.kind,
    remediation: {
      actions: [...meta.remediation.actions],
      why: meta.remediation.why,
      cautions: [...(meta.remediation.cautions ?? [])],
    },
  });
}

function findingsOf(
  { meta }: AnyCheck,
  domain: Domain,
  given: readonly (keyof typeof proofs)[],
): readonly ResultFinding[] {
  return subjects[domain].flatMap((subject) =>
    given.flatMap((proof) =>
      Object.keys(meta.messages).map((messageId) =>
        findingAt(subject, proof, {
          check: meta.id,
          messageId,
          kind: meta.kind,
          fingerprint: `${meta.id} ${messageId} ${subject.arn} ${proof}`,
        }),
      ),
    ),
  );
}

async function planOf(domain: Domain, given: readonly (keyof typeof proofs)[]): Promise<readonly PlanStep[]> {
  const checks = await checksOf(domain);
  const findings = checks.flatMap((check) => findingsOf(check, domain, given));
  const input = buildInput({ findings, dependents, lineage });
  return buildPlan({ ...input, result: { ...input.result, checks: checks.map(asResultCheck) } }).steps;
}

const ending = /^(?:delete|remove|deregister|disable|cancel|decline)-/;

describe('plans of workloads and the organization', () => {
  test.each(domains)(
    '%s: every check, message, subject and decision together make one plan',
    async (domain) => {
      const steps = await planOf(domain, everyProof);
      expect(steps.length).toBeGreaterThan(10);
      const stages = steps.map(({ stage }) => planStages.indexOf(stage));
      expect(stages).toEqual(stages.toSorted((left, right) => left - right));
    },
  );

  test.each(domains)('%s: each check with each proof alone makes a plan', async (domain) => {
    for (const proof of everyProof) {
      await expect(planOf(domain, [proof])).resolves.toBeDefined();
    }
  });

  test.each(domains)('%s: nothing is ended unless events prove that the intruder made it', async (domain) => {
    const steps = await planOf(domain, ['unprovedRestore', 'explain', 'harden']);
    const ended = steps.flatMap(({ stage, commands }) =>
      stage === 'release' ? [] : commands.map(({ argv }) => argv[1] ?? '').filter((one) => ending.test(one)),
    );
    expect(ended).toEqual([]);
  });

  test.each(domains)('%s: every command has a region where its service has regions', async (domain) => {
    const regional = new Set([
      'lambda',
      'apigateway',
      'apigatewayv2',
      'cloudtrail',
      'accessanalyzer',
      'events',
    ]);
    const steps = await planOf(domain, everyProof);
    for (const step of steps) {
      for (const command of [...step.commands, ...step.undo, ...step.preconditions, ...step.confirm]) {
        if (regional.has(command.argv[0] ?? '')) {
          expect([step.title, command.region ?? step.region]).toEqual([step.title, expect.any(String)]);
        }
        expect(step.accountId).toMatch(/^\d{12}$/);
      }
    }
  });

  test('every action of the catalogue has a planner', () => {
    const without = actionIds.filter((id: ActionId) => actionPlanners[id] === undefined);
    expect(without).toEqual([]);
  });
});
