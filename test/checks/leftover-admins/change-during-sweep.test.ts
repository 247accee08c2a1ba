import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/change-during-sweep.ts';
import { roleArn, userArn } from '../../../src/testing/builders/iam.ts';
import { buildChangeDuringSweep } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [{ name: 'no change', evidence: { 'changes-during-sweep': [] } }],
  failing: [
    {
      name: 'every kind of change',
      evidence: {
        'changes-during-sweep': [
          buildChangeDuringSweep({ name: 'a', change: 'created' }),
          buildChangeDuringSweep({ name: 'b', change: 'changed' }),
          buildChangeDuringSweep({ name: 'c', change: 'deleted' }),
          buildChangeDuringSweep({ name: 'd', change: 're-created', type: 'iam-user' }),
        ],
      },
      sightings: [
        { messageId: 'created', arn: roleArn('a') },
        { messageId: 'changed', arn: roleArn('b') },
        { messageId: 'deleted', arn: roleArn('c') },
        { messageId: 'reCreated', arn: userArn('d') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
