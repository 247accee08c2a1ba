import {
  GetSAMLProviderCommand,
  ListSAMLProvidersCommand,
  type SAMLProviderListEntry,
} from '@aws-sdk/client-iam';
import type { SamlProvider } from '../../../model/evidence/iam.ts';
import { sha256 } from '../../../model/sha256.ts';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const entities: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
]);

/** The root element's entity id. The text is hostile: nothing of it is resolved or fetched. */
const issuerOf = (metadata: string): string | null => {
  const match = /\bentityID\s*=\s*(?:"([^"]*)"|'([^']*)')/u.exec(metadata);
  const issuer = match?.[1] ?? match?.[2];
  return issuer === undefined
    ? null
    : issuer.replace(/&(?:lt|gt|quot|apos|amp);/gu, (entity) => entities.get(entity) ?? entity);
};

const providerOf = async (
  reading: Reading,
  entry: SAMLProviderListEntry,
): Promise<readonly SamlProvider[]> => {
  const fields = reading.required({ arn: entry.Arn }, 'SAML provider');
  if (fields === null) {
    return [];
  }
  const { arn } = fields;
  const listed = {
    arn,
    name: arn.slice(arn.indexOf('/') + 1),
    createdAt: isoTime(entry.CreateDate),
    validUntil: isoTime(entry.ValidUntil),
  };
  const answer = await reading.one(
    GetSAMLProviderCommand,
    { SAMLProviderArn: arn },
    { absentOn: noSuchEntity, resource: arn },
  );
  if (answer.kind === 'absent') {
    return [];
  }
  const metadata = answer.kind === 'value' ? answer.value.SAMLMetadataDocument : undefined;
  const issuer = metadata === undefined ? null : issuerOf(metadata);
  if (answer.kind === 'value' && issuer === null) {
    reading.gap('malformed', 'the metadata names no entity', arn);
  }
  return [{ ...listed, issuer, metadataSha256: metadata === undefined ? null : sha256(metadata) }];
};

export default defineCollector({
  key: 'iam.saml-providers',
  vantage: 'account',
  operations: [
    { service: 'iam', command: 'ListSAMLProviders', permission: 'iam:ListSAMLProviders' },
    { service: 'iam', command: 'GetSAMLProvider', permission: 'iam:GetSAMLProvider' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(ListSAMLProvidersCommand, {});
    const entries = answer.kind === 'value' ? (answer.value.SAMLProviderList ?? []) : [];
    const providers = await forEachResource(entries, (entry) => providerOf(reading, entry));
    return reading.finish(sortedBy(providers.flat(), (provider) => provider.arn));
  },
});
