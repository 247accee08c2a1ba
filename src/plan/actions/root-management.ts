import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners } from '../planner.ts';
import { holds } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { organizationStep, serviceTarget } from './support/organization-step.ts';
import { restoreKey } from './support/step-keys.ts';

const service = 'iam.amazonaws.com';
const features = ['RootCredentialsManagement', 'RootSessions'] as const;

/** One step for the organization, whichever root user asked for it. Enabling what is on changes nothing. */
const enable: ActionPlanner = ({ action, finding }, world) =>
  decisionOf(finding) === 'explain'
    ? []
    : [
        organizationStep(
          world,
          serviceTarget(service),
          {
            key: restoreKey(service, 'root management'),
            stage: 'recover',
            action,
            title: 'Manage the root users of members centrally',
            why: 'Then members need no root password, key or MFA device: there is nothing to steal, and none can be made unseen.',
          },
          {
            commands: [
              command('organizations', 'enable-aws-service-access', { servicePrincipal: service }),
              command('iam', 'enable-organizations-root-credentials-management', {}),
              command('iam', 'enable-organizations-root-sessions', {}),
            ],
            confirm: features.map((feature) =>
              holds(
                `${feature} is on`,
                ['iam', 'list-organizations-features', {}],
                'EnabledFeatures',
                feature,
              ),
            ),
            undo: [
              command('iam', 'disable-organizations-root-sessions', {}),
              command('iam', 'disable-organizations-root-credentials-management', {}),
            ],
            cautions: [
              'It does not cover the root user of the management account.',
              'Look in every member for root credentials that were made while it was off, and delete them.',
              'Give the right to act as root (sts:AssumeRoot) to one role only.',
              'Taking it back leaves trusted access for IAM on.',
            ],
            after: [restoreKey(service)],
          },
        ),
      ];

export const rootManagementActions = {
  'root-management.enable': enable,
} satisfies ActionPlanners<'root-management.enable'>;
