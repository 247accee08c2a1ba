import { describe, expect, test } from '@jest/globals';
import { type CustodyFacts, renderCustodyPage } from '../../../src/report/custody/custody-page.ts';
import { buildReportView } from '../../../src/report/view-model/build-report-view.ts';
import { hostileTexts } from '../../support/hostile-result.ts';
import { buildCheck, buildResult, buildRow } from '../../support/result-builder.ts';

const limits = { cardsPerChapter: 10, findingsPerCard: 5, rows: 3, names: 3, characters: 2048 };
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function facts(text: string): CustodyFacts {
  return {
    incident: { id: text, title: text },
    banner: text,
    run: {
      command: 'sweep',
      arguments: [text, `--title=${text}`],
      startedAt: '2026-11-03T18:00:00.000Z',
      endedAt: '2026-11-03T18:10:00.000Z',
      node: 'v20.0.0',
      platform: 'linux x64',
      toolVersion: '0.1.0',
    },
    collection: {
      callerArn: text,
      sessions: [text, text],
      startedAt: '2026-11-03T18:00:00.000Z',
      endedAt: '2026-11-03T18:05:00.000Z',
      toolVersion: '0.1.0',
      clockSkewSeconds: -2,
      parts: [
        {
          startedAt: '2026-11-03T18:00:00.000Z',
          endedAt: '2026-11-03T18:01:00.000Z',
          ended: false,
          callerArn: text,
          toolVersion: text,
          calls: 1200,
          digest,
        },
      ],
      evidenceDigest: digest,
      scope: text,
      included: true,
    },
    fingerprint: digest,
    canBeReperformed: true,
    files: [
      { path: 'evidence/accounts/111122223333.ndjson.gz', bytes: 10, sha256: digest },
      { path: 'evidence/organization.ndjson.gz', bytes: 10, sha256: digest },
      { path: 'trace.json', bytes: 10, sha256: digest },
      { path: text, bytes: 10, sha256: digest },
    ],
    sources: {
      places: [
        { accountId: '111122223333', regions: ['us-east-1', text], services: [text], takenOver: false },
      ],
      organization: text,
      trail: { sources: [text], records: 12, files: 2 },
    },
  };
}

describe('custody.md', () => {
  test('names of each file what it is and where it comes from', () => {
    const page = renderCustodyPage(facts('plain'));
    expect(page).toContain(
      '| 1 | `evidence/accounts/111122223333.ndjson.gz` | evidence | account 111122223333; us-east-1, plain; plain | 10 |',
    );
    // Nothing is claimed of a file that no run is known to write.
    expect(page).toContain('| 4 | `plain` | another file | found in the folder when the run ended |');
    expect(page).toContain('CloudTrail: plain; 2 files, 12 records');
    expect(page).toContain('afterleak plain --title=plain');
    expect(page).toContain('differed by up to 2 seconds, as far as it is known');
    expect(page).toMatch(
      /Part 1[^\n]*18:01:00\.000Z, when it was last heard of: it did not end[^\n]*at least 1,200 calls/,
    );
  });

  test.each(Object.entries(hostileTexts))('shows %s as text, on the same lines', (_name, text) => {
    const page = renderCustodyPage(facts(text));
    expect(page.split('\n')).toHaveLength(renderCustodyPage(facts('plain')).split('\n').length);
    // Nothing but our own line breaks and what a reader can see.
    expect([...page].filter((character) => /\p{Cc}|\p{Cf}/u.test(character) && character !== '\n')).toEqual(
      [],
    );
    const outsideOfCode = page.replaceAll(/(`+)[\s\S]*?\1/g, '').replaceAll(/<\/?code>/g, '');
    expect(outsideOfCode).not.toMatch(/<[a-z!?/]/i);
    expect(outsideOfCode).not.toMatch(/\]\(javascript/);
  });
});

describe('the annex on evidence', () => {
  test('counts files, bytes and populations, and cuts the lists', () => {
    const files = ['a', 'b', 'c', 'd'].map((_, index) => ({
      path: `accounts/11112222333${index}.ndjson.gz`,
      sha256: digest,
      bytes: 1000,
      observations: 7,
    }));
    const result = buildResult();
    const view = buildReportView(
      {
        ...result,
        checks: [
          buildCheck({ id: 'a/one', population: 'roles' }),
          buildCheck({ id: 'a/two', population: 'roles' }),
          buildCheck({ id: 'a/three', population: 'users' }),
        ],
        results: [
          buildRow({ check: 'a/one', outcome: 'pass', examined: 10 }),
          buildRow({ check: 'a/one', outcome: 'pass', examined: 2 }),
          buildRow({ check: 'a/two', outcome: 'pass', examined: 20 }),
          buildRow({ check: 'a/three', outcome: 'pass', examined: 0 }),
        ],
        collection: {
          ...result.collection,
          files,
          redactions: { 'Account.Email': 4 },
        },
      },
      limits,
      'result.json',
    ).custody;
    expect(view.filesTotal).toBe('4 files, 4,000 bytes, 28 observations');
    expect(view.files).toMatchObject({ total: 4, hidden: 1 });
    expect(view.files.shown[0]).toMatchObject({ source: 'account 111122223330' });
    expect(view.populations.shown).toEqual([
      { name: 'roles', examined: '12 to 20', checks: 2 },
      { name: 'users', examined: '0', checks: 1 },
    ]);
    expect(view.facts).toContainEqual(
      expect.objectContaining({ label: 'Dropped before it was written', value: '4 values' }),
    );
    // The same sum as in coverage.ndjson, so that the counts reconcile.
    expect(view.facts).toContainEqual(
      expect.objectContaining({ label: 'Calls', value: String(result.coverage.ownTraces.calls) }),
    );
  });

  test('never tells the counts of a part that was killed as if they were whole', () => {
    const result = buildResult();
    const part = {
      startedAt: '2026-11-03T17:55:00Z',
      endedAt: '2026-11-03T17:58:00Z',
      ended: false,
      callerArn: 'arn:aws:iam::111122223333:user/first',
      toolVersion: '0.1.0',
      calls: 40,
      digest,
    };
    const resumed = {
      ...result,
      collection: { ...result.collection, parts: [part, { ...part, ended: true, digest: null }] },
    };
    const view = buildReportView(resumed, limits, 'result.json');
    const told = new Map(view.custody.facts.map(({ label, value, detail }) => [label, [value, detail]]));
    expect(told.get('Part 1 (UTC)')?.[0]).toMatch(/it did not end; .*user\/first; .*; at least 40 calls; /);
    expect(told.get('Calls')).toEqual([
      expect.stringMatching(/^at least /),
      expect.stringContaining('of the last part alone'),
    ]);
    expect(told.get('Dropped before it was written')?.[0]).toBe('nothing that is known');
    expect(told.get('Clock')?.[1]).toContain('as far as it is known');
    expect(view.method.ownTraces.isLeast).toBe(true);
    expect(buildReportView(result, limits, 'result.json').method.ownTraces.isLeast).toBe(false);
  });
});
