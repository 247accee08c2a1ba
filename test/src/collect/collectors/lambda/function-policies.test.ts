import { describe, expect, test } from '@jest/globals';
import functionPolicies from '../../../../../src/collect/collectors/lambda/function-policies.ts';
import { missing } from '../../../../../src/model/observation.ts';
import { type Dependencies, fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, failure, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { dependencies, functionArn, lambdaAnswers, policyDocument, unit } from './lambda-answers.ts';

const collect = async (script: Script, given: Dependencies = dependencies) => {
  const reader = fakeReader(script, unit);
  return { reader, observation: await functionPolicies.collect(fakeCollectContext(reader, given, unit)) };
};

const refused = missing({
  reason: 'access-denied',
  operation: 'lambda:ListAliases',
  unit,
  detail: 'refused',
  retryable: false,
});

describe('lambda.function-policies', () => {
  test('asks for the function, its aliases and its published versions', async () => {
    const { reader, observation } = await collect(lambdaAnswers);
    expect(reader.calls.map(({ input }) => input)).toEqual([
      { FunctionName: 'orders' },
      { FunctionName: 'orders', Qualifier: 'live' },
      { FunctionName: 'orders', Qualifier: '3' },
    ]);
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        { functionArn, qualifier: null, document: policyDocument },
        { functionArn: `${functionArn}:live`, qualifier: 'live', document: policyDocument },
      ],
    });
  });

  test('no policy at all is a known absence', async () => {
    const { observation } = await collect({ GetPolicy: failure('ResourceNotFoundException') });
    expect(observation).toMatchObject({ state: 'complete', value: [] });
  });

  test('a refusal for one alias names it', async () => {
    const { observation } = await collect({
      GetPolicy: (input) => (input['Qualifier'] === 'live' ? denied() : failure('ResourceNotFoundException')),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      gaps: [{ reason: 'access-denied', resource: `${functionArn}:live` }],
    });
  });

  test('without the list of aliases the policies of the others are read, and the gap stays', async () => {
    const { observation } = await collect(lambdaAnswers, { ...dependencies, 'lambda.aliases': refused });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ qualifier: null }],
      gaps: [{ operation: 'lambda:ListAliases' }],
    });
  });

  test('keeps the text of a document that is none', async () => {
    const { observation } = await collect({ GetPolicy: output({ Policy: '{"Version":' }) });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ document: '{"Version":' }, {}, {}],
      gaps: [{ reason: 'malformed' }, {}, {}],
    });
  });
});
