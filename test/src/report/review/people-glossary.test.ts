import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { emptyReview } from '../../../../src/model/review.ts';
import { renderHtml } from '../../../../src/report/renderers/html.ts';
import { renderMarkdown } from '../../../../src/report/renderers/markdown.ts';
import { dateText, distanceText, isPast, withReadableTimes } from '../../../../src/report/text/dates.ts';
import { reviewFacts } from '../../../../src/report/trace/review-facts.ts';
import { buildReportView } from '../../../../src/report/view-model/build-report-view.ts';
import { glossaryTerms } from '../../../../src/report/view-model/glossary-terms.ts';
import { glossaryView } from '../../../../src/report/view-model/glossary-view.ts';
import { methodView } from '../../../../src/report/view-model/method-view.ts';
import { peopleView } from '../../../../src/report/view-model/people-view.ts';
import { buildCheck, buildFinding, buildResult } from '../../../support/result-builder.ts';
import { incidentWith, reviewContext, reviewLimits } from '../../../support/review-fixture.ts';

const subject = 'arn:aws:iam::111122223333:user/example';
const accepted = { reason: 'needed', approvedBy: 'Head of platform', expires: '2026-11-20T00:00:00Z' };
const exception = {
  target: 'long-term-keys/active-key',
  subject,
  ...accepted,
  status: 'applied',
} as const satisfies AuditResult['exceptions'][number];

describe('exceptions and attestations', () => {
  const view = peopleView(
    reviewContext(
      buildResult({
        checks: [buildCheck({ id: exception.target, title: 'No IAM user has an active access key' })],
        findings: [buildFinding({ check: exception.target, exception: accepted })],
        exceptions: [
          exception,
          { ...exception, expires: '2027-03-01T00:00:00Z' },
          { ...exception, subject: 'nobody', expires: '2026-11-01T00:00:00Z', status: 'expired' },
          { ...exception, subject: 'nobody', status: 'never-matched' },
        ],
        attestations: [
          {
            control: 'identity-center/mfa-mode',
            statement: 'asked at every sign-in',
            by: 'Identity team',
            at: '2026-11-03T12:00:00Z',
            expires: '2026-12-03T12:00:00Z',
            status: 'live',
          },
        ],
      }),
    ),
  );

  test('say how long they hold, and flag what ends within 30 days', () => {
    expect(view.exceptions.shown.map(({ left, near }) => [left, near])).toEqual([
      ['in 16 days', true],
      ['in 117 days', false],
      ['3 days ago', false],
      ['in 16 days', false],
    ]);
    expect(view.attestations.shown.map(({ left, near }) => [left, near])).toEqual([['in 29 days', true]]);
    expect([view.near, view.expired]).toEqual([2, 1]);
  });

  test('say what they cover: an expired or unused one covers nothing', () => {
    expect(view.exceptions.shown.map(({ covers }) => covers)).toEqual([
      '1 finding: No IAM user has an active access key',
      '1 finding: No IAM user has an active access key',
      'nothing',
      'nothing',
    ]);
  });
});

describe('glossary', () => {
  test('is in order, and explains no term twice', () => {
    const terms = glossaryTerms.map(({ term }) => term);
    expect(terms).toEqual([...new Set(terms)].sort((left, right) => left.localeCompare(right, 'en')));
  });

  test('holds the page’s own terms, and others only when its texts use them', () => {
    const own = glossaryTerms.filter(({ used }) => used === null).map(({ term }) => term);
    expect(glossaryView({}).terms.map(({ term }) => term)).toEqual(own);
    const { terms } = glossaryView({ deep: [{ text: 'A federation token was minted' }] });
    expect(terms.map(({ term }) => term).filter((term) => !own.some((known) => known === term))).toEqual([
      'Federation token',
    ]);
    expect(glossaryTerms.length).toBeGreaterThan(own.length + 10);
  });
});

describe('method', () => {
  test('names what was left out and what was not done', () => {
    const { scope } = buildResult();
    const result = buildResult({ scope: { ...scope, ofAccounts: 4 } });
    const method = methodView(
      reviewContext({
        ...result,
        checksNotRun: [{ id: 'eyes/missing-trail', title: 'Trails', frameworks: {}, techniques: [] }],
      }),
    );
    expect(method.facts.find(({ label }) => label === 'Checks')?.detail).toBe('left out: eyes/missing-trail');
    expect(method.facts.find(({ label }) => label === 'Baseline')?.value).toBe(
      'nothing was held against one',
    );
    expect(method.notDone.join('\n')).toContain('3 accounts of the organization were not asked for');
    expect(method.notDone.join('\n')).toContain('1 check of the catalogue was left out of this run');
    expect(method.notDone[0]).toBe('Nothing was changed: every call to AWS was a read.');
  });
});

describe('dates', () => {
  test('a day is meant to its end; what cannot be read says nothing', () => {
    expect(isPast('2026-11-03', '2026-11-03T23:00:00Z')).toBe(false);
    expect(isPast('2026-11-02', '2026-11-03T00:00:00Z')).toBe(true);
    expect(isPast('soon', '2026-11-03T00:00:00Z')).toBeNull();
    expect(dateText('2026-11-03T11:30:00.000Z')).toBe('2026-11-03 11:30 UTC');
    expect(distanceText('2026-11-03T12:00:00Z', '2026-11-03T11:00:00Z')).toBe('within a day');
    expect(distanceText('soon', '2026-11-03T11:00:00Z')).toBe('cannot be read as a date');
    expect(withReadableTimes('at 2026-11-03T10:48:00.000Z, and 2026-11-03T10:05:35Z')).toBe(
      'at 2026-11-03 10:48 UTC, and 2026-11-03 10:05 UTC',
    );
  });
});

describe('review in a result', () => {
  test('is read whatever it holds', () => {
    for (const value of [undefined, null, 7, 'x', [], { cause: 4, answers: [], signOff: 'me' }]) {
      expect(reviewFacts(value)).toEqual(emptyReview);
    }
    expect(
      reviewFacts({ correctiveActions: [{}, 3, { action: 'a', status: '?', due: 5 }] }).correctiveActions,
    ).toHaveLength(2);
  });

  test('a stranger’s words in it stay words', () => {
    const words = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) | `$(touch x)` \u202e\u001b[31m';
    const review = {
      owner: words,
      participants: [words],
      rootCause: words,
      howItLeaked: words,
      classification: words,
      reviewDate: words,
      answers: { tools: words },
      correctiveActions: [{ action: words, owner: words, due: words, control: words, ticket: words }],
      notifications: [{ to: words, due: words, note: words }],
      signOff: [{ name: words, role: words, at: words }],
    };
    const result = buildResult({ incident: incidentWith(review) });
    const html = renderHtml(result);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;');
    const markdown = renderMarkdown(result);
    expect(markdown).not.toMatch(/<img|\]\(javascript/);
    for (const text of [html, markdown]) {
      expect(['\u202e', '\u001b'].filter((hidden) => text.includes(hidden))).toEqual([]);
      expect(text).toContain('U+202E');
    }
  });

  test('the page and its twin hold every chapter of it', () => {
    const result = buildResult({ incident: incidentWith({ classification: 'TLP:AMBER' }) });
    const view = buildReportView(result, reviewLimits, 'result.json');
    const links = view.navigation.flatMap(({ links: own }) => own.map(({ href }) => href));
    const chapters = [
      '#root-causes',
      '#corrective-actions',
      '#worksheet',
      '#closure',
      '#people',
      '#glossary',
    ];
    expect(links).toEqual(expect.arrayContaining(chapters));
    const html = renderHtml(result);
    for (const href of chapters) {
      expect(html).toContain(`id="${href.slice(1)}"`);
    }
    expect(html).toContain('<p class="classification">TLP:AMBER</p>');
    const markdown = renderMarkdown(result);
    for (const heading of [
      'Root causes',
      'Corrective actions',
      'Lessons learned',
      'Closure and sign-off',
      'Glossary',
    ]) {
      expect(markdown).toContain(heading);
    }
  });
});
