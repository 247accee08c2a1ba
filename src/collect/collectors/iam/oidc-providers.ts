import {
  GetOpenIDConnectProviderCommand,
  ListOpenIDConnectProvidersCommand,
  type OpenIDConnectProviderListEntry,
} from '@aws-sdk/client-iam';
import type { OidcProvider } from '../../../model/evidence/iam.ts';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const providerOf = async (
  reading: Reading,
  entry: OpenIDConnectProviderListEntry,
): Promise<readonly OidcProvider[]> => {
  const fields = reading.required({ arn: entry.Arn }, 'OpenID Connect provider');
  if (fields === null) {
    return [];
  }
  const { arn } = fields;
  const answer = await reading.one(
    GetOpenIDConnectProviderCommand,
    { OpenIDConnectProviderArn: arn },
    { absentOn: noSuchEntity, resource: arn },
  );
  if (answer.kind === 'absent') {
    return [];
  }
  const provider = answer.kind === 'value' ? answer.value : null;
  return [
    {
      arn,
      // The ARN ends with the same address, so that the provider is named even when its details are refused.
      url: provider?.Url ?? arn.slice(arn.indexOf('/') + 1),
      clientIds: sortedBy(provider?.ClientIDList ?? [], (id) => id),
      thumbprints: sortedBy(provider?.ThumbprintList ?? [], (thumbprint) => thumbprint),
      createdAt: isoTime(provider?.CreateDate),
    },
  ];
};

export default defineCollector({
  key: 'iam.oidc-providers',
  vantage: 'account',
  operations: [
    { service: 'iam', command: 'ListOpenIDConnectProviders', permission: 'iam:ListOpenIDConnectProviders' },
    { service: 'iam', command: 'GetOpenIDConnectProvider', permission: 'iam:GetOpenIDConnectProvider' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(ListOpenIDConnectProvidersCommand, {});
    const entries = answer.kind === 'value' ? (answer.value.OpenIDConnectProviderList ?? []) : [];
    const providers = await forEachResource(entries, (entry) => providerOf(reading, entry));
    return reading.finish(sortedBy(providers.flat(), (provider) => provider.arn));
  },
});
