import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { closureCriteria } from '../../../../src/report/view-model/closure-view.ts';
import { verifyAgainst } from '../../../../src/verify/compare.ts';
import { verificationFixture } from '../../../support/full-incident.ts';
import { buildResult } from '../../../support/result-builder.ts';
import { incidentWith, reviewOf } from '../../../support/review-fixture.ts';

const signed = [{ name: 'A. Person', role: 'Head of platform', at: '2026-11-20' }];

function closureOf(
  review: Readonly<Record<string, unknown>>,
  fields: Partial<AuditResult> = {},
  incident: Readonly<Record<string, unknown>> = {},
) {
  return reviewOf(buildResult({ incident: incidentWith(review, incident), ...fields })).closure;
}

const allMet = verificationFixture({
  closure: {
    allClear: true,
    criteria: closureCriteria.map(({ id, title }) => ({ id, title, met: true, facts: [] })),
  },
});

describe('closure', () => {
  test('before a verify names the very criteria that it will ask', () => {
    const { criteria } = verifyAgainst(buildResult(), buildResult(), [], { quick: false }).closure;
    expect(closureCriteria.map(({ id, title }) => ({ id, title })).sort(byId)).toEqual(
      criteria.map(({ id, title }) => ({ id, title })).sort(byId),
    );
    const closure = closureOf({});
    expect(closure.headline).toBe('11 criteria, none asked yet');
    expect(closure.criteria.every(({ state }) => state === 'open')).toBe(true);
    expect(closure.loud).toEqual([]);
    expect(closure.blanks).toHaveLength(3);
  });

  test('a signature without a verify is told loudly', () => {
    expect(closureOf({ signOff: signed }).loud).toEqual([
      'Signed (Head of platform, 2026-11-20), although no verify has shown that a criterion is met.',
    ]);
  });

  test('a signature over an unmet criterion is told loudly', () => {
    const criteria = closureCriteria.map(({ id, title }, index) => ({
      id,
      title,
      met: index > 1,
      facts: ['a fact'],
    }));
    const closure = closureOf(
      { signOff: signed },
      { verification: verificationFixture({ closure: { allClear: false, criteria } }) },
    );
    expect(closure.headline).toBe('9 of 11 criteria met');
    expect(closure.criteria.some(({ state }) => state === 'unmet')).toBe(true);
    expect(closure.loud).toEqual([
      'Signed (Head of platform, 2026-11-20), although 2 criteria are not met. The signature does not close the incident.',
    ]);
    const odd = verificationFixture({ closure: { allClear: false, criteria: [] } });
    expect(closureOf({ signOff: signed }, { verification: odd }).loud.join()).toContain('does not hold');
  });

  test('a signature that is older than the verification is told', () => {
    const old = [{ name: 'A', role: 'Owner', at: '2026-11-01' }];
    expect(closureOf({ signOff: old }, { verification: allMet }).loud).toEqual([
      '1 signature is older than the verification of 2026-11-05 18:00 UTC.',
    ]);
    expect(closureOf({ signOff: signed }, { verification: allMet }).loud).toEqual([]);
  });

  test('a milestone alone closes nothing', () => {
    const closed = { milestones: { closed: '2026-11-05T09:00:00Z' } };
    expect(closureOf({}, {}, closed).loud.join(' ')).toContain('no verify has been made');
    expect(closureOf({}, { verification: allMet }, closed).loud).toEqual([]);
  });

  test('notifications are sent, open, overdue or late', () => {
    const { notifications, notificationsOpen, notificationsOverdue } = closureOf({
      notifications: [
        { to: 'AWS Support', due: '2026-11-03', sentAt: '2026-11-03T12:00:00Z' },
        { to: 'Regulator', due: '2026-11-06T11:30:00Z' },
        { to: 'Customers', due: '2026-11-01' },
        { to: 'Insurer', due: '2026-11-01', sentAt: '2026-11-02T09:00:00Z' },
        { to: 'Vendor' },
      ],
    });
    expect(notifications.shown.map(({ to, state, overdue }) => [to, state, overdue])).toEqual([
      ['AWS Support', 'Sent', false],
      ['Regulator', 'To be sent, due in 2 days', false],
      ['Customers', 'Overdue', true],
      ['Insurer', 'Sent late', false],
      ['Vendor', 'To be sent, no date', false],
    ]);
    expect([notificationsOpen, notificationsOverdue]).toEqual([3, 1]);
  });
});

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return left.id < right.id ? -1 : 1;
}
