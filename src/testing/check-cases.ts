import { evaluateCheck } from '../engine/evaluate-check.ts';
import type { AnyCheck, Check, CheckContext, EvidenceOf } from '../model/check.ts';
import { type EvidenceKey, evidenceScopes } from '../model/evidence-catalog.ts';
import type { Gap } from '../model/gap.ts';
import { type Observation, observed } from '../model/observation.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit } from '../model/scope.ts';
import { deepFreeze, shuffled, stableText } from './case-tools.ts';

type CaseEvidence<Required extends EvidenceKey, Optional extends EvidenceKey> = Partial<
  EvidenceOf<Required, Optional>
>;

interface Case<Required extends EvidenceKey, Optional extends EvidenceKey> {
  readonly name: string;
  readonly evidence: CaseEvidence<Required, Optional>;
  readonly context?: Partial<CheckContext>;
}

export interface CheckCases<
  Required extends EvidenceKey,
  Optional extends EvidenceKey,
  MessageId extends string,
> {
  /** No sighting: the engine passes (or, for manual checks, asks). */
  readonly clean: readonly Case<Required, Optional>[];
  /** Exactly these sightings, in any order. */
  readonly failing: readonly (Case<Required, Optional> & {
    readonly sightings: readonly { readonly messageId: NoInfer<MessageId>; readonly arn: string }[];
  })[];
  readonly notApplicable?: readonly Case<Required, Optional>[];
}

export interface RunnableCase {
  readonly name: string;
  run(): void;
}

const asOf = '2026-11-04T00:00:00.000Z';

function defaultUnit(check: AnyCheck): ScopeUnit {
  switch (check.meta.scope) {
    case 'organization':
      return organizationUnit('aws');
    case 'account':
      return accountUnit('aws', '111122223333');
    case 'region':
      return regionUnit('aws', '111122223333', 'us-east-1');
    default:
      return check.meta.scope satisfies never;
  }
}

function contextFor(check: AnyCheck, overrides: Partial<CheckContext> = {}): CheckContext {
  const defaults = Object.entries(check.meta.options ?? {}).map(
    ([name, option]) => [name, option.default] as const,
  );
  return {
    asOf,
    unit: defaultUnit(check),
    partition: 'aws',
    organizationId: 'o-exampleorgid',
    managementAccountId: '111122223333',
    organizationAccountIds: new Set(['111122223333', '222233334444', '333344445555', '444455556666']),
    incident: null,
    baseline: null,
    ...overrides,
    options: { ...Object.fromEntries(defaults), ...overrides.options },
  };
}

function gapFor(check: AnyCheck, key: EvidenceKey): Gap {
  return {
    reason: 'access-denied',
    operation: key,
    unit: defaultUnit(check),
    detail: 'refused in a test',
    retryable: false,
  };
}

function lookupIn(check: AnyCheck, evidence: Readonly<Record<string, unknown>>) {
  return (key: EvidenceKey): Observation<unknown> => {
    if (Object.hasOwn(evidence, key)) {
      return observed(evidence[key], [], asOf, []);
    }
    return { state: 'missing', gaps: [gapFor(check, key)] };
  };
}

function outcomeOf(check: AnyCheck, subject: Case<EvidenceKey, EvidenceKey>) {
  return evaluateCheck(check, contextFor(check, subject.context), lookupIn(check, subject.evidence));
}

function assert(condition: boolean, message: string): asserts condition {
  if (!condition) {
    throw new Error(message);
  }
}

function sightingsOf(check: AnyCheck, subject: Case<EvidenceKey, EvidenceKey>): readonly string[] {
  const result = outcomeOf(check, subject);
  assert(
    result.outcome === 'fail',
    `${subject.name}: expected findings, got ${result.outcome} ${JSON.stringify(result).slice(0, 400)}`,
  );
  return result.sightings.map((sighting) => `${sighting.messageId} ${sighting.subject.arn}`).sort();
}

function assertPlaceholders(check: AnyCheck, subject: Case<EvidenceKey, EvidenceKey>): void {
  const result = outcomeOf(check, subject);
  assert(result.outcome === 'fail', `${subject.name}: expected findings`);
  for (const sighting of result.sightings) {
    const message = check.meta.messages[sighting.messageId];
    const text = typeof message === 'string' ? message : (message?.text ?? '');
    for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g)) {
      assert(
        Object.hasOwn(sighting.data, name),
        `${subject.name}: message ${sighting.messageId} lacks data ${name}`,
      );
    }
  }
}

function ownCases(
  check: AnyCheck,
  cases: CheckCases<EvidenceKey, EvidenceKey, string>,
): readonly RunnableCase[] {
  return [
    ...cases.clean.map((subject) => ({
      name: `clean: ${subject.name}`,
      run: () => {
        const result = outcomeOf(check, subject);
        const expected = check.manual === undefined ? 'pass' : 'manual';
        assert(
          result.outcome === expected,
          `expected ${expected}, got ${JSON.stringify(result).slice(0, 600)}`,
        );
      },
    })),
    ...cases.failing.map((subject) => ({
      name: `failing: ${subject.name}`,
      run: () => {
        const expected = subject.sightings.map((sighting) => `${sighting.messageId} ${sighting.arn}`).sort();
        const actual = sightingsOf(check, subject);
        assert(
          JSON.stringify(actual) === JSON.stringify(expected),
          `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`,
        );
        assertPlaceholders(check, subject);
      },
    })),
    ...(cases.notApplicable ?? []).map((subject) => ({
      name: `not applicable: ${subject.name}`,
      run: () => {
        const result = outcomeOf(check, subject);
        assert(result.outcome === 'not-applicable', `expected not-applicable, got ${result.outcome}`);
      },
    })),
  ];
}

function gatingCases(
  check: AnyCheck,
  applying: readonly Case<EvidenceKey, EvidenceKey>[],
): readonly RunnableCase[] {
  return check.meta.requires.flatMap((key) => [
    {
      name: `never passes without ${key}`,
      run: () => {
        for (const subject of applying) {
          const evidence = Object.fromEntries(
            Object.entries(subject.evidence).filter(([name]) => name !== key),
          );
          const result = outcomeOf(check, { ...subject, evidence });
          assert(result.outcome === 'unevaluated', `${subject.name}: got ${result.outcome} without ${key}`);
        }
      },
    },
    {
      name: `never passes on partial ${key}`,
      run: () => {
        for (const subject of applying) {
          const complete = lookupIn(check, subject.evidence);
          const result = evaluateCheck(check, contextFor(check, subject.context), (asked) =>
            asked === key && Object.hasOwn(subject.evidence, key)
              ? observed(Reflect.get(subject.evidence, key), [gapFor(check, key)], asOf, [])
              : complete(asked),
          );
          assert(
            result.outcome === 'unevaluated' || result.outcome === 'fail',
            `${subject.name}: got ${result.outcome} on partial ${key}`,
          );
        }
      },
    },
  ]);
}

function standardCases(
  check: AnyCheck,
  cases: CheckCases<EvidenceKey, EvidenceKey, string>,
): readonly RunnableCase[] {
  const ranks = { region: 0, account: 1, organization: 2 } as const;
  return [
    {
      name: 'asks only for evidence of its own or an enclosing scope',
      run: () => {
        for (const key of [...check.meta.requires, ...(check.meta.optional ?? [])]) {
          assert(
            ranks[evidenceScopes[key]] >= ranks[check.meta.scope],
            `${key} is narrower than ${check.meta.scope}`,
          );
        }
      },
    },
    {
      name: 'has a clean and a failing case and exercises every message',
      run: () => {
        const onlyAsks = check.manual !== undefined && Object.keys(check.meta.messages).length === 0;
        assert(cases.failing.length > 0 || onlyAsks, 'no failing case');
        assert(cases.clean.length > 0, 'no clean case');
        const seen = new Set(
          cases.failing.flatMap((subject) => subject.sightings.map(({ messageId }) => messageId)),
        );
        const unseen = Object.keys(check.meta.messages).filter((messageId) => !seen.has(messageId));
        assert(unseen.length === 0, `never yielded: ${unseen.join(', ')}`);
      },
    },
    {
      name: 'does not change its input',
      run: () => {
        for (const subject of [...cases.clean, ...cases.failing]) {
          const frozen = { ...subject, evidence: deepFreeze(structuredClone(subject.evidence)) };
          assert(outcomeOf(check, frozen).outcome !== 'error', `${subject.name}: fails on frozen evidence`);
        }
      },
    },
    {
      name: 'sees the same in shuffled evidence',
      run: () => {
        for (const subject of cases.failing) {
          const mixed = { ...subject, evidence: shuffled(subject.evidence) };
          assert(
            stableText(sightingsOf(check, mixed)) === stableText(sightingsOf(check, subject)),
            `${subject.name}: order of evidence matters`,
          );
        }
      },
    },
  ];
}

/**
 * A check's own cases plus those that every check must stand: it never passes without or with partial evidence,
 * exercises every message, fills every placeholder, leaves its input alone and does not depend on its order.
 * Register each with any test runner: `for (const one of checkCases(check, cases)) test(one.name, one.run);`
 * Authors of third-party checks import it as `checkTester` from `afterleak/testing`.
 */
export function checkCases<
  Required extends EvidenceKey,
  Optional extends EvidenceKey,
  MessageId extends string,
>(
  check: Check<Required, Optional, MessageId>,
  cases: CheckCases<Required, Optional, MessageId>,
): readonly RunnableCase[] {
  const any = toAnyCheck(check);
  return [
    ...ownCases(any, cases),
    ...gatingCases(any, [...cases.clean, ...cases.failing]),
    ...standardCases(any, cases),
  ];
}

function toAnyCheck(check: object): AnyCheck {
  if (isAnyCheck(check)) {
    return check;
  }
  throw new Error('a check needs meta, examined and evaluate');
}

function isAnyCheck(check: object): check is AnyCheck {
  return 'meta' in check && 'examined' in check && 'evaluate' in check;
}
