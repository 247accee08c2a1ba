import { expect, test } from '@jest/globals';
import { verdictOf } from '../../../src/pipeline/exit-code.ts';
import { buildFinding, buildGap, buildResult, buildRow } from '../../support/result-builder.ts';

const coverage = buildResult().coverage;
const gap = buildGap({ accepted: false });
const result = (fields: Parameters<typeof buildResult>[0]) =>
  buildResult({
    incident: null,
    results: [],
    findings: [],
    coverage: { ...coverage, gaps: [], scopeGaps: [] },
    ...fields,
  });

test('complete and clean', () => {
  expect(verdictOf(result({}), 'high', false)).toEqual({ exitCode: 0, findings: 0, incomplete: 0 });
});

test('findings count from the level on', () => {
  const findings = [buildFinding({ check: 'a/b', severity: 'medium', attribution: 'unknown' })];
  expect(verdictOf(result({ findings }), 'high', false).exitCode).toBe(0);
  expect(verdictOf(result({ findings }), 'medium', false).exitCode).toBe(1);
  expect(verdictOf(result({ findings }), 'none', false).exitCode).toBe(0);
});

test('a gap that no check needs is still something that could not be seen', () => {
  const unseen = result({ coverage: { ...coverage, scopeGaps: [], gaps: [gap] } });
  expect(verdictOf(unseen, 'high', false)).toEqual({ exitCode: 2, findings: 0, incomplete: 1 });
  expect(verdictOf(unseen, 'high', true).exitCode).toBe(0);
  const accepted = result({ coverage: { ...coverage, scopeGaps: [], gaps: [{ ...gap, accepted: true }] } });
  expect(verdictOf(accepted, 'high', false).exitCode).toBe(0);
});

test('a gap that a result carries counts once', () => {
  const results = [buildRow({ check: 'a/b', outcome: 'unevaluated', gaps: [gap] })];
  const unseen = result({ results, coverage: { ...coverage, scopeGaps: [gap], gaps: [gap] } });
  expect(verdictOf(unseen, 'high', false)).toEqual({ exitCode: 2, findings: 0, incomplete: 1 });
});
