import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { auditEvidence } from '../../../src/engine/audit-evidence.ts';
import { withHistory } from '../../../src/engine/history.ts';
import { type AuditResult, auditResultSchema } from '../../../src/model/audit-result.ts';
import { ComparisonError } from '../../../src/model/comparable-results.ts';
import type { StoredObservation } from '../../../src/model/evidence-manifest.ts';
import { observed } from '../../../src/model/observation.ts';
import {
  asOf,
  at,
  complete,
  everywhere,
  first,
  inputOf,
  inRegion,
  listingCheck,
  missingAt,
  refusedAt,
  second,
} from './small-audit.ts';

const keys = 'account.alternate-contacts';
const functions = 'lambda.aliases';
const services = 'iam.organizations-features';
const checks = [
  listingCheck('test/account', keys),
  listingCheck('test/region', functions),
  listingCheck('test/organization', services),
];
const places = [
  { key: keys, unit: at(first) },
  { key: keys, unit: at(second) },
  { key: functions, unit: inRegion(first) },
  { key: functions, unit: inRegion(second) },
  { key: services, unit: everywhere },
] as const;

/** What exists in one place, and how well it was seen. */
interface Sight {
  readonly names: readonly string[];
  readonly seen: 'complete' | 'partial' | 'missing' | 'absent';
}
type World = readonly Sight[];

function storedOf(world: World): readonly StoredObservation[] {
  return places.flatMap(({ key, unit }, index) => {
    const { names, seen } = world[index] ?? { names: [], seen: 'absent' };
    const things = names.map((name) => `arn:aws:iam::${unit.accountId ?? first}:user/${name}`);
    switch (seen) {
      case 'complete':
        return [complete(key, unit, things)];
      case 'partial':
        return [{ key, unit, observation: observed(things, [refusedAt(unit, `test:${key}`)], asOf, []) }];
      case 'missing':
        return [missingAt(key, unit)];
      case 'absent':
        return [];
      default:
        return seen satisfies never;
    }
  });
}

function audited(world: World, digest = 'd'): Promise<AuditResult> {
  const input = inputOf(checks, { stored: storedOf(world) });
  return auditEvidence({ ...input, evidence: { ...input.evidence, digest: digest.repeat(64) } });
}

const seenInFull = (...names: readonly (readonly string[])[]): World =>
  places.map((_, index) => ({ names: names[index] ?? [], seen: 'complete' }));
const lose = (world: World, index: number, seen: Sight['seen']): World =>
  world.map((sight, place) => (place === index ? { ...sight, seen } : sight));

const prints = (list: readonly { readonly fingerprint: string }[] | undefined) =>
  (list ?? []).map(({ fingerprint }) => fingerprint);
const historiesOf = ({ findings }: AuditResult) =>
  findings.map(({ subject, history }) => `${subject.name.split('/').at(-1)} ${history}`);

describe('the history of findings', () => {
  test('tells new, persisting and resolved', async () => {
    const before = await audited(seenInFull(['a', 'b']));
    const now = withHistory(await audited(seenInFull(['b', 'c'])), before);
    expect(historiesOf(now)).toEqual(['b persisting', 'c new']);
    expect(now.history).toMatchObject({
      against: { evidenceDigest: before.evidenceDigest, asOf },
      counts: { new: 1, persisting: 1, resolved: 1, reappeared: 0, cannotTell: 0 },
      resolved: [{ check: 'test/account', subject: { name: expect.stringContaining('/a') } }],
    });
    expect(() => auditResultSchema.parse(now)).not.toThrow();
  });

  test('what was resolved and is there again has reappeared', async () => {
    const one = await audited(seenInFull(['a']));
    const two = withHistory(await audited(seenInFull([])), one);
    const three = withHistory(await audited(seenInFull(['a'])), two);
    expect(historiesOf(three)).toEqual(['a reappeared']);
  });

  test('a namesake with another unique id has reappeared', async () => {
    const given = await audited(seenInFull(['a']));
    const withId = (uniqueId: string): AuditResult => ({
      ...given,
      findings: given.findings.map((finding) => ({ ...finding, subject: { ...finding.subject, uniqueId } })),
    });
    expect(historiesOf(withHistory(withId('AIDAEXAMPLETWO'), withId('AIDAEXAMPLEONE')))).toEqual([
      'a reappeared',
    ]);
    expect(historiesOf(withHistory(withId('AIDAEXAMPLEONE'), withId('AIDAEXAMPLEONE')))).toEqual([
      'a persisting',
    ]);
    expect(historiesOf(withHistory(given, withId('AIDAEXAMPLEONE')))).toEqual(['a persisting']);
  });

  test.each([
    ['missing', /could not be evaluated in 111122223333/],
    ['partial', /could not be evaluated in 111122223333/],
    ['absent', /could not be evaluated in 111122223333/],
  ] as const)('what lay in evidence that is now %s cannot be told', async (seen, why) => {
    const before = await audited(seenInFull(['a']));
    const now = withHistory(await audited(lose(seenInFull([]), 0, seen)), before);
    expect(now.history).toMatchObject({
      counts: { resolved: 0, cannotTell: 1 },
      cannotTell: [{ why: expect.stringMatching(why), units: [{ accountId: first }] }],
    });
  });

  test('it stays on the list until somebody has looked', async () => {
    const one = await audited(seenInFull(['a']));
    const blind = lose(seenInFull([]), 0, 'missing');
    const two = withHistory(await audited(blind), one);
    const three = withHistory(await audited(blind), two);
    expect(three.history?.counts.cannotTell).toBe(1);
    const clean = withHistory(await audited(seenInFull([])), three);
    expect(prints(clean.history?.resolved)).toEqual(prints(one.findings));
    const back = withHistory(await audited(seenInFull(['a'])), three);
    expect(historiesOf(back)).toEqual(['a persisting']);
  });

  test('a check that was not selected and a region that was not swept prove nothing', async () => {
    const before = await audited(seenInFull([], [], ['f']));
    const [account] = checks;
    const input = inputOf(account === undefined ? [] : [account], { stored: storedOf(seenInFull([])) });
    const unselected = withHistory(await auditEvidence(input), before);
    expect(unselected.history?.cannotTell[0]?.why).toBe('the check was not part of this run');
    const all = inputOf(checks, { stored: storedOf(seenInFull([])) });
    const { manifest } = all.evidence;
    const unswept = await auditEvidence({
      ...all,
      evidence: {
        ...all.evidence,
        manifest: { ...manifest, accounts: manifest.accounts.map((one) => ({ ...one, regions: [] })) },
      },
    });
    expect(withHistory(unswept, before).history?.cannotTell[0]?.why).toBe(
      '111122223333/us-east-1 was not swept this time',
    );
  });

  test('evidence that is older than the finding proves nothing', async () => {
    const before = await audited(seenInFull(['a']), 'e');
    const clean = await audited(seenInFull([]));
    const old: AuditResult = {
      ...clean,
      results: clean.results.map((row) => ({ ...row, evidenceAsOf: '2026-11-03T00:00:00.000Z' })),
    };
    expect(withHistory(old, before).history?.cannotTell[0]?.why).toMatch(/is older than the finding/);
    expect(withHistory(clean, before).history?.counts.resolved).toBe(1);
  });

  test('a finding about the own role is left out, not resolved', async () => {
    const before = await audited(seenInFull(['a']));
    const clean = await audited(seenInFull([]));
    const [finding] = before.findings;
    const excluded = [{ check: 'test/account', arn: finding?.subject.arn ?? '', message: '' }];
    const own: AuditResult = {
      ...clean,
      coverage: {
        ...clean.coverage,
        ownTraces: { ...clean.coverage.ownTraces, excludedFindings: excluded },
      },
    };
    expect(withHistory(own, before).history?.cannotTell[0]?.why).toMatch(/role that this sweep ran as/);
  });

  test('what only events show is gone only where they were read as widely', async () => {
    const clean = await audited(seenInFull([]));
    const id = 'lineage/unreported-resource';
    const seen = await audited(seenInFull([], [], [], [], ['a']));
    const [organization] = clean.checks.filter((check) => check.id === 'test/organization');
    const [found] = seen.findings;
    if (organization === undefined || found === undefined) {
      throw new Error('the organization check has found something');
    }
    const trail = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-04T00:00:00.000Z', holes: [] };
    const lineageOf = (
      result: AuditResult,
      read: AuditResult['coverage']['trail'],
      findings: AuditResult['findings'],
    ): AuditResult => ({
      ...result,
      checks: [...result.checks, { ...organization, id }],
      results: [
        ...result.results,
        {
          check: id,
          outcome: findings.length === 0 ? 'pass' : 'fail',
          units: [{}],
          findings: [...prints(findings)],
        },
      ],
      findings,
      coverage: { ...result.coverage, trail: read },
    });
    const before = lineageOf(clean, trail, [{ ...found, check: id }]);
    const stateOf = (read: AuditResult['coverage']['trail']) =>
      withHistory(lineageOf(clean, read, []), before).history?.counts;
    expect(stateOf(trail)?.resolved).toBe(1);
    expect(stateOf(null)?.cannotTell).toBe(1);
    expect(stateOf({ ...trail, from: '2026-11-02T00:00:00.000Z' })?.cannotTell).toBe(1);
    const hole = { from: trail.from, to: trail.to, where: first, why: 'no log files' };
    expect(stateOf({ ...trail, holes: [hole] })?.cannotTell).toBe(1);
  });

  test('an entry of a file that is no longer given is no longer a finding', async () => {
    const stored = storedOf(seenInFull([]));
    const late = { reason: 'r', approvedBy: 'p', expires: '2026-01-01T00:00:00.000Z' };
    const exceptions = [{ kind: 'finding' as const, check: 'test/account', subject: 'x', ...late }];
    const before = await auditEvidence(inputOf(checks, { stored }, { exceptions }));
    const now = withHistory(await auditEvidence(inputOf(checks, { stored })), before);
    expect(now.history?.resolved.map(({ check }) => check)).toEqual(['judgement/expired-exception']);
  });
});

describe('results that cannot be compared', () => {
  const caught = (run: () => unknown): unknown => {
    try {
      run();
      return null;
    } catch (error) {
      return error;
    }
  };

  test.each([
    ['organization', { organizationId: 'o-otherorgid00' }, /organization o-otherorgid00/],
    ['partition', { partition: 'aws-cn' }, /partition aws-cn/],
  ] as const)('of another %s: a clear error', async (_, other, text) => {
    const result = await audited(seenInFull([]));
    const error = caught(() => withHistory(result, { ...result, ...other }));
    expect(error).toBeInstanceOf(ComparisonError);
    expect(error).toMatchObject({ message: expect.stringMatching(text), next: expect.stringMatching(/./) });
  });

  test('of another schema version, or of unknown organizations without a common account', async () => {
    const result = await audited(seenInFull([]));
    const text = JSON.stringify({ ...result, schemaVersion: 2 });
    const other: AuditResult = JSON.parse(text);
    expect(() => withHistory(result, other)).toThrow(/schema version 2/);
    const alone = { ...result, organizationId: null };
    const elsewhere = { ...alone, scope: { ...alone.scope, accounts: ['777788889999'] } };
    expect(() => withHistory(alone, elsewhere)).toThrow(/no account in common/);
    expect(withHistory(alone, result).history?.counts.new).toBe(0);
  });
});

const sight = fc.record({
  names: fc.subarray(['a', 'b', 'c']),
  seen: fc.constantFrom<Sight['seen']>('complete', 'complete', 'partial', 'missing', 'absent'),
});
const world = fc.array(sight, { minLength: places.length, maxLength: places.length });

describe('whatever was seen', () => {
  test('the counts add up: nothing of the earlier run is lost, nothing is counted twice', async () => {
    await fc.assert(
      fc.asyncProperty(world, world, world, async (one, two, three) => {
        const before = withHistory(await audited(two, 'b'), await audited(one, 'a'));
        const now = withHistory(await audited(three, 'c'), before);
        const { counts, resolved = [], cannotTell = [] } = now.history ?? {};
        expect((counts?.new ?? 0) + (counts?.persisting ?? 0) + (counts?.reappeared ?? 0)).toBe(
          now.findings.length,
        );
        const earlier = new Set([...prints(before.findings), ...prints(before.history?.cannotTell)]);
        const present = prints(now.findings).filter((fingerprint) => earlier.has(fingerprint));
        expect([...present, ...prints(resolved), ...prints(cannotTell)].sort()).toEqual([...earlier].sort());
        expect([counts?.resolved, counts?.cannotTell]).toEqual([resolved.length, cannotTell.length]);
      }),
      { numRuns: 40 },
    );
  });

  test('removing evidence never turns anything into resolved', async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        world,
        fc.nat(places.length - 1),
        fc.constantFrom<Sight['seen']>('partial', 'missing', 'absent'),
        async (earlier, later, index, seen) => {
          const before = await audited(earlier, 'a');
          const full = withHistory(await audited(later, 'b'), before);
          const less = withHistory(await audited(lose(later, index, seen), 'b'), before);
          const known = new Set(prints(full.history?.resolved));
          expect(prints(less.history?.resolved).filter((fingerprint) => !known.has(fingerprint))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a thing that is still there is never resolved, however little is seen of it', async () => {
    await fc.assert(
      fc.asyncProperty(world, world, async (earlier, later) => {
        const before = await audited(earlier, 'a');
        const now = withHistory(await audited(later, 'b'), before);
        const truth = await audited(
          later.map(({ names }) => ({ names, seen: 'complete' })),
          'b',
        );
        const there = new Set(prints(truth.findings));
        expect(prints(now.history?.resolved).filter((fingerprint) => there.has(fingerprint))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
