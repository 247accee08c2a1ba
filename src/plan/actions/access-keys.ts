import { accessKeySubject } from '../../model/subject.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { credentialPlanner } from './credentials.ts';
import { nameOfArn, ownerOfCredential } from './support/arn-parts.ts';
import { isSamePrincipal, reads } from './support/assertions.ts';
import { queryText } from './support/command-line.ts';
import { isIntruderMade } from './support/findings.ts';
import { principalAt } from './support/principal.ts';
import { manualStep, type Target, targetOf } from './support/step.ts';
import { containKey, rotateKey } from './support/step-keys.ts';

function rotation(key: Target, userArn: string, world: PlanWorld): StepDraft {
  const userName = nameOfArn(userArn);
  const owner = principalAt(world, userArn);
  return manualStep(
    key,
    {
      key: rotateKey(key.arn),
      stage: 'recover',
      action: 'access-key.rotate',
      title: `Replace access key ${key.name} of ${userName}`,
      why: 'Its workload still needs a way in, and strangers know this one.',
    },
    'First fix how the key leaked. Then give its workload a role (or a web identity) instead of a key; only where that cannot be, make a new key (`aws iam create-access-key`), hand it over on a safe way, and never to the place that leaked the old one. See that the workload runs, then delete the old key.',
    {
      preconditions: [
        ...(owner === null ? [] : isSamePrincipal('iam-user', owner)),
        reads(
          'the old key is inactive',
          ['iam', 'list-access-keys', { userName }],
          `AccessKeyMetadata[?AccessKeyId==${queryText(key.name)}].Status`,
          'Inactive',
        ),
      ],
      cautions: ['The answer to create-access-key holds the secret: keep it out of logs and files.'],
      after: [containKey(key.arn)],
    },
  );
}

/** Keys that strangers held and that a workload still needs; those of the intruder's own making are not replaced. */
const rotate: ActionPlanner = (request, world) => {
  const { finding } = request;
  if (decisionOf(finding) !== 'contain-and-rotate') {
    return [];
  }
  const target = targetOf(finding);
  const owner = ownerOfCredential(target.arn, 'access-key/');
  if (target.type === 'access-key' && owner !== null) {
    return isIntruderMade(world, target.arn, 'access-key') ? [] : [rotation(target, owner, world)];
  }
  const user = world.dependentsOf(target.arn);
  const named = world.input.incident?.compromised.accessKeyIds ?? [];
  const keys = user?.type === 'iam-user' ? (user.accessKeys ?? []) : [];
  return keys
    .filter(({ id }) => named.includes(id))
    .map(({ id }) => ({ ...accessKeySubject({ userArn: target.arn, accessKeyId: id }), uniqueId: id }))
    .filter(({ arn }) => !isIntruderMade(world, arn, 'access-key'))
    .map((key) => rotation({ ...key, accountId: target.accountId }, target.arn, world));
};

export const accessKeyActions = {
  'access-key.deactivate': credentialPlanner('access-key'),
  'access-key.rotate': rotate,
} satisfies ActionPlanners<'access-key.deactivate' | 'access-key.rotate'>;
