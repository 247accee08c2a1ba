import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { reviewQuestions } from '../../../../src/model/review.ts';
import { buildReportView } from '../../../../src/report/view-model/build-report-view.ts';
import type {
  WorksheetQuestionView,
  WorksheetView,
} from '../../../../src/report/view-model/worksheet-view.ts';
import { incidentParts } from '../../../support/full-incident.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { buildSamplePlan } from '../../../support/plan-builder.ts';
import { buildFinding, buildResult } from '../../../support/result-builder.ts';
import { buildGuardrail, incidentWith, reviewLimits, reviewOf } from '../../../support/review-fixture.ts';

const { lineage, events } = incidentParts();
const milestones = {
  detected: '2026-11-03T11:20:00Z',
  declared: '2026-11-03T11:30:00Z',
  contained: '2026-11-03T12:00:00Z',
};

function traced(
  review: Readonly<Record<string, unknown>> = {},
  fields: Partial<AuditResult> = {},
): AuditResult {
  return buildResult({ lineage, events, incident: incidentWith(review, { milestones }), ...fields });
}

function question(view: WorksheetView, id: string): WorksheetQuestionView {
  const found = [...view.questions, ...view.whys].find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`no question ${id}`);
  }
  return found;
}

const textsOf = (view: WorksheetView, id: string): string =>
  question(view, id)
    .evidence.shown.map(({ text }) => text)
    .join('\n');

describe('worksheet', () => {
  test('asks every question once, in order, and is blank without evidence', () => {
    const { worksheet } = reviewOf(buildResult({ incident: null }));
    expect([...worksheet.questions, ...worksheet.whys].map(({ id }) => id)).toEqual([...reviewQuestions]);
    expect(worksheet.questions).toHaveLength(9);
    expect(worksheet.headline).toBe('0 of 14 questions answered');
    expect(worksheet.questions.filter(({ answer }) => answer !== null)).toEqual([]);
    expect(question(worksheet, 'what-happened').evidence.total).toBe(0);
  });

  test('says what happened from events, and marks what is only stated', () => {
    const { worksheet } = reviewOf(traced());
    const lines = question(worksheet, 'what-happened').evidence.shown;
    expect(lines[0]?.text).toMatch(/^2026-11-03 \d\d:\d\d UTC: First event/);
    expect(lines.filter(({ stated }) => stated).map(({ text }) => text)).toEqual([
      'Milestones: detected 2026-11-03 11:20 UTC, declared 2026-11-03 11:30 UTC, contained 2026-11-03 12:00 UTC',
    ]);
    expect(textsOf(worksheet, 'what-happened')).toContain('Made by the incident: ');
    expect(textsOf(worksheet, 'how-well')).toContain('Time to contain (detection to containment): 40 min');
    expect(textsOf(worksheet, 'indicators')).toContain('Source addresses: ');
    expect(textsOf(worksheet, 'why-outlived')).not.toBe('');
  });

  test('names the alarms that would have told, earliest first, and the guardrails apart', () => {
    const plan = buildSamplePlan([], {
      guardrails: [
        buildGuardrail({
          id: 'alarm-eyes',
          kind: 'alarm',
          title: 'Late',
          wouldHaveHelped: 'It would have told at 2026-11-03T10:48:00.000Z.',
          helped: { answer: 'yes', firstAt: '2026-11-03T10:48:00.000Z' },
        }),
        buildGuardrail({
          id: 'alarm-federation',
          kind: 'alarm',
          title: 'Early',
          wouldHaveHelped: 'It would have told at 2026-11-03T09:14:09.000Z.',
          helped: { answer: 'yes', firstAt: '2026-11-03T09:14:09.000Z' },
        }),
        buildGuardrail({
          id: 'management-long-term-credentials',
          title: 'No new keys',
          wouldHaveHelped: 'It would have refused 1 iam:CreateUser, first at 2026-11-03T09:22:00.000Z.',
          helped: { answer: 'yes', firstAt: '2026-11-03T09:22:00.000Z' },
        }),
        buildGuardrail({ id: 'scp-leaving', title: 'No leaving' }),
      ],
    });
    const { worksheet } = reviewOf(traced({}, { plan }));
    const sooner = textsOf(worksheet, 'needed-sooner');
    expect(sooner.indexOf('Alarm “Early”')).toBeLessThan(sooner.indexOf('Alarm “Late”'));
    expect(sooner).toContain('Alarm “Early”: It would have told at 2026-11-03 09:14 UTC.');
    expect(textsOf(worksheet, 'differently')).toBe(
      'Guardrail “No new keys”: It would have refused 1 iam:CreateUser, first at 2026-11-03 09:22 UTC.',
    );
  });

  test('tells blind time once, however many places it spans', () => {
    const hole = { from: '2026-11-03T10:48:00Z', to: '2026-11-03T11:40:00Z', why: 'narrowed' };
    const { coverage } = buildResult();
    const { worksheet, board } = reviewOf(
      traced(
        {},
        {
          coverage: {
            ...coverage,
            trail: {
              from: '2026-11-03T09:00:00Z',
              to: '2026-11-03T14:00:00Z',
              holes: [
                { ...hole, where: '111122223333/us-east-1' },
                { ...hole, where: '111122223333/eu-west-1' },
              ],
            },
          },
        },
      ),
    );
    const told =
      'CloudTrail shows nothing, or less, from 2026-11-03 10:48 UTC to 2026-11-03 11:40 UTC in 2 places';
    expect(textsOf(worksheet, 'needed-sooner')).toContain(told);
    expect(board.blind).toEqual([told]);
  });

  test('answers stand as they were written, with their owner', () => {
    const { worksheet } = reviewOf(
      traced({
        owner: 'Head of platform',
        answers: { tools: 'A sandbox.', nonsense: 'x' },
        reviewDate: '2026-11-17',
      }),
    );
    expect(question(worksheet, 'tools').answer).toBe('A sandbox.');
    expect(worksheet).toMatchObject({
      owner: 'Head of platform',
      reviewDate: '2026-11-17',
      headline: '1 of 14 questions answered',
    });
  });

  test('links only to chapters that the page has', () => {
    const view = buildReportView(incidentResult(), reviewLimits, 'result.json');
    const chapters = new Set(view.navigation.flatMap(({ links }) => links.map(({ href }) => href)));
    const targets = [...view.worksheet.questions, ...view.worksheet.whys]
      .flatMap(({ evidence }) => evidence.shown)
      .flatMap(({ source }) => (source === null ? [] : [source.href]));
    expect(targets.length).toBeGreaterThan(3);
    const causes = new Set(view.rootCauses.causes.map(({ id }) => `#${id}`));
    expect(targets.filter((href) => !(chapters.has(href) || causes.has(href)))).toEqual([]);
  });
});

describe('causes to choose from', () => {
  const causeOf = (result: AuditResult, id: string) =>
    reviewOf(result).worksheet.causes.find((cause) => cause.id === id);

  test('are ticked by people alone', () => {
    const { worksheet } = reviewOf(traced({ cause: 'hard-coded' }));
    expect(worksheet.causes.filter(({ chosen }) => chosen).map(({ id }) => id)).toEqual(['hard-coded']);
    expect(worksheet.causeChosen).toBe(true);
    expect(reviewOf(traced({ cause: 'bad luck' })).worksheet.causeChosen).toBe(false);
    expect(reviewOf(traced({ cause: 'unknown' })).worksheet.causeChosen).toBe(false);
  });

  test('say little, and rest on a named fact where they say more', () => {
    const quiet = reviewOf(traced()).worksheet.causes.map(({ id, standing }) => [id, standing]);
    expect(quiet.filter(([, standing]) => standing !== 'not-told')).toEqual([['ssrf', 'contradicted']]);
    const temporary = buildResult({
      incident: incidentWith({}, { compromised: { accessKeyIds: ['ASIAIOSFODNN7EXAMPLE'], principals: [] } }),
    });
    expect(causeOf(temporary, 'ssrf')?.standing).toBe('not-told');
  });

  test('a function that holds the very key speaks for its environment; another credential only may', () => {
    const held = buildFinding({ check: 'endpoints/credential-in-environment' });
    const same = {
      ...held,
      signals: [{ code: 'holds-compromised-key', fact: 'it is compromised', source: 'incident' }],
    };
    expect(causeOf(traced({}, { findings: [held] }), 'environment')?.standing).toBe('possible');
    expect(causeOf(traced({}, { findings: [same] }), 'environment')?.standing).toBe('supported');
  });

  test('AWS’s quarantine speaks for a key that lay in public', () => {
    const quarantined = buildFinding({ check: 'long-term-keys/quarantined-user' });
    expect(causeOf(traced({}, { findings: [quarantined] }), 'hard-coded')?.standing).toBe('supported');
  });

  test('a chosen cause that the evidence speaks against is told', () => {
    expect(reviewOf(traced({ cause: 'ssrf' })).worksheet.causeContradicted).toBe(true);
    expect(reviewOf(traced({ cause: 'phishing' })).worksheet.causeContradicted).toBe(false);
  });
});
