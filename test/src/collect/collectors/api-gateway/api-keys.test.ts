import { expect, test } from '@jest/globals';
import apiKeys from '../../../../../src/collect/collectors/api-gateway/api-keys.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { keyAnswers, unit } from './api-gateway-answers.ts';

const collect = async (script: Script) => {
  const reader = fakeReader(script, unit);
  return { reader, observation: await apiKeys.collect(fakeCollectContext(reader, {}, unit)) };
};

test('does not ask for the value of a key, and would not keep it', async () => {
  const { reader, observation } = await collect(keyAnswers);
  expect(reader.calls[0]?.input).toEqual({ limit: 500, includeValues: false });
  expect(observation).toMatchObject({
    state: 'complete',
    value: [{ id: 'k1', name: 'partner', enabled: true, createdAt: '1970-01-01T00:00:00.000Z' }],
  });
  expect(JSON.stringify(observation)).not.toContain('never-asked-for');
});

test('a key whose state is not told is a gap', async () => {
  const { observation } = await collect({ GetApiKeys: output({ items: [{ id: 'k1' }] }) });
  expect(observation).toMatchObject({ state: 'partial', gaps: [{ reason: 'malformed', resource: 'k1' }] });
});
