import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { buildReportView } from '../../../src/report/view-model/build-report-view.ts';
import type { ReportView } from '../../../src/report/view-model/report-view.ts';
import { safeLink } from '../../../src/report/view-model/safe-link.ts';
import { incidentResult } from '../../support/incident-result.ts';
import { buildFinding, buildGap, buildResult, buildRow } from '../../support/result-builder.ts';

const limits = { cardsPerChapter: 200, findingsPerCard: 25, rows: 200, names: 12, characters: 2048 };

function view(result: AuditResult): ReportView {
  return buildReportView(result, limits, 'result.json');
}

const emptyPlan: Plan = {
  schemaVersion: 1,
  tool: { name: 'afterleak', version: '0.1.0' },
  incidentId: null,
  evidenceDigest: '',
  asOf: '2026-03-02T00:00:00.000Z',
  partition: 'aws',
  organizationId: null,
  managementAccountId: null,
  steps: [],
  guardrails: [],
  questions: [],
  unplanned: [],
  notSeen: [],
};

describe('the verdict', () => {
  test('is all clear only when everything was seen', () => {
    expect(view(buildResult()).verdict.allClear).toBe(true);
  });

  const complete = buildResult();
  const unevaluated = buildRow({ check: 'identity/example', outcome: 'unevaluated', gaps: [buildGap({})] });
  test.each<[string, Partial<AuditResult>]>([
    ['a gap', { coverage: { ...complete.coverage, gaps: [buildGap({})] } }],
    ['an unevaluated check', { results: [unevaluated] }],
    ['an error', { results: [buildRow({ check: 'identity/example', outcome: 'error', reason: 'broke' })] }],
    ['an open manual', { results: [buildRow({ check: 'identity/example', outcome: 'manual' })] }],
    ['no result at all', { results: [] }],
    ['no events', { coverage: { ...complete.coverage, trail: null } }],
    [
      'holes in the events',
      {
        coverage: {
          ...complete.coverage,
          trail: {
            from: 'a',
            to: 'b',
            holes: [{ from: 'a', to: 'b', where: '111122223333/us-east-1', why: 'StopLogging' }],
          },
        },
      },
    ],
    [
      'an account that refused',
      { coverage: { ...complete.coverage, notSwept: [{ accountId: '1', reason: 'no' }] } },
    ],
    ['some accounts only', { scope: { ...complete.scope, ofAccounts: 2 } }],
    ['an unknown number of accounts', { scope: { ...complete.scope, ofAccounts: null } }],
    ['no organization level', { scope: { ...complete.scope, organizationInScope: false } }],
    ['no management account', { scope: { ...complete.scope, managementAccountSwept: false } }],
    ['no incident', { incident: null }],
    ['old evidence', { incident: { milestones: { contained: '2026-11-03T15:00:00Z' } } }],
    ['an unexplained finding', { findings: [buildFinding({ check: 'identity/example' })] }],
  ])('is never all clear with %s, and says why', (_name, fields) => {
    const { verdict } = view(buildResult(fields));
    expect(verdict.allClear).toBe(false);
    expect(verdict.reasons.length).toBeGreaterThan(0);
  });

  test('an accepted gap and a hardening finding do not stand in its way', () => {
    const accepted = buildGap({ accepted: true });
    const harden = buildFinding({ check: 'identity/example', decision: 'harden' });
    const { verdict } = view(
      buildResult({ findings: [harden], coverage: { ...complete.coverage, gaps: [accepted] } }),
    );
    expect(verdict.allClear).toBe(true);
  });
});

describe('the view', () => {
  const shown = view(incidentResult());

  test('counts every finding in exactly one card', () => {
    const counted = shown.chapters.flatMap((chapter) =>
      chapter.cards.shown.map((card) => card.findings.total),
    );
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(incidentResult().findings.length);
  });

  test('merges the findings of one subject, worst first', () => {
    const card = shown.chapters[0]?.cards.shown.find(({ title }) => title === 'svc-backup-admin');
    expect(card?.findings.shown.map(({ severity }) => severity)).toEqual(['critical', 'high']);
    expect(card?.actions.map(({ title }) => title)).toContain('Delete the user');
    expect(card?.survives[0]?.lasting).toBe(true);
  });

  test('says how much of the organization was swept', () => {
    expect(shown.scope.accounts).toMatchObject({ value: '3 of 5 accounts', warning: true });
  });

  test('names the checks that a gap leaves without an answer', () => {
    const group = shown.blindSpots.groups.shown.find(
      ({ operation }) => operation === 'cloudtrail:DescribeTrails',
    );
    expect(group?.checks.shown.map(({ id }) => id)).toEqual(['eyes/trail-stopped']);
    expect(shown.blindSpots).toMatchObject({ open: 3, accepted: 1 });
  });

  test('contains before it eradicates, and promises a plan only when there is one', () => {
    expect(shown.nextSteps.map(({ href }) => href)).toEqual([
      '#contain-and-rotate',
      '#eradicate',
      '#restore',
      '#explain',
      '#not-seen',
      '#manual',
      '#harden',
    ]);
    expect(shown.planSentence).not.toContain('afterleak plan');
    expect(view(incidentResult({ plan: emptyPlan })).planSentence).toContain('afterleak plan');
  });

  test('a management account that was not swept is loud', () => {
    const { scope } = incidentResult();
    const loud = view(incidentResult({ scope: { ...scope, managementAccountSwept: false } }));
    expect(loud.scope.loud).toHaveLength(1);
  });

  test('the order of the input does not matter', () => {
    const result = incidentResult();
    const shuffled = {
      ...result,
      findings: result.findings.toReversed(),
      results: result.results.toReversed(),
    };
    expect(view(shuffled).chapters).toEqual(shown.chapters);
    expect(view(shuffled).blindSpots.groups).toEqual(shown.blindSpots.groups);
  });

  test('writes out the top of a large result and counts the rest', () => {
    const findings = Array.from({ length: 20_000 }, (_, index) =>
      buildFinding({
        check: 'identity/example',
        subject: {
          arn: `arn:aws:iam::111122223333:user/u${index}`,
          type: 'iam-user',
          accountId: null,
          region: null,
          name: `u${index}`,
        },
      }),
    );
    const large = view(buildResult({ findings }));
    const explain = large.chapters.find(({ id }) => id === 'explain');
    expect(explain?.cards).toMatchObject({ hidden: 19_800, total: 20_000 });
    expect(explain?.cards.shown).toHaveLength(200);
  });
});

describe('links', () => {
  test.each([
    'javascript:alert(1)',
    'http://a.example/',
    'https://u:p@a.example/',
    'https://a.example/"x',
    '//a.example/',
    'data:,x',
    ' https://a.example/',
  ])('%j is none', (reference) => {
    expect(safeLink(reference)).toBeNull();
  });

  test('a plain https address is one', () => {
    expect(safeLink('https://docs.aws.amazon.com/IAM/latest/x.html#y')).toEqual({
      href: 'https://docs.aws.amazon.com/IAM/latest/x.html#y',
      label: 'docs.aws.amazon.com/IAM/latest/x.html',
    });
  });
});
