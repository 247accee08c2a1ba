import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { DigestKeys } from '../../../src/events/digest.ts';
import { logFilesSource } from '../../../src/events/log-files-source.ts';
import { type Collected, collect, inFolder, now, shapes } from './support.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys: DigestKeys = {
  fingerprint: publicKey.export({ format: 'der', type: 'pkcs1' }).toString('base64'),
};

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const logName = (hour: number) =>
  `111122223333_CloudTrail_us-east-1_20261103T${String(hour).padStart(2, '0')}30Z_AbCdEfGhIjKlMnOp.json.gz`;
const digestName = (hour: number) =>
  `111122223333_CloudTrail-Digest_us-east-1_main_us-east-1_20261103T${String(hour + 1).padStart(2, '0')}0000Z.json.gz`;
const logText = (hour: number) =>
  JSON.stringify({
    Records: [
      {
        ...shapes[0],
        eventID: `event-${hour}`,
        eventTime: `2026-11-03T${String(hour).padStart(2, '0')}:20:00Z`,
      },
    ],
  });

/** Three hours of logs with their chain of digests; `change` may spoil what lies in the folder. */
async function read(options: {
  readonly keys?: DigestKeys;
  readonly change?: (files: Map<string, string>) => void;
}): Promise<Collected> {
  const files = new Map<string, string>();
  let previous: { readonly object: string; readonly hash: string; readonly signature: string } | null = null;
  for (const hour of [9, 10, 11]) {
    const object = `AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/03/${digestName(hour)}`;
    const end: string = `2026-11-03T${String(hour + 1).padStart(2, '0')}:00:00Z`;
    const text: string = JSON.stringify({
      awsAccountId: '111122223333',
      digestStartTime: `2026-11-03T${String(hour).padStart(2, '0')}:00:00Z`,
      digestEndTime: end,
      digestS3Bucket: 'example',
      digestS3Object: object,
      digestPublicKeyFingerprint: 'fingerprint',
      previousDigestS3Object: previous?.object ?? null,
      previousDigestHashValue: previous?.hash ?? null,
      previousDigestSignature: previous?.signature ?? null,
      logFiles: [
        {
          s3Object: `AWSLogs/111122223333/CloudTrail/us-east-1/${logName(hour)}`,
          hashValue: sha256(logText(hour)),
        },
      ],
    });
    files.set(logName(hour), logText(hour));
    files.set(digestName(hour), text);
    const signed: string = [end, `example/${object}`, sha256(text), previous?.signature ?? 'null'].join('\n');
    const signature = sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('hex');
    previous = { object, hash: sha256(text), signature };
  }
  options.change?.(files);
  return inFolder(async (folder) => {
    mkdirSync(join(folder, 'AWSLogs'));
    for (const [name, text] of files) {
      writeFileSync(join(folder, 'AWSLogs', name), gzipSync(text));
    }
    return collect(
      logFilesSource({
        paths: [folder],
        now,
        signal: new AbortController().signal,
        cores: 0,
        digestKeys: options.keys ?? {},
      }),
    );
  });
}

function troubles({ reading }: Collected): readonly string[] {
  return reading.gaps.map(({ resource, detail }) => `${resource?.split('/').at(-1) ?? ''}: ${detail}`);
}

describe('digests', () => {
  test('prove the whole time of their chain', async () => {
    const read3 = await read({ keys });
    expect(read3.reading.coverage).toEqual([
      {
        accountId: '111122223333',
        region: 'us-east-1',
        from: '2026-11-03T09:00:00.000Z',
        to: '2026-11-03T12:00:00.000Z',
        basis: 'digest',
        holes: [],
      },
    ]);
    // The last digest's signature stands in the one that follows, or beside the object in the bucket.
    expect(troubles(read3)).toEqual([expect.stringMatching(/signatures of 1 of 3/)]);
  });

  test('without keys say that no signature was verified', async () => {
    expect(troubles(await read({}))).toEqual([
      expect.stringMatching(/signatures of 3 of 3 .*could have forged/),
    ]);
  });

  test('show a file that was changed, removed or added', async () => {
    const changed = await read({
      keys,
      change: (files) => files.set(logName(10), logText(10).replace('event-10', 'event-99')),
    });
    expect(troubles(changed).join()).toMatch(/T1030Z.*changed after delivery/);
    expect(changed.reading.coverage[0]?.holes).toEqual([
      {
        from: '2026-11-03T10:00:00.000Z',
        to: '2026-11-03T11:00:00.000Z',
        why: expect.stringMatching(/changed/),
      },
    ]);
    const removed = await read({ keys, change: (files) => files.delete(logName(9)) });
    expect(troubles(removed).join()).toMatch(/is in the digest and not among the files/);
    expect(removed.reading.coverage[0]?.holes).toHaveLength(1);
    const added = await read({
      keys,
      change: (files) => files.set(logName(10).replace('AbCd', 'ZzZz'), logText(10)),
    });
    expect(troubles(added).join()).toMatch(/no digest names this file/);
  });

  test('show a digest that is missing, changed or signed by nobody', async () => {
    const missing = await read({ keys, change: (files) => files.delete(digestName(10)) });
    expect(missing.reading.coverage[0]?.holes).toEqual([
      {
        from: '2026-11-03T10:00:00.000Z',
        to: '2026-11-03T11:00:00.000Z',
        why: expect.stringMatching(/digest before it is missing/),
      },
    ]);
    const changed = await read({
      keys,
      change: (files) =>
        files.set(
          digestName(9),
          (files.get(digestName(9)) ?? '').replace('"digestS3Bucket":"example"', '"digestS3Bucket":"other"'),
        ),
    });
    expect(troubles(changed).join()).toMatch(
      /not the one that the next digest names.*signature of the digest does not hold/,
    );
    const { publicKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const foreign = await read({
      keys: { fingerprint: other.export({ format: 'der', type: 'pkcs1' }).toString('base64') },
    });
    expect(troubles(foreign).join()).toMatch(/signature of the digest does not hold/);
  });
});
