import { describe, expect, test } from '@jest/globals';
import fastCheck from 'fast-check';
import { annotationsOf } from '../../../../src/report/github/annotations.ts';
import { commentMarker, differenceComment } from '../../../../src/report/github/difference-comment.ts';
import { createLogGuard } from '../../../../src/report/github/log-guard.ts';
import { stepSummary } from '../../../../src/report/github/step-summary.ts';
import { annotation } from '../../../../src/report/github/workflow-command.ts';
import { hostileResult } from '../../../support/hostile-result.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { exampleResult, hostileNames, machineResults } from '../../../support/machine-results.ts';
import { randomResult } from '../../../support/random-result.ts';
import { buildFinding, buildGap, buildResult, buildRow } from '../../../support/result-builder.ts';

/** What the runner carries out of a log: its two syntaxes, read as its parser reads them. */
function commandsIn(log: string): readonly string[] {
  return log.split(/\r\n|\r|\n/).filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}

describe('workflow commands', () => {
  test('are escaped as GitHub decodes them', () => {
    expect(annotation('error', 'a: b, 50%', 'x: y, 100%')).toBe(
      '::error title=a%3A b%2C 50%25::x: y, 100%25',
    );
  });

  test('a hostile text makes no second command and no other property', () => {
    const hostile = 'x\n::set-output name=a::b\r::add-mask::c,file=/etc/passwd::';
    const line = annotation('warning', hostile, hostile);
    expect(line).not.toMatch(/[\r\n]/);
    expect(line.startsWith('::warning title=')).toBe(true);
    const [, properties = '', ...rest] = line.split('::');
    expect(properties.split(',')).toHaveLength(1);
    expect(rest.join('::')).toContain('␊::set-output');
  });
});

describe('annotations', () => {
  test.each(machineResults())('%s: at most ten of a level, one line each', (_name, audit) => {
    const lines = annotationsOf(audit);
    for (const level of ['error', 'warning']) {
      expect(lines.filter((line) => line.startsWith(`::${level} title=`)).length).toBeLessThanOrEqual(10);
    }
    expect(lines.every((line) => /^::(?:error|warning) title=[^\r\n]*::[^\r\n]*$/.test(line))).toBe(true);
    expect(lines.join('\n').length).toBeLessThan(64_000);
  });

  test('incompleteness comes first, and what is left out is counted', () => {
    const findings = Array.from({ length: 15 }, (_, index) =>
      buildFinding({ check: 'identity/example', severity: 'critical', message: `finding ${index}` }),
    );
    const results = [
      buildRow({ check: 'a/b', outcome: 'unevaluated', gaps: [buildGap({ detail: 'no way' })] }),
    ];
    const lines = annotationsOf(buildResult({ findings, results }));
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(
      '::error title=Incomplete%3A not everything was seen::1 result is incomplete. a/b: iam:ListUsers in 111122223333: access-denied: no way',
    );
    expect(lines.at(-1)).toBe('::error title=More findings::7 more findings: see the report.');
  });

  test('levels follow severity and attribution; accepted and low ones are none', () => {
    const exception = { reason: 'r', approvedBy: 'a', expires: '2027-01-01T00:00:00Z' };
    const findings = [
      buildFinding({ check: 'a', severity: 'critical', message: 'one', exception }),
      buildFinding({ check: 'a', severity: 'low', message: 'two' }),
      buildFinding({ check: 'a', severity: 'medium', message: 'three' }),
      buildFinding({ check: 'a', severity: 'low', attribution: 'attributed', message: 'four' }),
    ];
    const lines = annotationsOf(buildResult({ findings }));
    expect(lines.map((line) => [line.split(' ')[0], /(one|two|three|four)/.exec(line)?.[1]])).toEqual([
      ['::error', 'four'],
      ['::warning', 'three'],
    ]);
  });

  test('a quiet and complete run says nothing', () => {
    expect(annotationsOf(buildResult())).toEqual([]);
  });
});

describe('the log', () => {
  test.each([
    ['::error::x', ': :error::x'],
    ['a\n  ::set-env name=A::b', 'a\n  : :set-env name=A::b'],
    ['\u00a0::x', '\u00a0: :x'],
    ['see ##[add-mask]x', 'see ## [add-mask]x'],
    ['arn:aws:iam::111122223333:user/a', 'arn:aws:iam::111122223333:user/a'],
    [':', ':'],
    ['#[a]', '#[a]'],
  ])('%j becomes %j', (text, expected) => {
    expect(createLogGuard()(text)).toBe(expected);
  });

  test('holds no command however it is cut into writes, and nothing but spaces is added', () => {
    const part = fastCheck.constantFrom(
      ':',
      '::',
      '#',
      '##',
      '[',
      ' ',
      '\t',
      '\n',
      '\r\n',
      'a',
      '::error::x',
      '\u2003',
    );
    fastCheck.assert(
      fastCheck.property(fastCheck.array(part, { maxLength: 30 }), (parts) => {
        const guard = createLogGuard();
        const log = parts.map(guard).join('');
        expect(commandsIn(log)).toEqual([]);
        expect(log.replaceAll(' ', '')).toBe(parts.join('').replaceAll(' ', ''));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the step summary', () => {
  test('is the Markdown twin within what GitHub takes', () => {
    const text = stepSummary(incidentResult(), 0) ?? '';
    expect(text).toContain('svc-backup-admin');
    const many = Array.from({ length: 3_000 }, () =>
      buildFinding({ check: 'identity/example', decision: 'explain', message: '漢'.repeat(400) }),
    );
    const long = buildResult({ findings: many });
    for (const used of [0, 500_000, 1_030_000]) {
      const summary = stepSummary(long, used) ?? '';
      expect(summary.length).toBeGreaterThan(1_000);
      expect(new TextEncoder().encode(summary).length + used).toBeLessThanOrEqual(1_048_576);
    }
    expect(stepSummary(long, 1_048_000)).toBeNull();
  });
});

describe('the comment', () => {
  test('tells what is new, back, gone and not to be told', () => {
    const base = buildResult();
    const subject = { arn: 'arn:x', type: 'iam-user', accountId: null, region: null, name: 'gone-user' };
    const audit = buildResult({
      ...base,
      findings: [
        buildFinding({ check: 'identity/example', history: 'new', message: 'fresh thing' }),
        buildFinding({ check: 'identity/example', history: 'reappeared', message: 'back thing' }),
        buildFinding({ check: 'identity/example', history: 'persisting', message: 'old thing' }),
      ],
      history: {
        against: { evidenceDigest: 'd', asOf: '2026-10-01T00:00:00Z' },
        counts: { new: 1, persisting: 1, resolved: 1, reappeared: 1, cannotTell: 1 },
        resolved: [{ fingerprint: 'f', check: 'c', title: 'gone thing', subject }],
        cannotTell: [{ fingerprint: 'g', check: 'c', title: 'lost thing', subject, why: 'denied' }],
      },
    });
    const text = differenceComment(audit);
    expect(text.startsWith(commentMarker)).toBe(true);
    expect(text).toContain('**1 new**, **1 back**, 1 gone, 1 still there, 1 that cannot be told.');
    for (const said of ['fresh thing', 'back thing', 'gone thing', 'lost thing: denied']) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('old thing');
    expect(text).toContain('Everything that was asked was seen.');
  });

  test('says that a run is incomplete', () => {
    expect(differenceComment(incidentResult())).toContain('**Incomplete:** 4 results');
    expect(differenceComment(exampleResult())).toContain('**Incomplete:**');
  });

  test.each(hostileNames)('%s: no markup, no mention, and short enough for GitHub', (name) => {
    for (const audit of [hostileResult(name), randomResult(2, 200)]) {
      const text = differenceComment(audit);
      expect(text.length).toBeLessThan(65_536);
      const outside = text
        .replace(commentMarker, '')
        .split('\n')
        .map((line) =>
          line.replace(/<code>[^<]*<\/code>/g, '').replace(/(?<!\\|`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, ''),
        )
        .join('\n');
      expect(outside).not.toMatch(/<(?!\/?code>)/);
      expect(outside).not.toMatch(/(?<!\\)\]\(|@|:\/\//);
    }
  });
});
