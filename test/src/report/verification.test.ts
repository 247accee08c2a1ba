import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import type { Verification } from '../../../src/model/verification.ts';
import { renderHtml } from '../../../src/report/renderers/html.ts';
import { renderMarkdown } from '../../../src/report/renderers/markdown.ts';
import { plainStyles } from '../../../src/report/terminal-summary.ts';
import { verificationSummary } from '../../../src/report/verification/verification-summary.ts';
import { hostileTexts } from '../../support/hostile-result.ts';
import { buildResult } from '../../support/result-builder.ts';

const states = ['gone', 'still-there', 'changed', 'reappeared', 'cannot-tell'] as const;

function verification(fields: Partial<Verification> = {}, text = 'svc-backup'): Verification {
  const subject = { arn: text, type: 'iam-user', accountId: '111122223333', region: null, name: text };
  return {
    against: { evidenceDigest: 'e'.repeat(64), asOf: '2026-11-03T14:00:00.000Z', findings: 5 },
    asOf: '2026-11-03T16:00:00.000Z',
    quick: false,
    actions: [],
    findings: states.map((state) => ({
      fingerprint: state,
      check: 'leftover-admins/admin-user',
      severity: 'critical',
      title: text,
      decision: 'eradicate',
      subject,
      state,
      why: text,
      step: { id: text, action: text, outcome: 'done', at: '2026-11-03T15:00:00Z' },
      now: null,
    })),
    newSince: [
      {
        fingerprint: null,
        subject,
        what: text,
        at: '2026-11-03T15:30:00.000Z',
        afterCleanUp: true,
        severity: 'critical',
      },
    ],
    lookAgain: [{ at: '2026-11-03T17:00:00.000Z', why: text }],
    closure: {
      allClear: false,
      criteria: [
        { id: 'found-is-gone', title: 'Everything is gone', met: true, facts: [text] },
        { id: 'nothing-new', title: 'Nothing new', met: false, facts: [text, text, text, text] },
      ],
    },
    ...fields,
  };
}

function resultWith(fields: Partial<Verification> = {}, text?: string): AuditResult {
  return buildResult({ verification: verification(fields, text) });
}

const all = (result: AuditResult) => [
  renderHtml(result),
  renderMarkdown(result),
  verificationSummary(result),
];

describe('a verification', () => {
  test('stands in every form, what is new first, with words and not with colour alone', () => {
    for (const text of all(resultWith())) {
      for (const word of [
        'Reappeared',
        'Still there',
        'Cannot tell',
        '✗ not met',
        '✓ met',
        '2026-11-03 17:00 UTC',
      ]) {
        expect(text).toContain(word);
      }
      expect(text).not.toMatch(/all clear/i);
    }
    const terminal = verificationSummary(resultWith());
    expect(terminal.indexOf('AFTER THE CLEAN-UP')).toBeLessThan(terminal.indexOf('Found earlier'));
    expect(terminal).toContain('Somebody made access after the clean-up');
    expect(terminal).toContain('Next: Go back to containment');
  });

  test('names each criterion once, where the incident is closed, with all of its facts', () => {
    const facts = ['first fact', 'second fact', 'third fact'];
    const criteria = [{ id: 'nothing-new', title: 'A criterion of its own', met: false, facts }];
    const result = resultWith({ closure: { allClear: false, criteria } });
    for (const text of [renderHtml(result), renderMarkdown(result)]) {
      for (const word of ['A criterion of its own', ...facts]) {
        expect(text.split(word)).toHaveLength(2);
      }
      expect(text).toContain('Criteria of closure: 0 of 1 met');
    }
    expect(renderHtml(result)).toContain('<a href="#closure">Each with its facts</a>');
  });

  test('is absent from a result that no verify made', () => {
    const plain = buildResult();
    expect(renderHtml(plain)).not.toContain('id="verification"');
    expect(renderMarkdown(plain)).not.toContain('## Verification');
    expect(() => verificationSummary(plain)).toThrow(/without a verification/);
  });

  test('says all clear only with its closure', () => {
    const closed = { findings: [], newSince: [], closure: { allClear: true, criteria: [] } };
    expect(verificationSummary(resultWith(closed))).toContain('All clear');
    const open = { ...closed, closure: { allClear: false, criteria: verification().closure.criteria } };
    for (const text of all(resultWith(open))) {
      expect(text).not.toMatch(/all clear/i);
    }
    expect(renderHtml(resultWith(open))).toContain('Not closed');
  });

  test.each([
    ['still-there', 'Not everything is gone'],
    ['cannot-tell', 'It cannot be said that everything is gone'],
    ['reappeared', 'What was removed is back'],
    ['gone', 'something is new'],
  ])('with %s only: %s', (state, headline) => {
    const findings = verification().findings.filter((one) => one.state === state);
    const [entry] = verification().newSince;
    const newSince = entry === undefined ? [] : [{ ...entry, afterCleanUp: false }];
    expect(verificationSummary(resultWith({ findings, newSince }))).toContain(headline);
  });

  test('colours only through the styles it is given', () => {
    const painted = verificationSummary(resultWith(), {
      styles: { ...plainStyles, warning: (text) => `<w>${text}</w>`, good: (text) => `<g>${text}</g>` },
    });
    expect(painted).toContain('<w>✗ not met ');
    expect(painted).toContain('<g>✓ met');
    expect(painted.replaceAll(/<\/?[wg]>/g, '')).toBe(verificationSummary(resultWith()));
  });
});

describe.each(Object.entries(hostileTexts))('%s in every text of a verification', (_, text) => {
  const result = resultWith({}, text);

  test('neither acts on a terminal nor breaks its lines', () => {
    const terminal = verificationSummary(result, { width: 100 });
    expect(terminal.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(Math.max(...terminal.split('\n').map((line) => line.length))).toBeLessThanOrEqual(102);
  });

  test('is no markup', () => {
    const page = renderHtml(result);
    const body = page.slice(
      page.indexOf('<section id="verification"'),
      page.indexOf('</section>', page.indexOf('<section id="closure"')),
    );
    expect(body).toContain('closure-title');
    expect(body).not.toMatch(/<(?:script|img|svg|a (?!href="#closure">)|\/title)/i);
    const markdown = renderMarkdown(result);
    expect(markdown.replaceAll(/`[^`]*`/g, '')).not.toMatch(/<script|<img|\]\(javascript/i);
  });
});
