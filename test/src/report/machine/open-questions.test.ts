import { describe, expect, test } from '@jest/globals';
import { verdictOf } from '../../../../src/pipeline/exit-code.ts';
import { loudestFirst } from '../../../../src/report/machine/loudest-first.ts';
import { incompleteCount, looseGaps, openQuestions } from '../../../../src/report/machine/open-questions.ts';
import { resultLines } from '../../../../src/report/machine/result-lines.ts';
import { renderJson } from '../../../../src/report/renderers/json.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { randomResult } from '../../../support/random-result.ts';
import { buildFinding, buildGap, buildResult, buildRow } from '../../../support/result-builder.ts';

describe('open questions', () => {
  test('count what makes a run incomplete, as the exit code does', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const result = randomResult(seed, 5);
      expect(incompleteCount(result)).toBe(verdictOf(result, 'none', false).incomplete);
    }
    expect(incompleteCount(incidentResult())).toBe(verdictOf(incidentResult(), 'none', false).incomplete);
    expect(incompleteCount(buildResult())).toBe(0);
  });

  test('tell the four states apart', () => {
    const result = buildResult({
      results: [
        buildRow({ check: 'a', outcome: 'pass', examined: 1 }),
        buildRow({ check: 'a', outcome: 'not-applicable', reason: 'none' }),
        buildRow({ check: 'a', outcome: 'unevaluated', gaps: [buildGap({})] }),
        buildRow({ check: 'a', outcome: 'unevaluated', gaps: [buildGap({ accepted: true })] }),
        buildRow({ check: 'a', outcome: 'error', reason: 'broken' }),
        buildRow({ check: 'a', outcome: 'manual', instructions: 'look', satisfied: true }),
        buildRow({ check: 'a', outcome: 'manual', instructions: 'look' }),
        buildRow({ check: 'a', outcome: 'fail', gaps: [buildGap({})], findings: ['x'] }),
      ],
    });
    expect(openQuestions(result).map(({ index, state, accepted }) => [index, state, accepted])).toEqual([
      [2, 'unevaluated', false],
      [3, 'unevaluated', true],
      [4, 'error', false],
      [6, 'manual', false],
      [7, 'partial', false],
    ]);
    expect(openQuestions(result).map(({ reasons }) => reasons[0])).toEqual([
      'iam:ListUsers in 111122223333: access-denied: not authorized to perform the call',
      'iam:ListUsers in 111122223333: access-denied: not authorized to perform the call (accepted by an exception)',
      'broken',
      'look',
      'iam:ListUsers in 111122223333: access-denied: not authorized to perform the call',
    ]);
  });

  test('gaps that a result carries are not told twice', () => {
    const gap = buildGap({});
    const other = buildGap({ operation: 'lambda:ListFunctions' });
    const base = buildResult({ results: [buildRow({ check: 'a', outcome: 'unevaluated', gaps: [gap] })] });
    const result = { ...base, coverage: { ...base.coverage, gaps: [gap, other, other], scopeGaps: [other] } };
    expect(looseGaps(result)).toEqual([other]);
  });
});

test('what the incident proves comes first, what is accepted last', () => {
  const exception = { reason: 'r', approvedBy: 'a', expires: '2027-01-01T00:00:00Z' };
  const findings = [
    buildFinding({ check: 'accepted', severity: 'critical', attribution: 'attributed', exception }),
    buildFinding({ check: 'low', severity: 'low', attribution: 'unknown' }),
    buildFinding({ check: 'critical', severity: 'critical', attribution: 'unknown' }),
    buildFinding({ check: 'proved', severity: 'low', attribution: 'attributed' }),
    buildFinding({ check: 'critical-eradicate', severity: 'critical', decision: 'eradicate' }),
  ];
  expect(loudestFirst(findings).map(({ check }) => check)).toEqual([
    'proved',
    'critical-eradicate',
    'critical',
    'low',
    'accepted',
  ]);
});

test('lines are those of result.json', () => {
  for (const result of [incidentResult(), randomResult(7), buildResult()]) {
    const lines = renderJson(result).split('\n');
    for (const list of ['findings', 'results'] as const) {
      const ranges = resultLines(result, list);
      expect(ranges).toHaveLength(result[list].length);
      for (const [index, { start, end }] of ranges.entries()) {
        const text = lines
          .slice(start - 1, end)
          .join('\n')
          .replace(/,$/, '');
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(result[list][index])));
      }
    }
  }
});
