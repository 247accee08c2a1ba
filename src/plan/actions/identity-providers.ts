import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, StepDraft } from '../planner.ts';
import { isGone, reads } from './support/assertions.ts';
import { queryText, unlessGone } from './support/command-line.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

function callsFor(target: Target) {
  return target.type === 'saml-provider'
    ? ({
        options: { samlProviderArn: target.arn },
        noun: 'saml-provider',
        list: 'list-saml-providers',
        member: 'SAMLProviderList',
      } as const)
    : ({
        options: { openIdConnectProviderArn: target.arn },
        noun: 'open-id-connect-provider',
        list: 'list-open-id-connect-providers',
        member: 'OpenIDConnectProviderList',
      } as const);
}

/** Who can sign for the provider enters any role that trusts it: it is a door, so it goes with the re-entry. */
function removal(target: Target): readonly StepDraft[] {
  const { options, noun, list, member } = callsFor(target);
  const reading = ['iam', `get-${noun}`, options] as const;
  return [
    stepFor(
      target,
      {
        key: preserveKey(target.arn),
        stage: 'preserve',
        action: 'identity-provider.delete',
        title: `Save identity provider ${target.name}`,
        why: 'Its metadata and certificates are evidence, and gone with it.',
      },
      { commands: [save(target, 'provider', reading)], reversible: true },
    ),
    stepFor(
      target,
      {
        key: deleteKey(target.arn),
        stage: 'cut-re-entry',
        action: 'identity-provider.delete',
        title: `Delete identity provider ${target.name}`,
        why: 'The intruder made it: its owner signs entries without any AWS key.',
      },
      {
        preconditions: [
          reads(
            'it is there',
            ['iam', list, {}],
            `${member}[?Arn==${queryText(target.arn)}].Arn`,
            target.arn,
          ),
        ],
        commands: [unlessGone('iam', `delete-${noun}`, options)],
        confirm: [isGone('it is gone', reading)],
        cautions: [
          'Roles that trust it keep naming it: a new provider of the same name would be let in. Put their trust right.',
          'Sessions that were taken through it live on for up to 12 hours.',
        ],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
}

const deletion: ActionPlanner = ({ finding }) => {
  const target = targetOf(finding);
  if (target.type !== 'saml-provider' && target.type !== 'oidc-provider') {
    return [];
  }
  const isCenters = /:saml-provider\/AWSSSO_.+_DO_NOT_DELETE$/.test(target.arn);
  const decision = decisionOf(finding);
  if (decision === 'restore' || (isCenters && decision === 'eradicate')) {
    return [
      manualStep(
        target,
        {
          key: restoreKey(target.arn),
          stage: 'recover',
          action: 'identity-provider.delete',
          title: `Put identity provider ${target.name} back as it was`,
          why: 'The incident changed whom AWS believes.',
        },
        isCenters
          ? 'The provider belongs to Identity Center: never delete it. Provision a permission set to the account again, which writes its own metadata back; where that does not help, ask AWS Support.'
          : 'Take the metadata (or thumbprints and client ids) from the provider itself and put them back; then deny sessions that were taken in between.',
      ),
    ];
  }
  return decision === 'eradicate' ? removal(target) : [];
};

export const identityProviderActions = {
  'identity-provider.delete': deletion,
} satisfies ActionPlanners<'identity-provider.delete'>;
