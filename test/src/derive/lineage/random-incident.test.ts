import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import {
  account,
  assumeRole,
  type Caller,
  call,
  functionCaller,
  leakedKey,
  roleCaller,
  serviceCaller,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

type StepKind = 'user' | 'key' | 'role' | 'assume' | 'function' | 'bucket' | 'delete' | 'denied' | 'innocent';

interface Step {
  readonly kind: StepKind;
  /** Which of the actors so far acts, and which thing so far is acted on. */
  readonly actor: number;
  readonly target: number;
}

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<StepKind>(
    'user',
    'key',
    'role',
    'assume',
    'function',
    'bucket',
    'delete',
    'denied',
    'innocent',
  ),
  actor: fc.nat(1000),
  target: fc.nat(1000),
});

interface Actor {
  readonly node: string;
  readonly caller: Caller;
}

interface Generated {
  readonly events: readonly TrailEvent[];
  readonly edges: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
  readonly innocent: ReadonlySet<string>;
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list.length === 0 ? undefined : list[index % list.length];
}

/** Grows a graph by the steps and writes the events that such an incident leaves. */
class Incident {
  readonly events: TrailEvent[] = [];
  readonly edges = new Set<string>();
  readonly deleted = new Set<string>();
  readonly innocent = new Set<string>();
  readonly #actors: Actor[] = [{ node: leakedKey, caller: userCaller('deploy', leakedKey) }];
  readonly #users: string[] = [];
  readonly #roles: { readonly name: string; alive: boolean }[] = [];
  #serial = 0;

  apply(step: Step): void {
    this.#serial += 1;
    // Several steps share a second.
    const seconds = Math.floor(this.#serial / 3);
    const at = new Date(Date.UTC(2026, 10, 3, 9, 0, seconds)).toISOString().replace('.000', '');
    const actor = pick(this.#actors, step.actor);
    if (actor !== undefined) {
      this.#steps[step.kind](at, actor, step.target);
    }
  }

  readonly #steps: Readonly<Record<StepKind, (at: string, actor: Actor, target: number) => void>> = {
    user: (at, { node, caller }) => {
      const name = `user-${this.#serial}`;
      const arn = `arn:aws:iam::${account}:user/${name}`;
      this.#write(at, caller, 'iam:CreateUser', { userName: name }, { user: { userName: name, arn } });
      this.edges.add(`${node} created done ${arn}`);
      this.#users.push(name);
    },
    key: (at, { node, caller }, target) => {
      const name = pick(this.#users, target);
      if (name !== undefined) {
        const id = `AKIAGENERATED${String(this.#serial).padStart(7, '0')}`;
        this.#write(
          at,
          caller,
          'iam:CreateAccessKey',
          { userName: name },
          { accessKey: { userName: name, accessKeyId: id } },
        );
        this.edges.add(`${node} issued done ${id}`);
        this.edges.add(`${node} changed done arn:aws:iam::${account}:user/${name}`);
        this.#actors.push({ node: id, caller: userCaller(name, id) });
      }
    },
    role: (at, { node, caller }) => {
      const name = `role-${this.#serial}`;
      const arn = `arn:aws:iam::${account}:role/${name}`;
      this.#write(
        at,
        caller,
        'iam:CreateRole',
        { roleName: name, assumeRolePolicyDocument: '{}' },
        { role: { roleName: name, arn } },
      );
      this.edges.add(`${node} created done ${arn}`);
      this.#roles.push({ name, alive: true });
    },
    assume: (at, { node, caller }, target) => {
      const role = target % 2 === 0 ? 'Shared' : (pick(this.#roles, target)?.name ?? 'Shared');
      const id = `ASIAGENERATED${String(this.#serial).padStart(7, '0')}`;
      this.events.push(assumeRole(at, caller, role, 'session', id));
      this.edges.add(`${node} assumed done ${id}`);
      this.#actors.push({ node: id, caller: roleCaller(role, 'session', id, { createdAt: at }) });
    },
    function: (at, { node, caller }, target) => {
      const role = pick(this.#roles, target)?.name ?? 'LambdaExecutionRole';
      const name = `function-${this.#serial}`;
      const arn = `arn:aws:lambda:us-east-1:${account}:function:${name}`;
      const roleArn = `arn:aws:iam::${account}:role/${role}`;
      const session = `arn:aws:sts::${account}:assumed-role/${role}/${name}`;
      const id = `ASIAFUNCTIONS${String(this.#serial).padStart(7, '0')}`;
      this.#write(
        at,
        caller,
        'lambda:CreateFunction20150331',
        { functionName: name, role: roleArn },
        { functionArn: arn, role: roleArn },
      );
      this.#write(
        at,
        serviceCaller('lambda.amazonaws.com'),
        'sts:AssumeRole',
        { roleArn, roleSessionName: name },
        { credentials: { accessKeyId: id }, assumedRoleUser: { arn: session } },
      );
      this.edges.add(`${node} created done ${arn}`);
      this.edges.add(`${arn} assumed done ${session}`);
      this.#actors.push({ node: session, caller: functionCaller(role, name, id) });
    },
    bucket: (at, { node, caller }) => {
      const name = `bucket-${this.#serial}`;
      this.#write(at, caller, 's3:CreateBucket', { bucketName: name }, null);
      this.edges.add(`${node} created done arn:aws:s3:::${name}`);
    },
    delete: (at, { node, caller }, target) => {
      const role = pick(this.#roles, target);
      if (role?.alive === true) {
        const arn = `arn:aws:iam::${account}:role/${role.name}`;
        this.#write(at, caller, 'iam:DeleteRole', { roleName: role.name }, null);
        this.edges.add(`${node} deleted done ${arn}`);
        this.deleted.add(arn);
        role.alive = false;
      }
    },
    denied: (at, { node, caller }) => {
      const name = `refused-${this.#serial}`;
      this.events.push(
        call({
          at,
          by: caller,
          action: 'iam:CreateUser',
          request: { userName: name },
          error: 'AccessDenied',
        }),
      );
      this.edges.add(`${node} created attempted arn:aws:iam::${account}:user/${name}`);
    },
    innocent: (at) => {
      const id = `ASIAINNOCENT0${String(this.#serial).padStart(7, '0')}`;
      const alice = userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: '203.0.113.77' });
      this.events.push(assumeRole(at, alice, 'Shared', 'session', id));
      const session = roleCaller('Shared', 'session', id, { createdAt: at, ip: '203.0.113.77' });
      this.#write(at, session, 's3:CreateBucket', { bucketName: `own-${this.#serial}` }, null);
      this.innocent.add(`arn:aws:s3:::own-${this.#serial}`).add(id);
    },
  };

  #write(
    at: string,
    by: Caller,
    action: string,
    request: Record<string, unknown>,
    response: Record<string, unknown> | null,
  ): void {
    this.events.push(call({ at, by, action, request, response }));
  }
}

function generated(steps: readonly Step[]): Generated {
  const incident = new Incident();
  for (const step of steps) {
    incident.apply(step);
  }
  return incident;
}

/** Shuffled by random weights, some records twice. */
function scattered(events: readonly TrailEvent[], weights: readonly number[]): readonly TrailEvent[] {
  const weightOf = (index: number): number => weights[index % Math.max(weights.length, 1)] ?? index;
  const twice = events.filter((_, index) => weightOf(index) % 3 === 0);
  return [...events, ...twice]
    .map((event, index) => ({ event, weight: weightOf(index) * 7919 + ((index * 31) % 97) }))
    .sort((left, right) => left.weight - right.weight)
    .map(({ event }, index) => ({ ...event, origin: { file: `part-${index % 4}.json`, index } }));
}

describe('a random incident', () => {
  test('the lineage found is the graph that was generated, however its events are scattered', () => {
    fc.assert(
      fc.property(
        fc.array(stepArbitrary, { maxLength: 40 }),
        fc.array(fc.nat(10_000), { minLength: 1, maxLength: 60 }),
        (steps, weights) => {
          const { events, edges, deleted, innocent } = generated(steps);
          const { lineage } = trace(scattered(events, weights), incidentOf([leakedKey]));
          const found = lineage.edges.filter(({ relation }) => relation !== 'linked');
          expect(
            new Set(found.map(({ from, to, relation, outcome }) => `${from} ${relation} ${outcome} ${to}`)),
          ).toEqual(edges);
          expect(new Set(lineage.nodes.filter((node) => node.deleted).map(({ id }) => id))).toEqual(deleted);
          expect(lineage.nodes.filter(({ id, standing }) => innocent.has(id) && standing !== 'lead')).toEqual(
            [],
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
