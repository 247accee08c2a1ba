import { describe, expect, test } from '@jest/globals';
import { attribute, decide } from '../../../src/engine/attribution.ts';
import { viewBaseline } from '../../../src/engine/baseline-view.ts';
import { signalsOf } from '../../../src/engine/signals.ts';
import { incidentFromOptions } from '../../../src/input/incident.ts';
import type { BaselineEntry } from '../../../src/model/baseline.ts';
import type { ResourceFact } from '../../../src/model/evidence/derived.ts';
import type { Attribution, Decision, FindingKind, Sighting } from '../../../src/model/finding.ts';
import { ownershipOf } from '../../../src/model/ownership.ts';

const arn = 'arn:aws:iam::111122223333:user/deploy';
const window = { from: '2026-11-03T09:10:00.000Z', to: '2026-11-03T11:40:00.000Z' };
const fact: ResourceFact = {
  arn,
  uniqueId: 'AIDAEXAMPLEONE',
  type: 'iam-user',
  name: 'deploy',
  accountId: '111122223333',
  region: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  modifiedAt: null,
  changeCoverage: 'created-only',
  createdBy: null,
  owner: null,
  contentSha256: 'a'.repeat(64),
};
const sighting: Sighting = { messageId: 'm', subject: { arn, type: 'iam-user', name: 'deploy' }, data: {} };
const entry: BaselineEntry = {
  type: 'iam-user',
  id: arn,
  uniqueId: 'AIDAEXAMPLEONE',
  contentSha256: 'a'.repeat(64),
  owner: null,
  reason: null,
  reviewedBy: 'a reviewer',
  reviewedAt: null,
};
const baselineOf = (...expected: readonly BaselineEntry[]) =>
  viewBaseline({ capturedAt: '2026-06-01T00:00:00.000Z', evidence: null, expected });

function judged(
  known: ResourceFact | null,
  baseline: ReturnType<typeof baselineOf> | null,
  withWindow = true,
) {
  const incident = withWindow ? incidentFromOptions([], window) : null;
  const signals = signalsOf(sighting, known, {
    incident,
    baseline,
    organizationAccountIds: null,
    ownership: null,
    lineage: null,
  });
  return {
    codes: signals.map(({ code }) => code),
    attribution: attribute(signals, known, incident?.window ?? null, baseline),
  };
}

describe('attribution', () => {
  const cases: readonly (readonly [
    string,
    ResourceFact | null,
    ReturnType<typeof baselineOf> | null,
    Attribution,
  ])[] = [
    ['made in the window', { ...fact, createdAt: '2026-11-03T10:00:00.000Z' }, null, 'in-window'],
    ['changed in the window', { ...fact, modifiedAt: '2026-11-03T10:00:00.000Z' }, null, 'in-window'],
    [
      'made in the window although the baseline holds it',
      { ...fact, createdAt: window.from },
      baselineOf(entry),
      'in-window',
    ],
    ['made exactly when the window ends', { ...fact, createdAt: window.to }, null, 'unknown'],
    ['reviewed and unchanged', fact, baselineOf(entry), 'explained'],
    [
      'in the baseline, but nobody reviewed it',
      fact,
      baselineOf({ ...entry, reviewedBy: null }),
      'unexplained',
    ],
    ['not in the baseline', fact, baselineOf(), 'unexplained'],
    [
      'of other content than reviewed',
      { ...fact, contentSha256: 'b'.repeat(64) },
      baselineOf(entry),
      'unexplained',
    ],
    ['a re-created namesake', { ...fact, uniqueId: 'AIDAEXAMPLETWO' }, baselineOf(entry), 'unexplained'],
    ['old, but changes would not show', fact, null, 'unknown'],
    ['old, and changes would show', { ...fact, changeCoverage: 'complete' }, null, 'predates-window'],
    ['undated', { ...fact, createdAt: null, changeCoverage: 'none' }, null, 'unknown'],
    ['nothing known', null, null, 'unknown'],
  ];
  test.each(cases)('%s', (_name, known, baseline, expected) => {
    expect(judged(known, baseline).attribution).toBe(expected);
  });

  test('nothing is attributed without an event that proves it', () => {
    for (const [, known, baseline] of cases) {
      expect(judged(known, baseline).attribution).not.toBe('attributed');
    }
  });

  test('without a window nothing lies in it or before it', () => {
    expect(judged({ ...fact, changeCoverage: 'complete' }, null, false).attribution).toBe('unknown');
  });

  test('a namesake is told from the original in words', () => {
    expect(judged({ ...fact, uniqueId: 'AIDAEXAMPLETWO' }, baselineOf(entry)).codes).toContain(
      'changed-since-baseline',
    );
  });
});

describe('signals of the incident file', () => {
  const incident = {
    ...incidentFromOptions(['AKIAIOSFODNN7EXAMPLE'], window),
    compromised: { accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'], principals: [arn] },
  };
  const sources = {
    incident,
    baseline: null,
    organizationAccountIds: new Set(['444455556666']),
    ownership: ownershipOf([]),
    lineage: null,
  };
  test('a named principal, a named key and an account outside are signals', () => {
    expect(signalsOf(sighting, null, sources).map(({ code }) => code)).toEqual([
      'compromised-principal',
      'outside-account',
    ]);
    const key = { ...sighting, subject: { arn: 'x', type: 'access-key', name: 'AKIAIOSFODNN7EXAMPLE' } };
    expect(signalsOf(key, null, sources).map(({ code }) => code)).toEqual(['compromised-principal']);
  });

  test('an unknown list of accounts makes nothing foreign', () => {
    const unknown = { ...sources, organizationAccountIds: null };
    expect(signalsOf(sighting, null, unknown).map(({ code }) => code)).not.toContain('outside-account');
  });
});

describe('ownership', () => {
  const owned = {
    owner: 'cloudformation edge/Deploy',
    arn,
    type: 'iam-user',
    id: null,
    accountId: '111122223333',
    region: null,
    touchedAt: null,
    stackTouchedAt: [],
  };
  const judgedBy = (things: Parameters<typeof ownershipOf>[0], known: ResourceFact) => {
    const incident = incidentFromOptions([], window);
    const sources = {
      incident,
      baseline: null,
      organizationAccountIds: null,
      ownership: ownershipOf(things),
      lineage: null,
    };
    const signals = signalsOf(sighting, known, sources);
    return { signals, attribution: attribute(signals, known, window, null) };
  };

  test('says who, or that nobody does', () => {
    expect(judgedBy([owned], fact).signals).toEqual([
      { code: 'owned-by-code', fact: 'claimed by cloudformation edge/Deploy', source: 'owners' },
    ]);
    expect(judgedBy([], fact).signals.map(({ code }) => code)).toEqual(['not-owned-by-code']);
  });

  test('never excuses a change in the window', () => {
    const changed = { ...fact, modifiedAt: '2026-11-03T10:00:00.000Z' };
    expect(judgedBy([owned], changed).attribution).toBe('in-window');
  });

  test('a change by the owning stack in the window is in-window, although the thing carries no date', () => {
    const touched = { ...owned, touchedAt: '2026-11-03T10:00:00.000Z' };
    const judgedTouched = judgedBy([touched], fact);
    expect(judgedTouched.attribution).toBe('in-window');
    expect(judgedTouched.signals.map(({ code }) => code)).toEqual(['owned-by-code', 'in-window']);
    expect(judgedBy([{ ...owned, touchedAt: window.to }], fact).attribution).toBe('unknown');
  });

  test('a name counts in its own account and region only', () => {
    const byName = { ...owned, arn: null, id: fact.name };
    expect(ownershipOf([byName]).ownerOf(fact)).not.toBeNull();
    expect(ownershipOf([{ ...byName, accountId: '444455556666' }]).ownerOf(fact)).toBeNull();
    expect(ownershipOf([{ ...byName, accountId: null }]).ownerOf(fact)).toBeNull();
    expect(ownershipOf([{ ...byName, accountId: null, id: fact.uniqueId }]).ownerOf(fact)).not.toBeNull();
  });
});

describe('decision', () => {
  const cases: readonly (readonly [FindingKind, Attribution, readonly string[], Decision])[] = [
    ['residue', 'attributed', ['created-by-incident'], 'eradicate'],
    ['residue', 'attributed', ['changed-by-incident'], 'restore'],
    ['tampering', 'attributed', ['created-by-incident'], 'restore'],
    ['hardening', 'attributed', ['created-by-incident'], 'eradicate'],
    ['hardening', 'attributed', ['changed-by-incident'], 'restore'],
    ['residue', 'in-window', [], 'explain'],
    ['residue', 'unexplained', [], 'explain'],
    ['residue', 'unexplained', ['changed-since-baseline'], 'restore'],
    ['residue', 'unknown', [], 'harden'],
    ['residue', 'explained', [], 'harden'],
    ['tampering', 'unknown', [], 'restore'],
    ['tampering', 'explained', [], 'harden'],
    ['hardening', 'in-window', [], 'explain'],
    ['hardening', 'predates-window', [], 'harden'],
    ['residue', 'unknown', ['compromised-principal'], 'contain-and-rotate'],
  ];
  test.each(cases)('%s that is %s with %j', (kind, attribution, codes, expected) => {
    const signals = codes.map((code) => ({ code, fact: '', source: '' }));
    expect(decide(kind, attribution, signals, 'medium')).toBe(expected);
  });

  test('only what is attributed and intruder-made may be deleted', () => {
    for (const [kind, attribution, codes] of cases) {
      const decision = decide(
        kind,
        attribution,
        codes.map((code) => ({ code, fact: '', source: '' })),
        'critical',
      );
      const made =
        attribution === 'attributed' && codes.includes('created-by-incident') && kind !== 'tampering';
      expect(decision === 'eradicate').toBe(made);
    }
  });

  test('a critical residue of unknown origin is asked about', () => {
    expect(decide('residue', 'unknown', [], 'critical')).toBe('explain');
  });
});
