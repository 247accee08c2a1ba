import { expect, test } from '@jest/globals';
import analyzers from '../../../../src/collect/collectors/access-analyzer/analyzers.ts';
import restApis from '../../../../src/collect/collectors/api-gateway/rest-apis.ts';
import trails from '../../../../src/collect/collectors/cloudtrail/trails.ts';
import eventSourceMappings from '../../../../src/collect/collectors/lambda/event-source-mappings.ts';
import functionPolicies from '../../../../src/collect/collectors/lambda/function-policies.ts';
import functions from '../../../../src/collect/collectors/lambda/functions.ts';
import layers from '../../../../src/collect/collectors/lambda/layers.ts';
import type { AnyCollector } from '../../../../src/collect/define-collector.ts';
import { regionUnit } from '../../../../src/model/scope.ts';
import { fakeCollectContext } from '../../../support/fake-collect-context.ts';
import { failure, fakeReader, output, type Script } from '../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../support/recorded-answers.ts';
import { dependencies } from './lambda/lambda-answers.ts';

/** Recorded from real accounts: the shapes that AWS really sends, old ones among them. */

const unit = regionUnit('aws', '111122223333', 'us-east-1');

const listIn = (answer: object, name: string): readonly unknown[] => {
  const list: unknown = Object.entries(answer).find(([key]) => key === name)?.[1];
  return Array.isArray(list) ? list : [];
};

const collect = (collector: AnyCollector, script: Script) =>
  collector.collect(fakeCollectContext(fakeReader(script, unit), dependencies, unit));

const none = failure('ResourceNotFoundException');

const lists: readonly {
  readonly collector: AnyCollector;
  readonly service: string;
  readonly operation: string;
  readonly list: string;
  readonly others: Script;
}[] = [
  { collector: functions, service: 'lambda', operation: 'ListFunctions', list: 'Functions', others: {} },
  {
    collector: eventSourceMappings,
    service: 'lambda',
    operation: 'ListEventSourceMappings',
    list: 'EventSourceMappings',
    others: {},
  },
  {
    collector: layers,
    service: 'lambda',
    operation: 'ListLayers',
    list: 'Layers',
    others: { GetLayerVersionPolicy: none },
  },
  {
    collector: restApis,
    service: 'apigateway',
    operation: 'GetRestApis',
    list: 'items',
    others: {
      GetAuthorizers: output({}),
      GetResources: output({}),
      GetStages: output({}),
    },
  },
  {
    collector: analyzers,
    service: 'access-analyzer',
    operation: 'ListAnalyzers',
    list: 'analyzers',
    others: {},
  },
];

test.each(lists)('everything that $operation gave comes out', async (item) => {
  const { collector, service, operation, list, others } = item;
  const answers = recordedAnswers(service, operation) ?? [];
  for (const answer of answers) {
    const observation = await collect(collector, { ...others, [operation]: output(answer) });
    expect(observation).toMatchObject({ state: 'complete' });
    const value: unknown = observation.state === 'complete' ? observation.value : null;
    expect(value).toHaveLength(listIn(answer, list).length);
  }
  expect(answers.length === 0 || answers.length > 1).toBe(true);
});

test('every trail comes out with its state', async () => {
  const described = recordedAnswers('cloudtrail', 'DescribeTrails') ?? [];
  const [status = {}] = recordedAnswers('cloudtrail', 'GetTrailStatus') ?? [];
  const [selectors = {}] = recordedAnswers('cloudtrail', 'GetEventSelectors') ?? [];
  for (const answer of described) {
    const observation = await collect(trails, {
      ListTrails: output({}),
      DescribeTrails: output(answer),
      GetTrailStatus: output(status),
      GetEventSelectors: output(selectors),
    });
    expect(observation.state).toBe('complete');
    const arns = listIn(answer, 'trailList').map((trail) => JSON.stringify(trail));
    expect(observation.state === 'complete' ? observation.value : null).toHaveLength(new Set(arns).size);
  }
  expect(described.length === 0 || described.length > 1).toBe(true);
});

test('recorded policies of functions are kept as they are', async () => {
  const answers = recordedAnswers('lambda', 'GetPolicy') ?? [];
  for (const answer of answers) {
    const policy: unknown = Object.entries(answer).find(([name]) => name === 'Policy')?.[1];
    const observation = await collect(functionPolicies, { GetPolicy: output(answer) });
    expect(observation).toMatchObject({ state: 'complete', value: [{ document: policy }, {}, {}] });
  }
  expect(answers.length === 0 || answers.length > 1).toBe(true);
});
