import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import { hatchPath } from '../../../src/report/graph/hatch.ts';
import { sessionBars } from '../../../src/report/graph/session-bars.ts';
import { timelineMarks } from '../../../src/report/graph/timeline-marks.ts';
import { renderHtml } from '../../../src/report/renderers/html.ts';
import { renderMarkdown } from '../../../src/report/renderers/markdown.ts';
import { buildReportView } from '../../../src/report/view-model/build-report-view.ts';
import { notBroughtBack, watches } from '../../../src/report/view-model/not-brought-back.ts';
import type { ReportView } from '../../../src/report/view-model/report-view.ts';
import { endpointChain, incidentParts, verificationFixture } from '../../support/full-incident.ts';
import { incidentResult } from '../../support/incident-result.ts';
import { buildFinding, buildResult } from '../../support/result-builder.ts';

const limits = { cardsPerChapter: 50, findingsPerCard: 10, rows: 50, names: 6, characters: 2048 };
const view = (result: AuditResult): ReportView => buildReportView(result, limits, 'result.json');
const full = incidentResult(incidentParts());

describe('without a trail', () => {
  const page = view(incidentResult());

  test('nothing looks fine that was not seen', () => {
    expect(page.rotation.loud.join(' ')).toContain('No trail was read');
    expect(page.rotation.headline).toContain('not known');
    expect(page.impact.loud.join(' ')).toContain('No trail was read');
    expect(page.impact.headline).toBe('not known');
    expect(page.timeline.limits.join(' ')).toContain('No trail was read');
    expect(page.actionsTaken.nothing).toContain('--actions');
    expect(page.changes).toBeNull();
    const html = renderHtml(incidentResult());
    expect(html).toContain('Nothing is listed, and that proves nothing.');
    expect(html).toContain('--previous');
  });
});

describe('a full incident', () => {
  const page = view(full);

  test('every chapter can be reached and has its place', () => {
    const links = page.navigation.flatMap((group) => group.links.map(({ href }) => href));
    const html = renderHtml(full);
    for (const id of [
      'timeline',
      'impact',
      'survivors',
      'endpoints',
      'blind-time',
      'rotation',
      'actions-taken',
      'changes',
    ]) {
      expect(links).toContain(`#${id}`);
      expect(html).toContain(`id="${id}"`);
    }
    expect(html).not.toMatch(/\sstyle=/);
  });

  test('impact is counted by kind, done and denied apart', () => {
    expect(page.impact.kinds.map(({ kind, done, denied }) => [kind, done, denied])).toEqual([
      ['Data access', 4, 2],
      ['AI models', 0, 12],
      ['Messaging', 3, 0],
      ['Enumeration', 151, 37],
    ]);
    expect(page.impact.suspects.total).toBe(1);
    expect(page.impact.indicators.join('\n')).toContain('sourceIps');
  });

  test('refused and failed actions come first', () => {
    expect(page.actionsTaken.rows.shown.map(({ outcome }) => outcome)).toEqual([
      'Failed',
      'Refused',
      'By hand',
    ]);
    expect(page.actionsTaken.done.total).toBe(1);
    expect(page.actionsTaken.headline).toBe('4 in the log, 2 refused or failed');
  });

  test('what was read is to be rotated, and the log says whether it was', () => {
    expect(page.rotation.rows.total).toBe(3);
    expect(page.rotation.rows.shown.map(({ done }) => done)).toEqual(Array(3).fill('Not in the log'));
    expect(
      view(incidentResult({ ...incidentParts(), verification: null })).rotation.rows.shown[0]?.done,
    ).toBe('Not recorded');
  });

  test('changes are counted, listed, and lead to their cards', () => {
    expect(page.changes?.counts.find(({ id }) => id === 'resolved')?.count).toBe(1);
    const fresh = page.changes?.lists.find(({ id }) => id === 'new');
    expect(fresh?.rows.total).toBe(3);
    expect(fresh?.rows.shown.every(({ href }) => href?.startsWith('#') === true)).toBe(true);
  });

  test('sessions come with their latest end, things by kind', () => {
    const survivors = page.lineage?.survivors;
    expect(survivors?.lastEnd).toMatch(/unbounded because|ends at the latest/);
    expect(survivors?.sessions.total).toBeGreaterThan(0);
    const grouped = survivors?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
    const sessions = survivors?.livesOn.shown.filter(({ type }) => /session/i.test(type)).length ?? 0;
    expect(grouped).toBe((survivors?.livesOn.total ?? 0) - sessions);
  });

  test('the Markdown twin holds the chapters and stays in its size', () => {
    const text = renderMarkdown(full);
    for (const heading of [
      'Timeline:',
      'Impact:',
      'Ways in:',
      'Tampering',
      'Rotation list:',
      'Actions taken:',
    ]) {
      expect(text).toContain(`### ${heading}`);
    }
    expect(text.length).toBeLessThanOrEqual(60_000);
  });
});

describe('ways in', () => {
  test('what the incident touched comes first, in another shape and with words', () => {
    const { lineage } = incidentParts();
    const made = lineage.nodes.find(({ type }) => type === 'lambda-function');
    const chain = endpointChain('zz-last', {
      exposure: 'authenticated',
      function: { arn: made?.arn ?? '', name: 'health-check' },
    });
    const { endpoints } = view(
      buildResult({ lineage, endpoints: { chains: [endpointChain('aa-first'), chain], notSeen: [] } }),
    );
    expect(endpoints.rows.shown.map(({ hostile }) => hostile)).toEqual([true, false]);
    expect(endpoints.rows.shown[0]?.function?.mark).toContain('by the incident');
    const [drawn] = endpoints.drawn;
    expect(drawn?.drawing.boxes.map(({ look }) => look.includes('link-hostile'))).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(endpoints.loud).toEqual([]);
  });

  test('what was not seen is loud, and only some are drawn', () => {
    const chains = Array.from({ length: 40 }, (_, index) => endpointChain(`api-${index}`));
    const { endpoints } = view(buildResult({ endpoints: { chains, notSeen: ['444455556666/eu-west-1'] } }));
    expect(endpoints.loud.join(' ')).toContain('444455556666/eu-west-1');
    expect(endpoints.drawn).toHaveLength(12);
    expect(endpoints.undrawn).toBe(28);
    expect(endpoints.rows.total).toBe(40);
  });

  test('a role of which nothing is known is not called harmless', () => {
    const chain = endpointChain('dark', {
      role: { arn: 'arn:aws:iam::111122223333:role/dark', administrator: null, mints: [] },
    });
    const { endpoints } = view(buildResult({ endpoints: { chains: [chain], notSeen: [] } }));
    expect(endpoints.rows.shown[0]?.role?.note).toBe('power not known');
  });
});

describe('tampering', () => {
  const trailFinding = buildFinding({
    check: 'eyes/stopped-trail',
    decision: 'restore',
    message: 'Trail organization-trail does not record.',
    subject: {
      arn: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/organization-trail',
      type: 'trail',
      accountId: '111122223333',
      region: 'us-east-1',
      name: 'organization-trail',
    },
    provenance: [
      {
        eventId: 'e-1',
        eventTime: '2026-11-03T10:00:00Z',
        eventName: 'StopLogging',
        actorArn: 'arn:aws:iam::111122223333:user/deploy',
        accessKeyId: null,
        sourceIp: null,
      },
    ],
  });

  test('is blind from the event until the evidence', () => {
    const { blindTime } = view(buildResult({ findings: [trailFinding] }));
    expect(blindTime.rows.shown[0]).toMatchObject({ length: '4 h and still', watches: true, back: null });
    expect(blindTime.lost[0]?.sentence).toContain('never made');
  });

  test('what is back ends the blind time; what has a finding is not back', () => {
    const verification = verificationFixture();
    const back = view(buildResult({ verification })).blindTime.rows.shown[0];
    expect(back?.back).toBe('Back, proved');
    expect(back?.during).toContain('until 2026-11-03 16:00 UTC');
    const open = view(buildResult({ verification, findings: [trailFinding] })).blindTime.rows.shown[0];
    expect(open?.back).toBe('Not back: a finding remains');
    expect(open?.length).toContain('and still');
  });

  test('without events and findings it does not say that nothing was altered', () => {
    const { blindTime } = view(buildResult());
    expect(blindTime.headline).toBe('nothing known');
    expect(blindTime.sentence).toContain('No events were followed');
  });

  test('what only the events tell is not said to last; a finding about it is named', () => {
    const { lineage, events } = incidentParts();
    const alone = view(buildResult({ lineage, events })).blindTime.rows.shown.find(
      ({ length, watches: eyes }) => length === null && !eyes,
    );
    expect(alone?.now.shown).toEqual([
      'Altered according to the events. No finding tells whether it still differs.',
    ]);
    const finding = buildFinding({
      check: 'identity/example',
      decision: 'explain',
      message: 'It differs from the baseline.',
      subject: { arn: alone?.arn ?? '', type: 'any', accountId: null, region: null, name: 'any' },
    });
    const asked = view(buildResult({ lineage, events, findings: [finding] })).blindTime.rows.shown.find(
      ({ arn }) => arn === alone?.arn,
    );
    expect(asked?.now.shown).toEqual(['It differs from the baseline.']);
    expect(asked?.length).toContain('and still');
  });

  test('every kind has one sentence about what is lost', () => {
    for (const [type, name] of [
      ['trusted-service', 'guardduty.amazonaws.com'],
      ['trusted-service', 'something-new.amazonaws.com'],
      ['permission-set', 'Admin'],
      ['never-heard-of', '__proto__'],
      ['trusted-service', '__proto__'],
    ] as const) {
      expect(notBroughtBack(type, name).sentence).toMatch(/\.$/);
    }
    expect(watches({ type: 'trusted-service', name: 'guardduty.amazonaws.com' })).toBe(true);
    expect(watches({ type: 'trusted-service', name: 'ram.amazonaws.com' })).toBe(false);
  });
});

describe('drawings', () => {
  test('thousands of events become a bounded number of marks', () => {
    const start = Date.UTC(2026, 10, 3);
    const lanes = incidentParts()
      .lineage.events.slice(0, 8)
      .map((event) => ({
        events: Array.from({ length: 6_000 }, (_, index) => ({
          ...event,
          eventTime: new Date(start + index * 10_000).toISOString(),
          eventName: index % 3 === 0 ? 'DeleteUser' : 'CreateUser',
          errorCode: index % 2 === 0 ? 'AccessDenied' : null,
        })),
      }));
    const marks = timelineMarks(lanes, (time) => ((time - start) / 60_000_000) * 12_000);
    expect(marks.flat().length).toBeLessThanOrEqual(600);
    expect(marks.flat().reduce((sum, { count }) => sum + count, 0)).toBe(48_000);
  });

  test('a hatch is one short path', () => {
    const path = hatchPath({ x: 10, y: 10, width: 900, height: 700 });
    expect(path.length).toBeLessThan(2_048);
    expect(path).toMatch(/^M[\d.]+ [\d.]+L/);
    expect(hatchPath({ x: 0, y: 0, width: 0, height: 0 })).toBe('');
  });

  test('sessions that are over, live on or never end are told apart', () => {
    const span = { note: 'Role session', from: '2026-11-03T09:00:00Z', text: '' };
    const bars = sessionBars(
      [
        { ...span, label: 'endless', to: null, state: 'endless' },
        { ...span, label: 'live', to: '2026-11-04T09:00:00Z', state: 'live' },
        { ...span, label: 'over', to: '2026-11-03T10:00:00Z', state: 'ended' },
        { ...span, label: 'no time', from: null, to: null, state: 'unknown' },
      ],
      '2026-11-03T18:00:00Z',
    );
    expect(bars?.rows.map(({ look, tip }) => [look, tip !== ''])).toEqual([
      ['endless', true],
      ['live', false],
      ['ended', false],
    ]);
    const now = bars?.now?.x ?? 0;
    const end = (index: number): number => (bars?.rows[index]?.x ?? 0) + (bars?.rows[index]?.width ?? 0);
    expect(end(1)).toBeGreaterThan(now);
    expect(end(2)).toBeLessThan(now);
    expect(sessionBars([], null)).toBeNull();
  });
});
