import { describe, expect, test } from '@jest/globals';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import { durationText } from '../../../src/report/text/duration.ts';
import { incidentTimes } from '../../../src/report/view-model/incident-times.ts';
import { incidentParts, verificationFixture } from '../../support/full-incident.ts';
import { buildFinding, buildResult } from '../../support/result-builder.ts';

const { lineage, events } = incidentParts();

function withMilestones(
  milestones: Readonly<Record<string, string>>,
  fields: Partial<AuditResult> = {},
): AuditResult {
  return buildResult({
    lineage,
    events,
    incident: { id: 'INC-2026-014', title: 'Leaked key', milestones },
    ...fields,
  });
}

const whole = {
  detected: '2026-11-03T11:20:00Z',
  contained: '2026-11-03T12:00:00Z',
  eradicated: '2026-11-04T12:00:00Z',
  recovered: '2026-11-06T15:00:00Z',
};

const textsOf = (result: AuditResult): Readonly<Record<string, string>> =>
  Object.fromEntries(incidentTimes(result).derived.map(({ id, text }) => [id, text]));

describe('derived times', () => {
  test('are told between two named moments', () => {
    const result = withMilestones(whole);
    const { moments, derived } = incidentTimes(result);
    const first = moments.find(({ id }) => id === 'first-event');
    expect(first?.basis).toBe('proved');
    expect(derived.every(({ told, from, to }) => told && from !== null && to !== null)).toBe(true);
    expect(textsOf(result)).toMatchObject({ contain: '40 min', eradicate: '24 h', recover: '2 days 3 h' });
    const dwell = derived.find(({ id }) => id === 'dwell');
    expect(dwell?.milliseconds).toBe(Date.parse(whole.contained) - Date.parse(first?.at ?? ''));
  });

  test('name what is missing, and never guess', () => {
    const texts = textsOf(withMilestones({ detected: whole.detected }));
    expect(texts['dwell']).toMatch(/^Not yet contained: .+ until the evidence was read$/);
    expect(texts['contain']).toBe(
      'Cannot be told: the milestone “contained” is missing in the incident file',
    );
    expect(texts['recover']).toContain('the milestones “eradicated” and “recovered” are missing');
    const blind = incidentTimes(withMilestones(whole, { lineage: null, events: null }));
    expect(blind.derived.find(({ id }) => id === 'dwell')).toMatchObject({ told: false, milliseconds: null });
    expect(blind.derived.find(({ id }) => id === 'dwell')?.text).toContain('no trail was read');
    expect(blind.limits.join(' ')).toContain('No trail was read');
  });

  test('a milestone named like a proved moment does not stand in for it', () => {
    const { derived } = incidentTimes(withMilestones({ ...whole, 'first-event': '2020-01-01T00:00:00Z' }));
    expect(derived.find(({ id }) => id === 'dwell')?.from?.basis).toBe('proved');
  });

  test('a span that runs backwards is not told', () => {
    const { derived } = incidentTimes(withMilestones({ ...whole, contained: '2026-11-03T11:00:00Z' }));
    expect(derived.find(({ id }) => id === 'contain')).toMatchObject({ told: false, milliseconds: null });
  });
});

describe('contradictions', () => {
  const loud = (result: AuditResult): string =>
    incidentTimes(result)
      .contradictions.filter((one) => one.loud)
      .map(({ text }) => text)
      .join('\n');

  test('events after the declared containment are loud and counted', () => {
    expect(loud(withMilestones({ ...whole, contained: '2026-11-03T09:50:00Z' }))).toMatch(
      /\d+ events of the incident’s credentials after the declared containment of 2026-11-03 09:50 UTC/,
    );
    expect(loud(withMilestones(whole))).toBe('');
  });

  test('containment before the first event, and a wrong order, are told', () => {
    const early = incidentTimes(
      withMilestones({ detected: '2026-11-03T08:30:00Z', contained: '2026-11-03T08:00:00Z' }),
    ).contradictions.map(({ text }) => text);
    expect(early.join('\n')).toContain('“contained” (2026-11-03 08:00 UTC) is stated before “detected”');
    expect(early.join('\n')).toContain('is stated before the first event that was found');
  });

  test('declared eradicated, but findings are left', () => {
    const finding = buildFinding({ check: 'identity/example', decision: 'eradicate' });
    const result = withMilestones({ ...whole, eradicated: '2026-11-03T13:00:00Z' }, { findings: [finding] });
    expect(loud(result)).toContain('still holds 1 finding to eradicate');
  });

  test('a time that cannot be read is said', () => {
    const { contradictions } = incidentTimes(withMilestones({ ...whole, closed: 'next week' }));
    expect(contradictions.map(({ text }) => text)).toContain(
      'The time of “closed” cannot be read: next week.',
    );
  });
});

test('a verification is a moment of its own', () => {
  const { moments } = incidentTimes(withMilestones(whole, { verification: verificationFixture() }));
  expect(moments.map(({ id }) => id)).toEqual(expect.arrayContaining(['evidence', 'verification']));
});

test('lengths are told in two units', () => {
  expect([20_000, 60_000, 3_600_000, 8_460_000, 273_600_000].map(durationText)).toEqual([
    'less than a minute',
    '1 min',
    '1 h',
    '2 h 21 min',
    '3 days 4 h',
  ]);
});
