import { expect, test } from '@jest/globals';
import domainNames from '../../../../../src/collect/collectors/api-gateway/domain-names.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { domainAnswers, unit } from './api-gateway-answers.ts';

const arn = (name: string): string => `arn:aws:apigateway:eu-west-1::/domainnames/${name}`;

const collect = async (changes: Script = {}) => {
  const reader = fakeReader({ ...domainAnswers, ...changes }, unit);
  return { reader, observation: await domainNames.collect(fakeCollectContext(reader, {}, unit)) };
};

test('asks each domain name once, in the way that shows all its mappings', async () => {
  const { reader, observation } = await collect();
  expect(
    reader.calls.map(({ command, input }) => `${command} ${input['DomainName'] ?? input['domainName']}`),
  ).toEqual([
    'GetDomainNames undefined',
    'GetApiMappings regional.example.com',
    'GetBasePathMappings edge.example.com',
    'ListRoutingRules ruled.example.com',
  ]);
  expect(observation).toMatchObject({
    state: 'complete',
    value: [
      {
        name: 'edge.example.com',
        arn: arn('edge.example.com'),
        mutualTls: false,
        endpointTypes: ['EDGE'],
        mappings: [{ apiId: 'a1b2c3', stage: 'prod', path: '' }],
      },
      {
        name: 'regional.example.com',
        mutualTls: true,
        mappings: [{ apiId: 'h1', stage: '$default', path: 'v1/orders' }],
      },
      { name: 'ruled.example.com', mappings: [{ apiId: 'a1b2c3', stage: 'prod', path: 'hidden' }] },
    ],
  });
});

test('a private domain name is asked with its id', async () => {
  const { reader } = await collect({
    GetDomainNames: output({
      items: [
        { domainName: 'private.example', domainNameId: 'abc', endpointConfiguration: { types: ['PRIVATE'] } },
      ],
    }),
  });
  expect(reader.calls[1]).toMatchObject({
    command: 'GetBasePathMappings',
    input: { domainName: 'private.example', domainNameId: 'abc' },
  });
});

test('refused mappings name the domain name', async () => {
  const { observation } = await collect({ GetApiMappings: denied() });
  expect(observation).toMatchObject({
    state: 'partial',
    gaps: [{ reason: 'access-denied', resource: arn('regional.example.com') }],
  });
});

test('a mapping without API is a gap, no domain name a known absence', async () => {
  const { observation } = await collect({ GetBasePathMappings: output({ items: [{ basePath: 'v1' }] }) });
  expect(observation).toMatchObject({
    state: 'partial',
    gaps: [{ reason: 'malformed', resource: arn('edge.example.com') }],
  });
  const none = await collect({ GetDomainNames: output({ items: [] }) });
  expect(none.observation).toMatchObject({ state: 'complete', value: [] });
});
