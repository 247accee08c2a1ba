import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import functions from '../../../../../src/collect/collectors/lambda/functions.ts';
import { sha256 } from '../../../../../src/model/sha256.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { failure, fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import {
  accessKeyId,
  functionArn,
  lambdaAnswers,
  latestVersion,
  publishedVersion,
  secretAccessKey,
  unit,
} from './lambda-answers.ts';

const collect = async (script: Script) => {
  const reader = fakeReader(script, unit);
  const context = fakeCollectContext(reader, {}, unit);
  const observation = await functions.collect(context);
  return { reader, context, observation };
};

const functionsWith = async (script: Script) => {
  const { observation } = await collect(script);
  return observation.state === 'missing' ? [] : observation.value;
};

const withVariables = (variables: Record<string, string>): Script => ({
  ListFunctions: output({ Functions: [{ ...latestVersion, Environment: { Variables: variables } }] }),
});

describe('lambda.functions', () => {
  test('asks once for all versions and puts each under its function', async () => {
    const { reader, observation } = await collect(lambdaAnswers);
    expect(reader.calls.map(({ input }) => input)).toEqual([{ FunctionVersion: 'ALL' }]);
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          arn: functionArn,
          name: 'orders',
          lastModifiedAt: '2026-11-03T10:00:00.000Z',
          codeSha256: 'bGF0ZXN0',
          layerArns: ['arn:aws:lambda:eu-west-1:444455556666:layer:tracing:7'],
          publishedVersions: [{ version: '3', codeSha256: 'dGhyZWU=' }],
        },
      ],
    });
  });

  test('keeps names, kinds and digests of the variables of all versions, and counts the values', async () => {
    const { context, observation } = await collect(lambdaAnswers);
    expect(observation).toMatchObject({
      value: [
        {
          environmentNames: ['DEPLOY_KEY', 'DEPLOY_SECRET', 'OLD_TOKEN', 'TABLE_NAME'],
          environmentCredentials: [
            { name: 'DEPLOY_KEY', kind: 'aws-access-key-id', digest: sha256(accessKeyId) },
            { name: 'DEPLOY_SECRET', kind: 'aws-secret-access-key', digest: sha256(secretAccessKey) },
            { name: 'OLD_TOKEN', kind: 'github-token' },
          ],
        },
      ],
    });
    expect([...context.redactions]).toEqual([['Lambda.Environment.Variables', 4]]);
    expect(JSON.stringify(observation)).not.toContain(accessKeyId);
    expect(JSON.stringify(observation)).not.toContain(secretAccessKey);
    expect(JSON.stringify(observation)).not.toContain('orders-table');
  });

  test.each([
    ['KEY', accessKeyId, 'aws-access-key-id'],
    ['PAIR', `key=${accessKeyId};region=eu-west-1`, 'aws-access-key-id'],
    ['SESSION', 'ASIAIOSFODNN7EXAMPLE', 'aws-temporary-access-key-id'],
    ['MODEL', `ABSK${'QmVk'.repeat(12)}`, 'aws-bedrock-api-key'],
    ['aws_secret_access_key', secretAccessKey, 'aws-secret-access-key'],
    ['PEM', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'private-key'],
    ['TOKEN', `IQoJ${'b3Jp'.repeat(30)}`, 'aws-session-token'],
    ['JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'json-web-token'],
  ])('tells what %s holds', async (name, value, kind) => {
    const [found] = await functionsWith(withVariables({ [name]: value }));
    expect(found?.environmentCredentials.map((credential) => credential.kind)).toEqual([kind]);
  });

  test('takes a digest of a commit for no secret', async () => {
    const [found] = await functionsWith(
      withVariables({ SECRET_REVISION: '0'.repeat(20) + 'abcdef0123'.repeat(2) }),
    );
    expect(found?.environmentCredentials).toEqual([]);
  });

  test('lets no value out, whatever it is', async () => {
    const value = fc.oneof(
      fc.stringMatching(/^value~[!-~]{12,60}$/),
      fc.stringMatching(/^AKIA[A-Z0-9]{16}~[a-z]{9}$/),
      fc.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 5 }), async (values) => {
        const variables = Object.fromEntries(values.map((text, index) => [`SECRET_${index}`, text]));
        const { observation } = await collect(withVariables(variables));
        const stored = JSON.stringify(observation);
        for (const text of values) {
          for (let start = 0; start + 12 <= text.length; start += 1) {
            expect(stored).not.toContain(text.slice(start, start + 12));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('says so when the environment could not be decrypted', async () => {
    const { observation } = await collect({
      ListFunctions: output({
        Functions: [
          {
            ...latestVersion,
            Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'kms' } },
          },
        ],
      }),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ environmentNames: [] }],
      gaps: [{ reason: 'access-denied', resource: latestVersion.FunctionArn }],
    });
  });

  test('no functions are a known absence', async () => {
    const { observation } = await collect({ ListFunctions: output({ Functions: [] }) });
    expect(observation).toMatchObject({ state: 'complete', value: [] });
  });

  test('keeps what came before a page that failed', async () => {
    const { observation } = await collect({
      ListFunctions: [
        output({ Functions: [latestVersion, publishedVersion], NextMarker: 'second' }),
        failure('TooManyRequestsException'),
      ],
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ name: 'orders' }],
      gaps: [{ reason: 'truncated' }],
    });
  });

  test('names a function of which only a published version was listed, and drops it', async () => {
    const { observation } = await collect({ ListFunctions: pages({ Functions: [publishedVersion] }) });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [],
      gaps: [{ reason: 'malformed', resource: functionArn }],
    });
  });

  test('keeps a time that cannot be read as it came, with a gap', async () => {
    const { observation } = await collect({
      ListFunctions: output({ Functions: [{ ...latestVersion, LastModified: 'yesterday' }] }),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ lastModifiedAt: 'yesterday' }],
      gaps: [{ reason: 'malformed' }],
    });
  });
});
