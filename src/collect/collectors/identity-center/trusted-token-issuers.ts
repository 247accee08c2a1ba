import {
  DescribeTrustedTokenIssuerCommand,
  ListTrustedTokenIssuersCommand,
  type TrustedTokenIssuerMetadata,
} from '@aws-sdk/client-sso-admin';
import type { IdentityCenterInstance, TrustedTokenIssuer } from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

async function issuerUrl(reading: Reading, arn: string, region: string): Promise<string | null> {
  const answer = await reading.one(
    DescribeTrustedTokenIssuerCommand,
    { TrustedTokenIssuerArn: arn },
    { region, resource: arn },
  );
  const configuration = answer.kind === 'value' ? answer.value.TrustedTokenIssuerConfiguration : undefined;
  return configuration?.OidcJwtConfiguration?.IssuerUrl ?? null;
}

async function trustedTokenIssuer(
  reading: Reading,
  instance: IdentityCenterInstance,
  found: TrustedTokenIssuerMetadata,
): Promise<readonly TrustedTokenIssuer[]> {
  const fields = reading.required(
    { arn: found.TrustedTokenIssuerArn, name: found.Name, type: found.TrustedTokenIssuerType },
    found.TrustedTokenIssuerArn ?? instance.arn,
  );
  if (fields === null) {
    return [];
  }
  const { arn, name, type } = fields;
  return [
    { arn, instanceArn: instance.arn, name, type, issuerUrl: await issuerUrl(reading, arn, instance.region) },
  ];
}

export default defineCollector({
  key: 'identity-center.trusted-token-issuers',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances'],
  operations: [
    { service: 'sso-admin', command: 'ListTrustedTokenIssuers', permission: 'sso:ListTrustedTokenIssuers' },
    {
      service: 'sso-admin',
      command: 'DescribeTrustedTokenIssuer',
      permission: 'sso:DescribeTrustedTokenIssuer',
    },
  ],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    if (instances.state === 'missing') {
      return instances;
    }
    const reading = new Reading(context);
    reading.restsOn(instances.asOf, gapsOf(instances));
    const issuers = await forEachResource(instances.value, async (instance) => {
      const { items } = await reading.all(
        ListTrustedTokenIssuersCommand,
        { InstanceArn: instance.arn },
        (output) => output.TrustedTokenIssuers,
        { region: instance.region, resource: instance.arn },
      );
      return forEachResource(items, (found) => trustedTokenIssuer(reading, instance, found));
    });
    return reading.finish(sortedBy(issuers.flat(2), (issuer) => issuer.arn));
  },
});
