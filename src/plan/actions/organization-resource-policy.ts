import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners } from '../planner.ts';
import { holds } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { isProved } from './support/findings.ts';
import { organizationStep } from './support/organization-step.ts';
import { save } from './support/saved-file.ts';
import { deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

/** CloudTrail hides the text of this policy: nothing but baseline and code knows the earlier one. */
const restoreDelegation: ActionPlanner = ({ action, finding }, world) => {
  const { subject } = finding;
  const decision = decisionOf(finding);
  const isMeant = subject.type === 'organization-resource-policy';
  if (!isMeant || (decision !== 'restore' && decision !== 'eradicate')) {
    return [];
  }
  const target = { arn: subject.arn, uniqueId: null, type: subject.type, name: subject.name };
  const preserved = organizationStep(
    world,
    target,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action,
      title: 'Save the delegation policy of the organization',
      why: 'CloudTrail does not have its text.',
    },
    {
      commands: [
        save(
          target,
          'policy',
          ['organizations', 'describe-resource-policy', {}],
          ['ResourcePolicyNotFoundException'],
        ),
      ],
      reversible: true,
    },
  );
  const cautions = [
    'The resource policy is one for the whole organization: rights of legitimate delegated administrators stand in it, too.',
  ];
  const prior = world.priorState(subject.arn, 'organization-policy');
  if (decision === 'eradicate') {
    return [
      preserved,
      organizationStep(
        world,
        target,
        {
          key: deleteKey(target.arn),
          stage: 'cut-re-entry',
          action,
          title: 'Delete the delegation policy of the organization',
          why: 'Events show that the intruder made it: it gives other accounts rights over the organization.',
        },
        {
          preconditions: [
            holds(
              'it still is this policy',
              ['organizations', 'describe-resource-policy', {}],
              'ResourcePolicy.ResourcePolicySummary.Arn',
              subject.arn,
            ),
          ],
          commands: [
            command(
              'organizations',
              'delete-resource-policy',
              {},
              { accepts: ['ResourcePolicyNotFoundException'] },
            ),
          ],
          cautions,
          after: [preserveKey(target.arn)],
        },
      ),
    ];
  }
  return [
    preserved,
    prior === null || !isProved(finding)
      ? organizationStep(
          world,
          target,
          {
            key: restoreKey(target.arn, 'by hand'),
            stage: 'recover',
            action,
            title: 'Compare the delegation policy of the organization',
            why: 'With the reviewed text only the reviewed accounts manage the organization.',
          },
          {
            manual:
              'Take out the statements that nobody can explain, and write the whole text: aws organizations put-resource-policy --content file://…',
            cautions,
            after: [preserveKey(target.arn)],
          },
        )
      : organizationStep(
          world,
          target,
          {
            key: restoreKey(target.arn),
            stage: 'recover',
            action,
            title: 'Put the delegation policy of the organization back',
            why: 'With the reviewed text only the reviewed accounts manage the organization.',
          },
          {
            commands: [command('organizations', 'put-resource-policy', { content: prior.value })],
            reversible: true,
            cautions: [
              ...cautions,
              `This is the text that was written ${prior.at} (event ${prior.eventId}).`,
            ],
            after: [preserveKey(target.arn)],
          },
        ),
  ];
};

export const organizationResourcePolicyActions = {
  'organization-resource-policy.restore': restoreDelegation,
} satisfies ActionPlanners<'organization-resource-policy.restore'>;
