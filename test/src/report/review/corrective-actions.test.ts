import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import type { CorrectiveActionView } from '../../../../src/report/view-model/corrective-actions-view.ts';
import { verificationFixture } from '../../../support/full-incident.ts';
import { buildSamplePlan } from '../../../support/plan-builder.ts';
import { buildCheck, buildFinding, buildResult, buildRow } from '../../../support/result-builder.ts';
import { buildGuardrail, incidentWith, reviewOf } from '../../../support/review-fixture.ts';

const activeKey = 'long-term-keys/active-key';
const finding = buildFinding({
  check: activeKey,
  fingerprint: '0123456789abcdef',
  kind: 'hardening',
  decision: 'harden',
  severity: 'high',
});

function resultWith(
  actions: readonly Readonly<Record<string, unknown>>[],
  fields: Partial<AuditResult> = {},
): AuditResult {
  return buildResult({
    incident: incidentWith({ correctiveActions: actions }),
    checks: [
      buildCheck({ id: activeKey, frameworks: { 'NIST 800-53 r5': ['IA-5', 'AC-2'] } }),
      buildCheck({ id: 'eyes/missing-alarm' }),
      buildCheck({ id: 'eyes/missing-trail' }),
    ],
    results: [
      buildRow({ check: activeKey, outcome: 'fail', findings: [finding.fingerprint] }),
      buildRow({ check: 'eyes/missing-alarm', outcome: 'pass', examined: 1 }),
      buildRow({ check: 'eyes/missing-trail', outcome: 'unevaluated' }),
    ],
    findings: [finding],
    ...fields,
  });
}

const actionsOf = (result: AuditResult): readonly CorrectiveActionView[] =>
  reviewOf(result).correctiveActions.actions.shown;

describe('corrective actions', () => {
  test('what was decided stands with its cause, its controls and what the check says today', () => {
    const [action] = actionsOf(
      resultWith([
        {
          action: 'Use a role',
          owner: 'Head of platform',
          due: '2026-11-20',
          control: activeKey,
          priority: 'high',
          ticket: 'PLAT-1',
          status: 'in-progress',
        },
      ]),
    );
    expect(action).toEqual({
      action: 'Use a role',
      why: 'Long-term credentials are in use',
      whyHref: '#cause-long-term-credentials',
      controls: [activeKey, 'NIST 800-53 r5: AC-2, IA-5'],
      owner: 'Head of platform',
      due: '2026-11-20',
      overdue: false,
      priority: 'High',
      acceptance: `afterleak audit --checks ${activeKey} passes`,
      today: 'The check fails: 1 finding',
      ticket: 'PLAT-1',
      status: 'In progress',
      proposed: false,
      contradicted: false,
    });
  });

  test('a due date is meant to its end, and only open work is overdue', () => {
    const due = (fields: Readonly<Record<string, unknown>>): boolean | undefined =>
      actionsOf(resultWith([{ action: 'x', ...fields }]))[0]?.overdue;
    expect(due({ due: '2026-11-02' })).toBe(true);
    expect(due({ due: '2026-11-03' })).toBe(false);
    expect(due({ due: '2026-11-03T13:59:00Z' })).toBe(true);
    expect(due({ due: '2026-11-02', status: 'done' })).toBe(false);
    expect(due({ due: 'soon' })).toBe(false);
    expect(due({})).toBe(false);
  });

  test('done is held against the evidence', () => {
    const done = (fields: Readonly<Record<string, unknown>>, more: Partial<AuditResult> = {}) => {
      const [action] = actionsOf(resultWith([{ action: 'x', status: 'done', ...fields }], more));
      return [action?.today, action?.contradicted];
    };
    expect(done({ control: activeKey })).toEqual(['The check fails: 1 finding', true]);
    expect(done({ control: 'eyes/missing-alarm' })).toEqual(['The check passes', false]);
    expect(done({ control: 'eyes/missing-trail' })).toEqual(['The check has no full answer', true]);
    expect(done({ finding: finding.fingerprint })).toEqual(['The finding is still there', true]);
    expect(done({ finding: 'ffffffffffffffff' })).toEqual([
      'Not among these findings; only a verify proves that it is gone',
      true,
    ]);
    const verification = verificationFixture();
    const [gone] = verification.findings.filter(({ state }) => state === 'gone');
    expect(done({ finding: gone?.fingerprint }, { verification })).toEqual(['Verified: gone', false]);
    expect(done({})).toEqual([null, false]);
    expect(done({ control: 'A-12.4' })).toEqual([null, false]);
  });

  test('what nobody answers is proposed, without owner and date', () => {
    const actions = actionsOf(
      resultWith([], {
        plan: buildSamplePlan([], {
          guardrails: [
            buildGuardrail({
              id: 'management-long-term-credentials',
              title: 'No new keys',
              wouldHaveHelped:
                'It would have refused 1 iam:CreateAccessKey, first at 2026-11-03T09:14:09.000Z.',
              helped: { answer: 'yes', firstAt: '2026-11-03T09:14:09.000Z' },
            }),
          ],
        }),
      }),
    );
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({
      owner: null,
      due: null,
      priority: 'High',
      status: 'Proposed',
      proposed: true,
      acceptance: `afterleak audit --checks ${activeKey} passes`,
      today: '1 check fails',
    });
    expect(actions[0]?.action).toContain('“No new keys”');
  });

  test('what is decided is not proposed again, unless it was declined', () => {
    const proposed = (status: string): number =>
      reviewOf(resultWith([{ action: 'Use a role', control: activeKey, status }])).correctiveActions.proposed;
    expect(proposed('open')).toBe(0);
    expect(proposed('declined')).toBe(1);
  });

  test('are counted', () => {
    const { correctiveActions } = reviewOf(
      resultWith([
        { action: 'a', due: '2026-11-01' },
        { action: 'b', owner: 'Head of platform', status: 'done', control: activeKey },
      ]),
    );
    expect(correctiveActions).toMatchObject({
      headline: '2 decided · 0 proposed · 1 overdue',
      decided: 2,
      open: 1,
      overdue: 1,
      withoutOwner: 1,
      contradicted: 1,
    });
  });
});
