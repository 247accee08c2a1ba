import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conditionContext, unknownContext, withPossibilities } from '../../../src/iam/condition-context.ts';
import { operatorNames, splitOperator } from '../../../src/iam/condition-operators.ts';
import { type ConditionOutcome, evaluateConditions, undecidedKeys } from '../../../src/iam/conditions.ts';
import type { Condition } from '../../../src/model/policy-document.ts';

const condition = (operator: string, key: string, ...values: readonly string[]): Condition => ({
  ...splitOperator(operator),
  key,
  values,
});

const known = conditionContext({
  'aws:PrincipalAccount': '111122223333',
  'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/ci/deploy',
  'aws:SourceIp': '198.51.100.7',
  'aws:CurrentTime': '2026-11-21T00:00:00Z',
  'aws:MultiFactorAuthAge': '300',
  'aws:SecureTransport': 'true',
  'aws:TagKeys': ['team', 'owner'],
  'aws:PrincipalOrgID': null,
  'aws:username': 'alice',
  'aws:VpcSourceIp': '2001:db8::7',
});

const cases: readonly (readonly [string, string, readonly string[], ConditionOutcome])[] = [
  ['StringEquals', 'AWS:principalaccount', ['444455556666', '111122223333'], 'met'],
  ['StringEquals', 'aws:PrincipalAccount', ['444455556666'], 'not-met'],
  ['StringNotEquals', 'aws:PrincipalAccount', ['444455556666'], 'met'],
  ['StringNotEquals', 'aws:PrincipalAccount', ['444455556666', '111122223333'], 'not-met'],
  ['StringEquals', 'aws:username', ['ALICE'], 'not-met'],
  ['StringEqualsIgnoreCase', 'aws:username', ['ALICE'], 'met'],
  ['StringNotEqualsIgnoreCase', 'aws:username', ['ALICE'], 'not-met'],
  ['StringLike', 'aws:username', ['al*'], 'met'],
  ['StringLike', 'aws:username', ['al?'], 'not-met'],
  ['StringNotLike', 'aws:username', ['bob*'], 'met'],
  ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/*'], 'met'],
  ['ArnEquals', 'aws:PrincipalArn', ['arn:*:iam::111122223333:role/ci/*'], 'met'],
  ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam:*:role/ci/deploy'], 'conditional'],
  ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam:*:*:user/*'], 'not-met'],
  ['ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/break-glass'], 'met'],
  ['ArnNotEquals', 'aws:PrincipalArn', ['*'], 'not-met'],
  ['IpAddress', 'aws:SourceIp', ['198.51.100.0/24'], 'met'],
  ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:db8::/32'], 'not-met'],
  ['NotIpAddress', 'aws:SourceIp', ['203.0.113.0/24'], 'met'],
  ['IpAddress', 'aws:VpcSourceIp', ['2001:db8::/32'], 'met'],
  ['IpAddress', 'aws:SourceIp', ['not an address'], 'conditional'],
  ['IpAddress', 'aws:SourceIp', ['198.51.100.0/99'], 'conditional'],
  ['DateLessThan', 'aws:CurrentTime', ['2020-01-01T00:00:00Z'], 'not-met'],
  ['DateGreaterThan', 'aws:CurrentTime', ['2020-01-01T00:00:00Z'], 'met'],
  ['DateGreaterThanEquals', 'aws:CurrentTime', ['2026-11-21T00:00:00Z'], 'met'],
  ['DateLessThanEquals', 'aws:CurrentTime', ['1577836800'], 'not-met'],
  ['DateEquals', 'aws:CurrentTime', ['2026-11-21T00:00:00Z'], 'met'],
  ['DateNotEquals', 'aws:CurrentTime', ['2026-11-21T00:00:00Z'], 'not-met'],
  ['DateLessThan', 'aws:CurrentTime', ['some day'], 'conditional'],
  ['NumericLessThan', 'aws:MultiFactorAuthAge', ['3600'], 'met'],
  ['NumericGreaterThan', 'aws:MultiFactorAuthAge', ['3600'], 'not-met'],
  ['NumericLessThanEquals', 'aws:MultiFactorAuthAge', ['300'], 'met'],
  ['NumericGreaterThanEquals', 'aws:MultiFactorAuthAge', ['300'], 'met'],
  ['NumericEquals', 'aws:MultiFactorAuthAge', ['300'], 'met'],
  ['NumericNotEquals', 'aws:MultiFactorAuthAge', ['300'], 'not-met'],
  ['NumericLessThan', 'aws:MultiFactorAuthAge', ['an hour'], 'conditional'],
  ['Bool', 'aws:SecureTransport', ['true'], 'met'],
  ['Bool', 'aws:SecureTransport', ['FALSE'], 'not-met'],
  ['Bool', 'aws:SecureTransport', ['yes'], 'conditional'],
  ['BinaryEquals', 'aws:username', ['alice'], 'met'],
  ['Null', 'aws:PrincipalOrgID', ['true'], 'met'],
  ['Null', 'aws:PrincipalOrgID', ['false'], 'not-met'],
  ['Null', 'aws:username', ['false'], 'met'],
  ['Null', 'aws:username', ['maybe'], 'conditional'],
  ['StringEquals', 'aws:PrincipalOrgID', ['o-a'], 'not-met'],
  ['StringEqualsIfExists', 'aws:PrincipalOrgID', ['o-a'], 'met'],
  ['StringNotEquals', 'aws:PrincipalOrgID', ['o-a'], 'met'],
  ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', ['o-a'], 'met'],
  ['ForAllValues:StringEquals', 'aws:PrincipalOrgID', ['o-a'], 'met'],
  ['ForAnyValue:StringEquals', 'aws:PrincipalOrgID', ['o-a'], 'not-met'],
  ['ForAnyValue:StringNotEquals', 'aws:PrincipalOrgID', ['o-a'], 'not-met'],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'owner', 'cost'], 'met'],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team'], 'not-met'],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team'], 'met'],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['cost'], 'not-met'],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['cost'], 'met'],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['team'], 'met'],
  ['StringEquals', 'aws:TagKeys', ['team'], 'conditional'],
  ['StringEquals', 'aws:username', [`\${aws:username}`], 'met'],
  ['StringEquals', 'aws:username', [`\${aws:PrincipalTag/owner}`], 'conditional'],
  ['StringEquals', 'aws:username', [`\${aws:PrincipalTag/owner}`, 'alice'], 'met'],
  ['StringNotEquals', 'aws:username', [`\${aws:PrincipalTag/owner}`], 'conditional'],
  ['StringEquals', 'aws:username', [`\${aws:PrincipalOrgID}`], 'not-met'],
  ['StringEquals', 'aws:username', [], 'not-met'],
  ['SoundsLike', 'aws:username', ['alice'], 'conditional'],
  ['ForSomeValues:StringEquals', 'aws:username', ['alice'], 'conditional'],
  ['StringEquals', 'aws:MultiFactorAuthPresent', ['true'], 'conditional'],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', ['true'], 'conditional'],
  ['Null', 'aws:MultiFactorAuthPresent', ['true'], 'conditional'],
];

describe('evaluateConditions', () => {
  test.each(cases)('%s %s %j is %s', (operator, key, values, expected) => {
    expect(evaluateConditions([condition(operator, key, ...values)], known)).toBe(expected);
  });

  test('every operator stands in the table', () => {
    const used = new Set(cases.map(([operator]) => splitOperator(operator).operator));
    expect(operatorNames.filter((name) => !used.has(name))).toEqual([]);
  });

  test('all must hold; one that fails outweighs one that is unknown', () => {
    const unknown = condition('Bool', 'aws:MultiFactorAuthPresent', 'true');
    const met = condition('StringEquals', 'aws:username', 'alice');
    const failed = condition('StringEquals', 'aws:username', 'bob');
    expect(evaluateConditions([], known)).toBe('met');
    expect(evaluateConditions([met, unknown], known)).toBe('conditional');
    expect(evaluateConditions([unknown, failed], known)).toBe('not-met');
    expect(undecidedKeys([met, unknown, failed], known)).toEqual(['aws:multifactorauthpresent']);
  });

  test('one of several possibilities', () => {
    const context = withPossibilities(unknownContext, 'aws:TokenIssueTime', [null, '2026-11-21T00:00:00Z']);
    const issuedBefore = (time: string) => [condition('DateLessThan', 'aws:TokenIssueTime', time)];
    expect(evaluateConditions(issuedBefore('2020-01-01T00:00:00Z'), context)).toBe('not-met');
    expect(evaluateConditions(issuedBefore('2030-01-01T00:00:00Z'), context)).toBe('conditional');
  });

  test('variables are plain text in documents of 2008', () => {
    const own = [condition('StringEquals', 'aws:username', `\${aws:username}`)];
    expect(evaluateConditions(own, known, false)).toBe('not-met');
  });

  test('an unknown key, operator or variable is never met', () => {
    const anyText = fc.string();
    fc.assert(
      fc.property(
        fc.constantFrom(...operatorNames, 'Unheard'),
        fc.constantFrom('', 'ForAnyValue:', 'ForAllValues:'),
        fc.constantFrom('', 'IfExists'),
        anyText,
        fc.array(anyText),
        (operator, qualifier, suffix, key, values) => {
          const one = condition(`${qualifier}${operator}${suffix}`, key, ...values);
          expect(evaluateConditions([one], unknownContext)).toBe('conditional');
        },
      ),
    );
  });
});
