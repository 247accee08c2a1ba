import { expect, test } from '@jest/globals';
import analyzers from '../../../../../src/collect/collectors/access-analyzer/analyzers.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { accessAnalyzerAnswers, unit } from './access-analyzer-answers.ts';

const collect = (script: Script) => analyzers.collect(fakeCollectContext(fakeReader(script, unit), {}, unit));
const analyzer = (name: string) => ({ arn: `arn:${name}`, name, type: 'ACCOUNT', status: 'ACTIVE' });

test('keeps the reason for which an analyzer is off', async () => {
  expect(await collect(accessAnalyzerAnswers)).toMatchObject({
    state: 'complete',
    value: [{ status: 'DISABLED', statusReason: 'AWS_SERVICE_ACCESS_DISABLED', managedBy: null }],
  });
});

test('reads two pages and sorts them', async () => {
  const observation = await collect({
    ListAnalyzers: pages({ analyzers: [analyzer('b')], nextToken: '2' }, { analyzers: [analyzer('a')] }),
  });
  expect(observation).toMatchObject({ state: 'complete', value: [{ name: 'a' }, { name: 'b' }] });
});

test('none is a known absence, one without status a gap', async () => {
  expect(await collect({ ListAnalyzers: output({ analyzers: [] }) })).toMatchObject({
    state: 'complete',
    value: [],
  });
  const { status: _, ...halfTold } = analyzer('a');
  expect(await collect({ ListAnalyzers: output({ analyzers: [halfTold] }) })).toMatchObject({
    state: 'partial',
    gaps: [{ reason: 'malformed', resource: 'arn:a' }],
  });
});
