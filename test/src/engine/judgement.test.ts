import { describe, expect, test } from '@jest/globals';
import { auditEvidence } from '../../../src/engine/audit-evidence.ts';
import type { AuditInput } from '../../../src/engine/audit-input.ts';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import type { Attestation, Exception } from '../../../src/model/exception.ts';
import { at, complete, everywhere, first, inputOf, listingCheck, missingAt, second } from './small-audit.ts';

const bad = `arn:aws:iam::${first}:user/bad`;
const fine = `arn:aws:iam::${first}:user/fine`;
const live = { reason: 'needed for the move', approvedBy: 'Jo Lee', expires: '2027-01-01T00:00:00.000Z' };
const late = { ...live, expires: '2026-11-04T00:00:00.000Z' };
const keys = 'iam.access-keys';
const services = 'organizations.trusted-services';
const check = listingCheck('test/keys', keys);
const question = listingCheck('test/question', services, { manual: 'Look at the console.' });

const seen = [
  complete(keys, at(first), [bad], 'iam:ListAccessKeys'),
  complete(keys, at(second), []),
  complete(services, everywhere, []),
];

function audited(
  more: { readonly exceptions?: readonly Exception[]; readonly attestations?: readonly Attestation[] },
  stored = seen,
  input: Partial<AuditInput> = {},
): Promise<AuditResult> {
  return auditEvidence(inputOf([check, question], { stored }, { ...more, ...input }));
}

const accept = (subject: string, more = live, id = 'test/keys'): Exception => ({
  kind: 'finding',
  check: id,
  subject,
  ...more,
});
const acceptGap = (operation: string, unit: string): Exception => ({ kind: 'gap', operation, unit, ...live });
const state = (control: string, expires = live.expires): Attestation => ({
  control,
  statement: 'MFA is asked for always',
  by: 'Jo Lee',
  at: '2026-10-01T00:00:00.000Z',
  expires,
});

const rowOf = (result: AuditResult, id: string) => result.results.find((row) => row.check === id);
const found = (result: AuditResult) =>
  result.findings.filter((finding) => finding.check.startsWith('judgement/'));
const nothing: readonly string[] = [];

describe('exceptions', () => {
  test('nothing is said of people where nobody wrote anything', async () => {
    const result = await audited({});
    expect(result.checks.map(({ id }) => id)).toEqual(['test/keys', 'test/question']);
    expect(result.results.filter((row) => row.check.startsWith('judgement/'))).toEqual(nothing);
  });

  test('one that matches is listed with who approved it, and both checks pass', async () => {
    const result = await audited({ exceptions: [accept(bad)] });
    expect(result.exceptions).toEqual([{ target: 'test/keys', subject: bad, ...live, status: 'applied' }]);
    expect(result.findings).toEqual([expect.objectContaining({ check: 'test/keys', exception: live })]);
    expect(rowOf(result, 'judgement/expired-exception')?.outcome).toBe('pass');
    expect(rowOf(result, 'judgement/unmatched-exception')).toMatchObject({ outcome: 'pass', examined: 1 });
    expect(result.checks.map(({ id }) => id)).toContain('judgement/expired-exception');
  });

  test('an expired one is a finding, and what it accepted counts again', async () => {
    const result = await audited({ exceptions: [accept(bad, late)] });
    expect(found(result)).toEqual([
      expect.objectContaining({
        check: 'judgement/expired-exception',
        severity: 'medium',
        kind: 'hardening',
        decision: 'harden',
        message: expect.stringMatching(/Jo Lee .*test\/keys.* expired at 2026-11-04/),
        subject: expect.objectContaining({ type: 'exception', accountId: first }),
      }),
    ]);
    expect(result.findings.find((finding) => finding.check === 'test/keys')?.exception).toBeUndefined();
    expect(rowOf(result, 'judgement/expired-exception')?.findings).toEqual(
      found(result).map(({ fingerprint }) => fingerprint),
    );
  });

  test('one that matched nothing although its check was evaluated is a finding', async () => {
    const result = await audited({ exceptions: [accept(fine)] });
    expect(found(result)).toEqual([
      expect.objectContaining({ check: 'judgement/unmatched-exception', severity: 'low' }),
    ]);
    expect(result.exceptions[0]).toMatchObject({ status: 'never-matched', approvedBy: 'Jo Lee' });
  });

  test('one whose check was not selected could not be matched', async () => {
    const result = await audited({ exceptions: [accept(fine, live, 'test/other')] });
    expect(found(result)).toEqual(nothing);
    expect(result.exceptions[0]).toMatchObject({
      status: 'not-evaluated',
      detail: 'could not be matched: test/other was not part of this run',
    });
    expect(rowOf(result, 'judgement/unmatched-exception')).toMatchObject({
      outcome: 'not-applicable',
      reason: expect.stringContaining('could not be matched'),
    });
  });

  test('one of a check that does not exist is idle, where the catalogue is known', async () => {
    const exceptions = [accept(fine, live, 'test/keyz'), accept(fine, live, 'test/other')];
    const checkIds = new Set(['test/keys', 'test/question', 'test/other']);
    const result = await audited({ exceptions }, seen, { checkIds });
    expect(result.exceptions.map(({ status }) => status)).toEqual(['never-matched', 'not-evaluated']);
  });

  test('one whose account could not be read in full is not called idle, and the row is unevaluated', async () => {
    const stored = [
      missingAt(keys, at(first)),
      complete(keys, at(second), []),
      complete(services, everywhere, []),
    ];
    const other = `arn:aws:iam::${second}:user/x`;
    const result = await audited({ exceptions: [accept(bad)] }, stored);
    expect(found(result)).toEqual(nothing);
    expect(result.exceptions[0]?.status).toBe('not-evaluated');
    expect(rowOf(result, 'judgement/unmatched-exception')?.outcome).toBe('unevaluated');
    const elsewhere = await audited({ exceptions: [accept(other)] }, stored);
    expect(elsewhere.exceptions[0]?.status).toBe('never-matched');
  });

  test('where the gap itself is accepted, the row says so without being incomplete', async () => {
    const stored = [
      missingAt(keys, at(first)),
      complete(keys, at(second), []),
      complete(services, everywhere, []),
    ];
    const exceptions = [accept(bad), acceptGap(`test:${keys}`, first)];
    const result = await audited({ exceptions }, stored);
    expect(result.exceptions.map(({ status }) => status)).toEqual(['not-evaluated', 'applied']);
    expect(rowOf(result, 'judgement/unmatched-exception')?.outcome).toBe('not-applicable');
  });

  test('one of an account outside this run could not be matched', async () => {
    const result = await audited({ exceptions: [accept('arn:aws:iam::777788889999:user/x')] });
    expect(result.exceptions[0]).toMatchObject({
      status: 'not-evaluated',
      detail: expect.stringContaining('account 777788889999 was not evaluated'),
    });
  });

  test('a gap that was answered makes its exception idle; one that nobody asked does not', async () => {
    const result = await audited({
      exceptions: [
        acceptGap('iam:ListAccessKeys', first),
        acceptGap('iam:ListSSHPublicKeys', first),
        acceptGap('iam:ListAccessKeys', '777788889999'),
        acceptGap('sts:AssumeRole', second),
      ],
    });
    expect(result.exceptions.map(({ status }) => status)).toEqual([
      'never-matched',
      'not-evaluated',
      'not-evaluated',
      'never-matched',
    ]);
    expect(found(result)).toHaveLength(2);
  });

  test('two entries for the same thing are both used', async () => {
    const result = await audited({ exceptions: [accept(bad), accept(bad)] });
    expect(result.exceptions.map(({ status }) => status)).toEqual(['applied', 'applied']);
  });
});

describe('attestations', () => {
  test('one that answers a manual check is live', async () => {
    const result = await audited({ attestations: [state('test/question')] });
    expect(result.attestations[0]).toMatchObject({ status: 'live', by: 'Jo Lee' });
    expect(rowOf(result, 'test/question')).toMatchObject({ outcome: 'manual', satisfied: true });
    expect(rowOf(result, 'judgement/unmatched-attestation')?.outcome).toBe('pass');
  });

  test('an expired one and one that nobody asked for are findings', async () => {
    const result = await audited({
      attestations: [state('test/question', late.expires), state('test/keys'), state('test/other')],
    });
    expect(result.attestations.map(({ status }) => status)).toEqual([
      'expired',
      'never-matched',
      'not-evaluated',
    ]);
    expect(found(result).map((finding) => [finding.check, finding.severity])).toEqual([
      ['judgement/expired-attestation', 'medium'],
      ['judgement/unmatched-attestation', 'low'],
    ]);
  });

  test('one whose check could not be evaluated is not called idle', async () => {
    const stored = [...seen.slice(0, 2), missingAt(services, everywhere)];
    const result = await audited({ attestations: [state('test/question')] }, stored);
    expect(result.attestations[0]?.status).toBe('not-evaluated');
    expect(rowOf(result, 'judgement/unmatched-attestation')?.outcome).toBe('unevaluated');
  });
});

test('what people wrote adds its rows and findings to the totals', async () => {
  const plain = await audited({});
  const result = await audited({ exceptions: [accept(fine), accept(bad, late)] });
  expect(result.totals.outcomes.fail - plain.totals.outcomes.fail).toBe(2);
  expect(result.totals.findings.bySeverity.medium).toBe(1);
});
