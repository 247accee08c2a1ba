import { describe, expect, test } from '@jest/globals';
import alternateContacts from '../../../../../src/collect/collectors/account/alternate-contacts.ts';
import regions from '../../../../../src/collect/collectors/account/regions.ts';
import accessKeys from '../../../../../src/collect/collectors/iam/access-keys.ts';
import accountSummary from '../../../../../src/collect/collectors/iam/account-summary.ts';
import authorizationDetails from '../../../../../src/collect/collectors/iam/authorization-details.ts';
import closingAuthorizationDetails from '../../../../../src/collect/collectors/iam/closing-authorization-details.ts';
import credentialReport from '../../../../../src/collect/collectors/iam/credential-report.ts';
import loginProfiles from '../../../../../src/collect/collectors/iam/login-profiles.ts';
import mfaDevices from '../../../../../src/collect/collectors/iam/mfa-devices.ts';
import oidcProviders from '../../../../../src/collect/collectors/iam/oidc-providers.ts';
import organizationsFeatures from '../../../../../src/collect/collectors/iam/organizations-features.ts';
import passwordPolicy from '../../../../../src/collect/collectors/iam/password-policy.ts';
import roleSettings from '../../../../../src/collect/collectors/iam/role-settings.ts';
import samlProviders from '../../../../../src/collect/collectors/iam/saml-providers.ts';
import serviceSpecificCredentials from '../../../../../src/collect/collectors/iam/service-specific-credentials.ts';
import signingCertificates from '../../../../../src/collect/collectors/iam/signing-certificates.ts';
import sshPublicKeys from '../../../../../src/collect/collectors/iam/ssh-public-keys.ts';
import accountHandshakes from '../../../../../src/collect/collectors/organizations/account-handshakes.ts';
import accounts from '../../../../../src/collect/collectors/organizations/accounts.ts';
import delegatedAdministrators from '../../../../../src/collect/collectors/organizations/delegated-administrators.ts';
import handshakes from '../../../../../src/collect/collectors/organizations/handshakes.ts';
import organization from '../../../../../src/collect/collectors/organizations/organization.ts';
import organizationalUnits from '../../../../../src/collect/collectors/organizations/organizational-units.ts';
import policies from '../../../../../src/collect/collectors/organizations/policies.ts';
import resourcePolicy from '../../../../../src/collect/collectors/organizations/resource-policy.ts';
import roots from '../../../../../src/collect/collectors/organizations/roots.ts';
import trustedServices from '../../../../../src/collect/collectors/organizations/trusted-services.ts';
import callerIdentity from '../../../../../src/collect/collectors/sts/caller-identity.ts';
import type { AnyCollector } from '../../../../../src/collect/define-collector.ts';
import { gapsOf } from '../../../../../src/model/observation.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import {
  denied,
  failure,
  fakeReader,
  output,
  type Reply,
  type Script,
} from '../../../../support/fake-reader.ts';
import { smallDependencies, smallScript } from './small-organization.ts';

const collectors: readonly AnyCollector[] = [
  alternateContacts,
  regions,
  accessKeys,
  accountSummary,
  authorizationDetails,
  closingAuthorizationDetails,
  credentialReport,
  loginProfiles,
  mfaDevices,
  oidcProviders,
  organizationsFeatures,
  passwordPolicy,
  roleSettings,
  samlProviders,
  serviceSpecificCredentials,
  signingCertificates,
  sshPublicKeys,
  accountHandshakes,
  accounts,
  delegatedAdministrators,
  handshakes,
  organization,
  organizationalUnits,
  policies,
  resourcePolicy,
  roots,
  trustedServices,
  callerIdentity,
];

const named = collectors.map((collector) => [collector.key, collector] as const);

/** Each call that a collector declares, alone. */
const operations = collectors.flatMap((collector) =>
  collector.operations.map(({ command }) => [collector.key, command, collector] as const),
);

const everything = (reply: Reply): Script =>
  Object.fromEntries(Object.keys(smallScript).map((command) => [command, reply]));

const run = async (collector: AnyCollector, script: Script) => {
  const reader = fakeReader(script);
  const observation = await collector.collect(fakeCollectContext(reader, smallDependencies));
  return { observation, reader };
};

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(reversed).reverse();
  }
  return typeof value === 'object' &&
    value !== null &&
    !(value instanceof Date || value instanceof Uint8Array)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, reversed(item)]))
    : value;
};

const withReversedLists = (reply: Reply): Reply =>
  reply.kind === 'output' ? output(Object(reversed(reply.output))) : reply;

const isList = (replies: Reply | readonly Reply[]): replies is readonly Reply[] => Array.isArray(replies);

const reversedReplies = (replies: Reply | readonly Reply[]): Reply | readonly Reply[] =>
  isList(replies) ? replies.map(withReversedLists) : withReversedLists(replies);

const script: Script = smallScript;

const reversedScript: Script = Object.fromEntries(
  Object.entries(script).map(([command, entry]) => [
    command,
    typeof entry === 'function' ? (input) => reversedReplies(entry(input)) : reversedReplies(entry),
  ]),
);

describe('every collector of identity and organization', () => {
  test('there is one for each key of these services', () => {
    expect(new Set(collectors.map((collector) => collector.key)).size).toBe(28);
  });

  test.each(named)('%s is complete when all calls are answered', async (_key, collector) => {
    const { observation } = await run(collector, smallScript);
    expect(gapsOf(observation)).toEqual([]);
    expect(observation).toMatchObject({ state: 'complete', value: expect.anything() });
  });

  test.each(named)('%s declares exactly the calls that it makes', async (_key, collector) => {
    const { reader } = await run(collector, smallScript);
    expect([...new Set(reader.commands)].sort()).toEqual(
      collector.operations.map((operation) => operation.command).sort(),
    );
  });

  test.each(named)('%s asks only for reads of its own service', (key, collector) => {
    for (const { service, command, permission } of collector.operations) {
      expect(permission).toBe(`${service}:${command}`);
      expect(command).toMatch(/^(?:Get|List|Describe|GenerateCredentialReport)/u);
      expect(key.startsWith(`${service}.`)).toBe(true);
    }
  });

  test.each(named)('%s gives the same value whatever the order of the answers', async (_key, collector) => {
    const { observation } = await run(collector, smallScript);
    const other = await run(collector, reversedScript);
    expect(JSON.stringify({ ...other.observation, provenance: null })).toBe(
      JSON.stringify({ ...observation, provenance: null }),
    );
  });

  test.each(named)('%s is missing when every call is denied', async (_key, collector) => {
    const { observation, reader } = await run(collector, everything(denied()));
    expect(observation.state).toBe('missing');
    expect(gapsOf(observation).every((gap) => gap.reason === 'access-denied')).toBe(true);
    const declared = collector.operations.map((operation) => operation.command);
    expect(reader.commands.filter((command) => !declared.includes(command))).toEqual([]);
  });

  test.each(named)('%s is missing when every call is throttled out', async (_key, collector) => {
    const { observation } = await run(collector, everything(failure('ThrottlingException')));
    expect(observation.state).toBe('missing');
    expect(gapsOf(observation).every((gap) => gap.retryable)).toBe(true);
  });

  test.each(named)('%s does not take an unknown error for an absence', async (_key, collector) => {
    const { observation } = await run(collector, everything(failure('InternalFailure')));
    expect(observation.state).toBe('missing');
  });

  test.each(operations)('%s is not complete without %s, and names it', async (_key, command, collector) => {
    const { observation } = await run(collector, { ...smallScript, [command]: denied() });
    expect(observation.state).not.toBe('complete');
    expect(gapsOf(observation)).toContainEqual(
      expect.objectContaining({ reason: 'access-denied', operation: `fake:${command}` }),
    );
  });

  test.each(named)('%s survives answers without any field', async (_key, collector) => {
    const { observation } = await run(collector, everything(output({})));
    expect(['complete', 'partial', 'missing']).toContain(observation.state);
  });
});
