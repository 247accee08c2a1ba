import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { incidentFromResult, readIncident } from '../../../src/input/incident.ts';
import { emptyReview, reviewQuestions } from '../../../src/model/review.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

let directory = '';
const read = async (review: string): ReturnType<typeof readIncident> => {
  const file = path.join(directory, 'incident.yaml');
  await writeFile(file, `id: INC-1\ntitle: Leaked key\nreview:\n${review}`);
  return await readIncident(file);
};

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'afterleak-review-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const whole = `  owner: Head of platform
  cause: hard-coded
  classification: TLP:AMBER
  reviewDate: 2026-11-17
  answers: { why-leaked: The build printed it., tools: null }
  correctiveActions:
    - { action: Use a role, owner: Head of platform, due: 2026-12-01, control: long-term-keys/active-key, priority: high }
    - { action: Delete the key, finding: 0123456789abcdef, status: done, due: 2026-12-01T12:00:00+01:00 }
  notifications:
    - { to: Regulator, due: 2026-11-06T11:30:00Z }
  signOff:
    - { name: A. Person, role: Head of platform, at: 2026-11-20 }
`;

describe('review of an incident', () => {
  test('is empty in files and results that know nothing of it', async () => {
    expect((await read('  owner: null\n')).review).toEqual(emptyReview);
    const old = { owner: 'security', participants: [], rootCause: null, howItLeaked: null };
    const incident = incidentFromResult({ id: 'INC-1', title: 'Leaked key', review: old }, 'result.json');
    expect(incident.review).toEqual({ ...emptyReview, owner: 'security' });
  });

  test('is read whole; days stay days, times become UTC, blanks are no answers', async () => {
    const { review } = await read(whole);
    expect(review.cause).toBe('hard-coded');
    expect(review.reviewDate).toBe('2026-11-17');
    expect(review.answers).toEqual({ 'why-leaked': 'The build printed it.' });
    expect(review.correctiveActions).toEqual([
      {
        action: 'Use a role',
        owner: 'Head of platform',
        due: '2026-12-01',
        acceptanceTest: null,
        finding: null,
        control: 'long-term-keys/active-key',
        priority: 'high',
        ticket: null,
        status: 'open',
      },
      {
        action: 'Delete the key',
        owner: null,
        due: '2026-12-01T11:00:00.000Z',
        acceptanceTest: null,
        finding: '0123456789abcdef',
        control: null,
        priority: null,
        ticket: null,
        status: 'done',
      },
    ]);
    expect(review.notifications).toEqual([
      { to: 'Regulator', due: '2026-11-06T11:30:00.000Z', sentAt: null, note: null },
    ]);
    expect(review.signOff).toEqual([{ name: 'A. Person', role: 'Head of platform', at: '2026-11-20' }]);
  });

  test('comes back the same from a result', async () => {
    const incident = await read(whole);
    const written: unknown = JSON.parse(JSON.stringify(incident));
    expect(incidentFromResult(written, 'result.json')).toEqual(incident);
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['a cause of its own', '  cause: bad luck\n', /incident\.yaml:4: review\.cause: Invalid option/],
    [
      'a question that is not asked',
      '  answers: { why: x }\n',
      /:4: review\.answers.*(Unrecognized|Invalid) key/,
    ],
    ['a misspelt field', '  classifcation: TLP:RED\n', /:4: review: Unrecognized key.*classifcation/],
    [
      'a day that does not exist',
      '  reviewDate: 2026-02-30\n',
      /:4: review\.reviewDate: expected a day such as/,
    ],
    [
      'a time without offset',
      '  signOff:\n    - { name: A, role: B, at: 2026-11-20T10:00:00 }\n',
      /:5: review\.signOff\.0\.at: expected a day/,
    ],
    [
      'an action without words',
      '  correctiveActions:\n    - { owner: Somebody }\n',
      /:5: review\.correctiveActions\.0\.action: /,
    ],
    [
      'an action that answers two things',
      '  correctiveActions:\n    - { action: x, finding: 0123456789abcdef, control: eyes/missing-alarm }\n',
      /:5: review\.correctiveActions\.0\.control: expected either/,
    ],
    [
      'a finding that is no fingerprint',
      '  correctiveActions:\n    - { action: x, finding: the first one }\n',
      /review\.correctiveActions\.0\.finding: expected the fingerprint/,
    ],
    [
      'a status of its own',
      '  correctiveActions:\n    - { action: x, status: nearly }\n',
      /review\.correctiveActions\.0\.status: Invalid option/,
    ],
    ['a signature without a time', '  signOff: [{ name: A, role: B }]\n', /review\.signOff\.0\.at: /],
  ];

  test.each(wrong)('%s is told with line and field', async (_name, review, expected) => {
    await expect(read(review)).rejects.toThrow(expected);
  });

  test('the template asks every question, and is valid', async () => {
    const file = path.join(root, 'templates/init/incident.yaml');
    const text = await readFile(file, 'utf8');
    expect(reviewQuestions.filter((question) => !text.includes(`    ${question}: null`))).toEqual([]);
    expect((await readIncident(file)).review).toEqual(emptyReview);
  });

  test('the demo’s review leaves something to be answered and names roles alone', async () => {
    const { review } = await readIncident(path.join(root, 'examples/leaked-management-key/incident.yaml'));
    expect(review.cause).toBe('hard-coded');
    expect(Object.keys(review.answers).length).toBeLessThan(reviewQuestions.length);
    expect(review.correctiveActions.some(({ owner }) => owner === null)).toBe(true);
    expect(review.signOff).toEqual([]);
  });
});
