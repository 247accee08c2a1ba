import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluateCheck } from '../../../src/engine/evaluate-check.ts';
import type { AnyCheck, CheckContext } from '../../../src/model/check.ts';
import type { EvidenceKey } from '../../../src/model/evidence-catalog.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { type Observation, observed } from '../../../src/model/observation.ts';
import { accountUnit } from '../../../src/model/scope.ts';

const unit = accountUnit('aws', '111122223333');
const context: CheckContext = {
  asOf: '2026-11-04T00:00:00.000Z',
  unit,
  partition: 'aws',
  organizationId: null,
  managementAccountId: null,
  organizationAccountIds: null,
  incident: null,
  baseline: null,
  options: {},
};
const gap: Gap = {
  reason: 'access-denied',
  operation: 'iam:ListUsers',
  unit,
  detail: 'refused',
  retryable: false,
};
const keys: readonly EvidenceKey[] = ['iam.access-keys', 'iam.login-profiles', 'iam.mfa-devices'];

interface World {
  readonly requires: readonly EvidenceKey[];
  readonly optional: readonly EvidenceKey[];
  readonly tolerates: readonly EvidenceKey[];
  readonly states: readonly ('complete' | 'partial' | 'missing')[];
  readonly findings: number;
  readonly throws: boolean;
  readonly manual: boolean;
}

const world: fc.Arbitrary<World> = fc.record({
  requires: fc.subarray([...keys], { minLength: 1 }),
  optional: fc.subarray([...keys]),
  tolerates: fc.subarray([...keys]),
  states: fc.array(fc.constantFrom('complete', 'partial', 'missing'), { minLength: 3, maxLength: 3 }),
  findings: fc.integer({ min: 0, max: 2 }),
  throws: fc.boolean(),
  manual: fc.boolean(),
});

function checkOf({ requires, optional, tolerates, findings, throws, manual }: World): AnyCheck {
  return {
    meta: {
      id: 'test/check',
      title: 'fine',
      failureTitle: 'not fine',
      description: 'for a test',
      kind: 'residue',
      severity: 'high',
      scope: 'account',
      requires,
      optional: optional.filter((key) => !requires.includes(key)),
      tolerates: tolerates.filter((key) => requires.includes(key)),
      population: 'things',
      messages: { found: 'found' },
      remediation: { actions: [], why: '', cautions: [] },
      techniques: [],
      frameworks: {},
      references: [],
      since: '0.1.0',
    },
    examined: () => 7,
    ...(manual ? { manual: { instructions: 'look' } } : {}),
    *evaluate() {
      if (throws) {
        throw new Error('a bug');
      }
      for (let index = 0; index < findings; index += 1) {
        yield {
          messageId: 'found',
          subject: { arn: `arn:${index}`, type: 'thing', name: 'thing' },
          data: {},
        };
      }
    },
  };
}

function lookupOf({ states }: World) {
  return (key: EvidenceKey): Observation<unknown> => {
    const state = states[keys.indexOf(key)] ?? 'missing';
    if (state === 'missing') {
      return { state, gaps: [gap] };
    }
    return observed([], state === 'partial' ? [gap] : [], '2026-11-04T00:00:00.000Z', []);
  };
}

function outcomeOf(given: World): string {
  return evaluateCheck(checkOf(given), context, lookupOf(given)).outcome;
}

const worse = { complete: 'partial', partial: 'missing', missing: 'missing' } as const;

describe('the engine rule', () => {
  test('a pass implies that every required fact was seen completely', () => {
    fc.assert(
      fc.property(world, (given) => {
        const result = evaluateCheck(checkOf(given), context, lookupOf(given));
        if (result.outcome === 'pass') {
          const states = given.requires.map((key) => lookupOf(given)(key).state);
          expect(states.every((state) => state === 'complete')).toBe(true);
          expect(given.findings).toBe(0);
          expect(result.examined).toBe(7);
        }
      }),
    );
  });

  test('a gap more never makes a pass', () => {
    fc.assert(
      fc.property(world, fc.nat(2), (given, index) => {
        const states = given.states.map((state, at) => (at === index ? worse[state] : state));
        if (outcomeOf(given) !== 'pass') {
          expect(outcomeOf({ ...given, states })).not.toBe('pass');
        }
      }),
    );
  });

  test('findings in tolerated partial evidence are kept together with the gaps', () => {
    const given: World = {
      requires: ['iam.access-keys'],
      optional: [],
      tolerates: ['iam.access-keys'],
      states: ['partial', 'complete', 'complete'],
      findings: 1,
      throws: false,
      manual: false,
    };
    const result = evaluateCheck(checkOf(given), context, lookupOf(given));
    expect(result).toMatchObject({ outcome: 'fail', gaps: [gap] });
    expect(outcomeOf({ ...given, findings: 0 })).toBe('unevaluated');
    expect(outcomeOf({ ...given, tolerates: [] })).toBe('unevaluated');
  });

  test('a missing required fact means that the check is not even called', () => {
    const given: World = {
      requires: ['iam.access-keys'],
      optional: [],
      tolerates: ['iam.access-keys'],
      states: ['missing', 'complete', 'complete'],
      findings: 0,
      throws: true,
      manual: false,
    };
    expect(outcomeOf(given)).toBe('unevaluated');
    expect(outcomeOf({ ...given, states: ['complete', 'complete', 'complete'] })).toBe('error');
  });

  test('an optional fact never gates', () => {
    fc.assert(
      fc.property(world, (given) => {
        const strict = { ...given, throws: false, optional: [] };
        expect(outcomeOf({ ...given, throws: false })).toBe(outcomeOf(strict));
      }),
    );
  });

  test('a manual check never passes by itself', () => {
    fc.assert(
      fc.property(world, (given) => {
        expect(outcomeOf({ ...given, manual: true })).not.toBe('pass');
      }),
    );
  });

  test('a manual check asks only where there is something to ask about, and only complete evidence can tell', () => {
    const given: World = {
      requires: ['iam.access-keys'],
      optional: [],
      tolerates: ['iam.access-keys'],
      states: ['complete', 'complete', 'complete'],
      findings: 0,
      throws: false,
      manual: false,
    };
    const outcome = (state: World['states'][number], findings: number, reason: string | null) =>
      evaluateCheck(
        { ...checkOf({ ...given, findings }), manual: { instructions: 'look', appliesTo: () => reason } },
        context,
        lookupOf({ ...given, states: [state] }),
      );
    expect(outcome('complete', 0, 'none exists')).toEqual({
      outcome: 'not-applicable',
      reason: 'none exists',
    });
    expect(outcome('complete', 0, null)).toMatchObject({ outcome: 'manual', instructions: 'look' });
    expect(outcome('partial', 0, 'none exists').outcome).toBe('unevaluated');
    expect(outcome('missing', 0, 'none exists').outcome).toBe('unevaluated');
    expect(outcome('complete', 1, 'none exists')).toMatchObject({ outcome: 'fail', instructions: 'look' });
  });

  test('an undeclared message is a bug, not a finding', () => {
    const given: World = {
      requires: ['iam.access-keys'],
      optional: [],
      tolerates: [],
      states: ['complete', 'complete', 'complete'],
      findings: 1,
      throws: false,
      manual: false,
    };
    const check = checkOf(given);
    const result = evaluateCheck(
      { ...check, meta: { ...check.meta, messages: {} } },
      context,
      lookupOf(given),
    );
    expect(result.outcome).toBe('error');
  });

  test('the check sees exactly what it declared, frozen', () => {
    const seen: unknown[] = [];
    const base = checkOf({
      requires: ['iam.access-keys'],
      optional: ['iam.mfa-devices'],
      tolerates: [],
      states: [],
      findings: 0,
      throws: false,
      manual: false,
    });
    const check: AnyCheck = {
      ...base,
      evaluate: (evidence) => {
        seen.push(Object.keys(evidence).sort(), Object.isFrozen(evidence), evidence['iam.mfa-devices']);
        return [];
      },
    };
    evaluateCheck(check, context, (key) =>
      key === 'iam.access-keys'
        ? observed([], [], '2026-11-04T00:00:00.000Z', [])
        : { state: 'missing', gaps: [gap] },
    );
    expect(seen).toEqual([['iam.access-keys', 'iam.mfa-devices'], true, null]);
  });

  test('an organization that nobody could see is not an organization that is not there', () => {
    const refused: Gap = { ...gap, operation: 'organizations:DescribeOrganization' };
    const base = checkOf({
      requires: ['iam.access-keys'],
      optional: [],
      tolerates: [],
      states: [],
      findings: 0,
      throws: false,
      manual: false,
    });
    const seen = () => observed([], [], '2026-11-04T00:00:00.000Z', []);
    const asksFirst: AnyCheck = {
      ...base,
      appliesTo: ({ managementAccountId }) => (managementAccountId === null ? 'no organization' : null),
    };
    const asksLater: AnyCheck = {
      ...base,
      evaluate: function* (_evidence, { organizationId }) {
        if (organizationId !== null) {
          yield { messageId: 'found', subject: { arn: 'arn:1', type: 'thing', name: 'thing' }, data: {} };
        }
      },
    };
    expect(evaluateCheck(asksFirst, context, seen).outcome).toBe('not-applicable');
    expect(evaluateCheck(asksLater, context, seen).outcome).toBe('pass');
    for (const check of [asksFirst, asksLater]) {
      expect(evaluateCheck(check, context, seen, [refused])).toEqual({
        outcome: 'unevaluated',
        gaps: [refused],
      });
    }
    expect(evaluateCheck(base, context, seen, [refused]).outcome).toBe('pass');
  });
});
