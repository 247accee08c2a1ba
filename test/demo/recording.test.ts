import { readFile, stat } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Recording, RecordingError, readRecording, recordingText } from '../../src/demo/recording.ts';
import { startReplayEndpoint } from '../../src/demo/replay-endpoint.ts';
import { demoAccessKeyId, keyText, requestKey } from '../../src/demo/request-key.ts';
import { demoBanner, demoFile } from '../../src/pipeline/demo.ts';

let recording: Recording;

beforeAll(async () => {
  recording = await readRecording(demoFile('recording'));
});

/** A call to STS as the SDK would sign it. */
function signed(accessKeyId: string) {
  return {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261103/us-east-1/sts/aws4_request, Signature=0`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  };
}

describe('the recording', () => {
  test('is small, sorted and says what it is', async () => {
    expect((await stat(demoFile('recording'))).size).toBeLessThan(1024 * 1024);
    expect(recording.head).toMatchObject({ banner: demoBanner, callerAccountId: '111122223333' });
    expect(recording.answers.length).toBeGreaterThan(200);
    const lines = recordingText(recording).split('\n').slice(1, -1);
    expect(lines).toEqual(lines.toSorted());
    expect(new Set(recording.answers.map(keyText)).size).toBe(recording.answers.length);
  });

  test('holds no secret', () => {
    // Policies travel percent-encoded: without the escapes their action names do not run together.
    const text = recordingText(recording).replaceAll(/%[0-9A-F]{2}/g, ' ');
    const secrets = [
      // Every secret has been replaced by one word.
      /<(?:SecretAccessKey|SessionToken|ServicePassword|ServiceCredentialSecret|Password)>(?!not-recorded<)/,
      /"(?:SecretAccessKey|SessionToken|ServicePassword|ServiceCredentialSecret|ClientSecret)\\?":/i,
      /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
      /X-Amz-(?:Signature|Security-Token|Credential)=/i,
      /<AccessKeyId>ASIA(?!DEMO)/,
      // An AWS secret key: forty characters of base64, neither inside a longer word nor hexadecimal.
      /(?<![A-Za-z0-9/+=_-])(?![0-9a-f]{40}(?![0-9a-f]))(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[0-9])[A-Za-z0-9+]{40}(?![A-Za-z0-9/+=_-])/,
    ];
    for (const secret of secrets) {
      expect(secret.exec(text)?.[0] ?? null).toBeNull();
    }
  });

  test('the incident file names the key that leaks in it', async () => {
    const incident = await readFile(demoFile('incident'), 'utf8');
    const [id = ''] = /AKIA[A-Z0-9]{16}/.exec(incident) ?? [];
    expect(recordingText(recording)).toContain(id);
  });

  test('a damaged one is one clear error', async () => {
    await expect(readRecording(demoFile('incident'))).rejects.toThrow(RecordingError);
  });
});

describe('the replay endpoint', () => {
  test('answers what was recorded, and 501 to anything else', async () => {
    const endpoint = await startReplayEndpoint(recording);
    try {
      const known = await fetch(endpoint.url, signed(demoAccessKeyId('AKIA', '111122223333')));
      expect(known.status).toBe(200);
      expect(known.headers.get('date')).toBe('Tue, 03 Nov 2026 18:00:00 GMT');
      expect(await known.text()).toContain('<Account>111122223333</Account>');
      expect((await fetch(endpoint.url, signed(demoAccessKeyId('AKIA', '999999999999')))).status).toBe(501);
      expect((await fetch(endpoint.url, signed('AKIAIOSFODNN7EXAMPLE'))).status).toBe(501);
      expect((await fetch(endpoint.url)).status).toBe(501);
      expect(endpoint.unrecorded()).toEqual(['sts | GetCallerIdentity | 999999999999 | us-east-1 | ']);
      expect(endpoint.unused()).toHaveLength(recording.answers.length - 1);
    } finally {
      await endpoint.stop();
    }
  });

  test('gives sessions that live whenever the demo runs', async () => {
    const role = recording.answers.find(({ operation }) => operation === 'AssumeRole');
    const endpoint = await startReplayEndpoint(recording);
    try {
      const call = signed(demoAccessKeyId('AKIA', '111122223333'));
      const body = `Action=AssumeRole&Version=2011-06-15&RoleSessionName=any&${role?.input ?? ''}`;
      const text = await (await fetch(endpoint.url, { ...call, body })).text();
      expect(text).toContain('<Expiration>2099-01-01T00:00:00Z</Expiration>');
      expect(text).toContain('<AccessKeyId>ASIADEMO');
    } finally {
      await endpoint.stop();
    }
  });

  test('tells calls apart by what is asked, not by how', () => {
    const call = { ...signed(demoAccessKeyId('ASIA', '111122223333')), url: '/' };
    const one = requestKey({ ...call, body: 'Action=ListUsers&Marker=b&PathPrefix=a' });
    const other = requestKey({ ...call, body: 'PathPrefix=a&Version=2010-05-08&Marker=b&Action=ListUsers' });
    expect(other).toEqual(one);
    expect(requestKey({ ...call, body: 'Action=ListUsers&Marker=c&PathPrefix=a' })).not.toEqual(one);
    expect(requestKey({ ...call, headers: {} })).toBeNull();
  });
});
