import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { buildReportView } from '../../../../src/report/view-model/build-report-view.ts';
import { incidentParts } from '../../../support/full-incident.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { buildSamplePlan, buildStep } from '../../../support/plan-builder.ts';
import { buildFinding, buildResult, buildRow } from '../../../support/result-builder.ts';
import { incidentWith, reviewLimits, reviewOf } from '../../../support/review-fixture.ts';

const { lineage, events } = incidentParts();
const milestones = { detected: '2026-11-03T11:20:00Z', contained: '2026-11-03T12:00:00Z' };

function boardOf(
  review: Readonly<Record<string, unknown>>,
  fields: Partial<AuditResult> = {},
  incident: Readonly<Record<string, unknown>> = { milestones },
  near = 0,
) {
  const result = buildResult({ incident: incidentWith(review, incident), ...fields });
  return reviewOf(result, {}, near).board;
}

const factsOf = (board: ReturnType<typeof boardOf>): Readonly<Record<string, string>> =>
  Object.fromEntries(board.incident.map(({ label, value, detail }) => [label, `${value} | ${detail ?? ''}`]));

describe('board page', () => {
  test('says what leaked, when, for how long, and what can still live', () => {
    const board = boardOf({ howItLeaked: 'A public build log.' }, { lineage, events });
    const facts = factsOf(board);
    expect(facts['What leaked']).toBe('Access key of deploy | A public build log.');
    expect(facts['First hostile act']).toMatch(/^2026-11-03 \d\d:\d\d UTC \| last seen 2026-11-03/);
    expect(facts['Noticed after']).toMatch(/ \| from the first act$/);
    expect(facts['Contained after']).toMatch(/ \| from the first act$/);
    expect(facts['Last stolen session']).toMatch(/^Can live until 2026-/);
    expect(board.incident.find(({ label }) => label === 'Last stolen session')?.warning).toBe(true);
  });

  test('never reads as fine what is not known', () => {
    const board = boardOf({}, { lineage: null, events: null }, {});
    expect(board.incident.filter(({ warning }) => !warning).map(({ label }) => label)).toEqual([
      'What leaked',
    ]);
    expect(factsOf(board)['Last stolen session']).toBe('Not known | no events were followed');
    expect(factsOf(board)['What leaked']).toBe('Access key of deploy | How is not known');
    const none = reviewOf(buildResult({ incident: null })).board;
    expect(factsOf(none)['What leaked']).toBe('No incident was described | ');
  });

  test('asks for the decisions that are open, and for no other', () => {
    expect(boardOf({ cause: 'malware' }).decisions).toEqual([]);
    expect(boardOf({ cause: 'malware' }).decisionsHeadline).toBe('No decision is open');
    const board = boardOf(
      {
        notifications: [{ to: 'Regulator', due: '2026-11-01' }, { to: 'Customers' }],
        correctiveActions: [{ action: 'Use a role' }],
      },
      {
        findings: [
          buildFinding({ check: 'long-term-keys/active-key', kind: 'hardening', decision: 'harden' }),
        ],
        results: [buildRow({ check: 'identity-center/mfa-mode', outcome: 'manual', instructions: 'Look.' })],
        plan: buildSamplePlan([buildStep(1)], {
          questions: [{ arn: 'arn:aws:iam::111122223333:role/x', question: 'Yours?', findings: [] }],
        }),
        exceptions: [
          {
            target: 'long-term-keys/old-key',
            subject: 'arn:aws:iam::111122223333:user/x',
            reason: 'old',
            approvedBy: 'Head of platform',
            expires: '2026-11-01T00:00:00Z',
            status: 'expired',
          },
        ],
      },
      {},
      2,
    );
    expect(board.decisions.map(({ text, href, urgent }) => [text, href, urgent])).toEqual([
      ['Decide on 2 notifications not yet sent', '#closure', true],
      ['Answer for 1 unexplained thing', '#explain', false],
      ['State how 1 setting is set that no API shows', '#manual', false],
      ['Name an owner for 1 corrective action', '#corrective-actions', false],
      ['Accept or decline 1 proposed action', '#corrective-actions', false],
      ['Approve again or mend: 1 expired exception', '#people', true],
      ['Renew or let end: 2 exceptions and attestations', '#people', false],
      ['Find out how it leaked', '#worksheet', false],
    ]);
  });

  test('counts the plan by phase and the actions that are late', () => {
    const board = boardOf(
      { owner: 'Head of platform', correctiveActions: [{ action: 'Use a role', due: '2026-11-01' }] },
      { plan: buildSamplePlan([buildStep(1, { stage: 'contain' }), buildStep(2), buildStep(3)]) },
    );
    expect(board.planLine).toBe('3 steps: 1 to contain, 2 to eradicate');
    expect(board.actionsLine).toBe('1 corrective action decided, 1 overdue');
    expect(board.owner).toBe('Head of platform');
  });

  test('a signature without closure, and events after the containment, stand on the first page', () => {
    const signOff = [{ name: 'A', role: 'Owner', at: '2026-11-20' }];
    const early = { milestones: { ...milestones, contained: '2026-11-03T09:30:00Z' } };
    const { loud } = boardOf({ signOff }, { lineage, events }, early);
    expect(loud.join('\n')).toContain('no verify has shown');
    expect(loud.join('\n')).toContain('it was not contained then');
  });

  test('is not filled by one endless text', () => {
    const endless = 'x'.repeat(65_536);
    const board = boardOf({ howItLeaked: endless, classification: endless, owner: endless });
    expect(JSON.stringify(board).length).toBeLessThan(4000);
  });

  test('every number leads to a chapter of the page', () => {
    const view = buildReportView(incidentResult(), reviewLimits, 'result.json');
    const chapters = new Set(view.navigation.flatMap(({ links }) => links.map(({ href }) => href)));
    const targets = [
      ...view.board.incident.map(({ href }) => href),
      ...view.board.decisions.map(({ href }) => href),
      ...[view.scope.accounts, ...view.scope.facts].map(({ href }) => href),
      ...view.overview.bars.map(({ id }) => `#${id}`),
    ].filter((href) => href !== null);
    expect(targets.length).toBeGreaterThan(12);
    expect(targets.filter((href) => !chapters.has(href))).toEqual([]);
    expect(view.overview.bars.reduce((sum, { count }) => sum + count, 0)).toBe(view.overview.findings);
  });
});
