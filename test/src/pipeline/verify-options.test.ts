import { describe, expect, test } from '@jest/globals';
import { type GivenOptions, runOptionsSchema } from '../../../src/input/run-options.ts';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import type { Verification } from '../../../src/model/verification.ts';
import { verifyOptions } from '../../../src/pipeline/verify-scope.ts';
import { verifyVerdictOf } from '../../../src/pipeline/verify-verdict.ts';
import { buildFinding, buildGap } from '../../support/result-builder.ts';
import {
  account,
  check,
  earlier,
  log,
  plan,
  result,
  step,
  userFinding,
  verify,
} from '../verify/verify-cases.ts';

const member = '444455556666';
const catalogue = [check, 'eyes/narrowed-trail'];

function organization(
  fields: Partial<AuditResult['scope']>,
  coverage: Partial<AuditResult['coverage']> = {},
): AuditResult {
  const base = earlier();
  return {
    ...base,
    scope: { ...base.scope, accounts: [account, member], ofAccounts: 3, ...fields },
    coverage: { ...base.coverage, ...coverage },
  };
}

function options(was: AuditResult, given: GivenOptions = {}, quick = false) {
  return verifyOptions(runOptionsSchema.parse(given), was, catalogue, quick);
}

describe('the scope is the earlier run’s', () => {
  const left = { accountId: '777788889999', reason: 'excluded by --exclude-accounts' };

  test('the whole organization, what was left out stays so, what refused is tried again', () => {
    expect(options(organization({}, { notSwept: [left] }))).toMatchObject({
      org: true,
      excludeAccounts: ['777788889999'],
      regions: ['us-east-1'],
      checks: [check],
    });
    const refused = [buildGap({ operation: 'sts:AssumeRole', unit: '777788889999' })];
    expect(options(organization({}, { notSwept: [left], gaps: refused }))).toMatchObject({
      org: true,
      excludeAccounts: [],
    });
  });

  test('some accounts, one account', () => {
    expect(options(organization({}))).toMatchObject({ org: false, accounts: [account, member] });
    expect(options(organization({ accounts: [account] }))).toMatchObject({ org: false, accounts: [] });
  });

  test('unless the options say otherwise', () => {
    const given = { accounts: [member], regions: ['eu-west-1'], checks: ['eyes/narrowed-trail'] };
    expect(options(organization({}), given)).toMatchObject(given);
  });

  test('the whole catalogue stays whole; a result of other checks is an error', () => {
    expect(verifyOptions(runOptionsSchema.parse({}), earlier(), [check], false).checks).toEqual([]);
    expect(() => verifyOptions(runOptionsSchema.parse({}), earlier(), ['other/check'], false)).toThrow(
      /ran no check/,
    );
  });

  test('--quick: the checks, accounts and regions that the plan touched, and no trail', () => {
    const was = organization({ regions: ['us-east-1', 'eu-west-1'] });
    const targeted = { ...was, plan: plan([step({ region: 'eu-west-1' })]) };
    expect(options(targeted, {}, true)).toMatchObject({
      checks: [check],
      accounts: [account],
      regions: ['eu-west-1'],
      trail: ['none'],
      org: false,
    });
    expect(() => options({ ...was, plan: null }, {}, true)).toThrow(/no plan/);
    const hardening = { ...was, plan: plan([step({ stage: 'harden', phase: 'harden' })]) };
    expect(() => options(hardening, {}, true)).toThrow(/no plan/);
  });
});

describe('the exit code', () => {
  const after = '2026-11-03T16:00:00.000Z';
  const codeOf = (
    was: AuditResult,
    now: AuditResult,
    failOn: 'high' | 'none' = 'high',
    allow = false,
  ): number => {
    const verification: Verification = verify(was, now, log);
    return verifyVerdictOf(now, verification, failOn, allow).exitCode;
  };

  test('0: gone, nothing new, everything seen; weaknesses decide nothing with an incident', () => {
    expect(codeOf(earlier(), result(after))).toBe(0);
    const weak = buildFinding({
      fingerprint: 'dddddddddddddddd',
      check,
      decision: 'harden',
      severity: 'critical',
    });
    const was = earlier({ findings: [userFinding(), weak] });
    expect(codeOf(was, result(after, { findings: [weak] }))).toBe(0);
    const alone = { ...was, incident: null };
    expect(codeOf(alone, { ...result(after, { findings: [weak] }), incident: null })).toBe(1);
  });

  test('1: still there, or new, whatever the level', () => {
    expect(codeOf(earlier(), result(after, { findings: [userFinding()] }), 'none')).toBe(1);
    const fresh = userFinding({
      fingerprint: 'ffffffffffffffff',
      subject: { ...userFinding().subject, arn: 'x' },
    });
    expect(codeOf(earlier(), result(after, { findings: [fresh] }), 'none')).toBe(1);
  });

  test('2: cannot be told, outranks 1; lifted it is never 0', () => {
    const stale = result('2026-11-03T14:30:00.000Z');
    expect(codeOf(earlier(), stale)).toBe(2);
    expect(codeOf(earlier(), stale, 'high', true)).toBe(1);
    const blind = result(after);
    expect(codeOf(earlier(), { ...blind, coverage: { ...blind.coverage, gaps: [buildGap({})] } })).toBe(2);
  });
});
