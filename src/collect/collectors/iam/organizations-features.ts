import { ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/** Answers that trusted access for IAM is off, or cannot be on. A refused vantage is none of them: that is a gap. */
const trustedAccessOff = [
  'ServiceAccessNotEnabledException',
  'OrganizationNotFoundException',
  'OrganizationNotInAllFeaturesModeException',
  'ServiceAccessNotEnabled',
  'OrganizationNotFound',
  'OrganizationNotInAllFeaturesMode',
] as const;

export default defineCollector({
  key: 'iam.organizations-features',
  // Delegated administrators of other services are refused, so that only the management account is sure to be heard.
  vantage: 'management',
  operations: [
    { service: 'iam', command: 'ListOrganizationsFeatures', permission: 'iam:ListOrganizationsFeatures' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(ListOrganizationsFeaturesCommand, {}, { absentOn: trustedAccessOff });
    const enabled: readonly string[] = answer.kind === 'value' ? (answer.value.EnabledFeatures ?? []) : [];
    return reading.finish({
      trustedAccess: answer.kind === 'value',
      enabled: sortedBy(enabled, (feature) => feature),
    });
  },
});
