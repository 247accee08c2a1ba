import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEvidence, verifyEvidence } from '../../../src/evidence/read-evidence.ts';
import { createEvidenceWriter } from '../../../src/evidence/write-evidence.ts';
import type { StoredObservation } from '../../../src/model/evidence-manifest.ts';
import { observed } from '../../../src/model/observation.ts';
import { accountUnit, organizationUnit, regionUnit } from '../../../src/model/scope.ts';
import { evidenceTime, manifestFacts } from '../../support/manifest-facts.ts';

const asOf = evidenceTime;
const facts = manifestFacts();

function stored(
  key: StoredObservation['key'],
  unit: StoredObservation['unit'],
  value: unknown,
): StoredObservation {
  return { key, unit, observation: observed(value, [], asOf, []) };
}

let directory = '';

async function writeSample(): Promise<void> {
  const writer = createEvidenceWriter(directory);
  await writer.put(stored('organizations.trusted-services', organizationUnit('aws'), []));
  await writer.put(
    stored('lambda.functions', regionUnit('aws', '111122223333', 'us-east-1'), [{ arn: 'b' }]),
  );
  await writer.put(stored('iam.access-keys', accountUnit('aws', '111122223333'), []));
  await writer.closeAccount('111122223333');
  await writer.put(stored('iam.closing-authorization-details', accountUnit('aws', '111122223333'), {}));
  await writer.finish(facts);
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterleak-evidence-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('evidence', () => {
  test('comes back as it went in, the closing pass beside the sweep', async () => {
    await writeSample();
    const evidence = await openEvidence(directory);
    expect((await evidence.organization()).map(({ key }) => key)).toEqual(['organizations.trusted-services']);
    expect((await evidence.account('111122223333')).map(({ key }) => key).sort()).toEqual([
      'iam.access-keys',
      'iam.closing-authorization-details',
      'lambda.functions',
    ]);
    expect(await evidence.account('999999999999')).toEqual([]);
    expect(await verifyEvidence(directory)).toMatchObject({ shards: 3, observations: 4 });
  });

  test('can be read by its owner only', async () => {
    await writeSample();
    expect((await stat(join(directory, 'manifest.json'))).mode & 0o077).toBe(0);
    expect((await stat(join(directory, 'organization.ndjson.gz'))).mode & 0o077).toBe(0);
  });

  test('the same observations give the same digest in any order', async () => {
    await writeSample();
    const first = (await openEvidence(directory)).digest;
    await rm(join(directory, 'accounts'), { recursive: true });
    await writeSample();
    expect((await openEvidence(directory)).digest).toBe(first);
  });

  test('checkpoints of accounts that end at the same time do not disturb each other', async () => {
    const writer = createEvidenceWriter(directory);
    const ids = Array.from({ length: 20 }, (_, index) => String(100000000000 + index));
    await Promise.all(
      ids.map(async (accountId) => {
        await writer.put(stored('iam.access-keys', accountUnit('aws', accountId), []));
        await writer.closeAccount(accountId);
        await writer.checkpoint(facts);
      }),
    );
    expect(await verifyEvidence(directory)).toMatchObject({ shards: 20, observations: 20 });
  });

  const shard = 'accounts/111122223333.ndjson.gz';
  const spoil: readonly (readonly [string, () => Promise<void>, RegExp])[] = [
    [
      'tampered',
      async () => {
        const text = gunzipSync(await readFile(join(directory, shard)))
          .toString()
          .replace('"arn":"b"', '"arn":"c"');
        await writeFile(join(directory, shard), gzipSync(text));
      },
      /sha256 differs/,
    ],
    [
      'truncated',
      async () => {
        await writeFile(join(directory, shard), (await readFile(join(directory, shard))).subarray(0, 40));
      },
      /sha256 differs/,
    ],
    ['missing', () => rm(join(directory, shard)), /cannot read/],
    ['without manifest', () => rm(join(directory, 'manifest.json')), /cannot read .*manifest\.json/],
    [
      'with a manifest that is no JSON',
      () => writeFile(join(directory, 'manifest.json'), '{"schema'),
      /is not JSON/,
    ],
    [
      'of another schema',
      async () => {
        const text = await readFile(join(directory, 'manifest.json'), 'utf8');
        await writeFile(
          join(directory, 'manifest.json'),
          text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
        );
      },
      /schemaVersion/,
    ],
    [
      'pointing outside',
      async () => {
        const text = await readFile(join(directory, 'manifest.json'), 'utf8');
        await writeFile(join(directory, 'manifest.json'), text.replace(shard, '../../etc/passwd'));
      },
      /is no evidence/,
    ],
  ];
  test.each(spoil)('%s evidence is refused with what to do', async (_name, change, message) => {
    await writeSample();
    await change();
    await expect(verifyEvidence(directory).then(() => openEvidence(directory))).rejects.toMatchObject({
      name: 'EvidenceError',
      message: expect.stringMatching(message),
      next: expect.stringMatching(/\w/),
    });
  });

  test('a line that is no observation is refused even when the digest was made to fit', async () => {
    const writer = createEvidenceWriter(directory);
    const unit = accountUnit('aws', '111122223333');
    await writer.put({
      key: 'iam.access-keys',
      unit,
      observation: { state: 'complete', value: undefined, asOf, provenance: [] },
    });
    await writer.finish(facts);
    await expect(verifyEvidence(directory)).rejects.toThrow(/not an observation/);
  });
});
