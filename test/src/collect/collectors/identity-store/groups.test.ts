import { expect, test } from '@jest/globals';
import groups from '../../../../../src/collect/collectors/identity-store/groups.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeReader, pages, type Script } from '../../../../support/fake-reader.ts';
import { dependencies, identityCenterAnswers, unit } from '../identity-center/identity-center-answers.ts';

const collect = (script: Script) =>
  groups.collect(fakeCollectContext(fakeReader(script, unit), dependencies, unit));

test('keeps name and times of a group', async () => {
  expect(await collect(identityCenterAnswers)).toMatchObject({
    state: 'complete',
    value: [{ id: 'group-1', displayName: 'admins', createdAt: '2026-11-03T10:00:00.000Z', createdBy: null }],
  });
});

test('reads two pages; a group without id is a gap', async () => {
  const observation = await collect({
    ListGroups: pages({ Groups: [{ GroupId: 'b' }], NextToken: '2' }, { Groups: [{ GroupId: 'a' }, {}] }),
  });
  expect(observation).toMatchObject({
    state: 'partial',
    value: [{ id: 'a' }, { id: 'b' }],
    gaps: [{ reason: 'malformed' }],
  });
});
