import { defineCheck } from '../../src/model/check.ts';
import { codeIndicatorSignals } from '../../src/model/code-indicator.ts';
import { endpointSubject, endpointTarget, endpointWay } from '../../src/model/endpoint-subject.ts';
import type { Endpoint, EndpointExposure } from '../../src/model/evidence/derived.ts';
import { listing, mintingOf } from '../../src/model/minting.ts';

type MessageId = 'open' | 'nearlyOpen' | 'conditional' | 'authenticated';

const reach: Readonly<Record<EndpointExposure, 'open' | 'nearlyOpen' | 'authenticated' | null>> = {
  public: 'open',
  'any-aws-account': 'open',
  restricted: 'nearlyOpen',
  latent: 'nearlyOpen',
  armed: 'nearlyOpen',
  unresolved: 'nearlyOpen',
  authenticated: 'authenticated',
  private: null,
};

function functionEndpoints(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  return endpoints.filter(({ functionArn }) => functionArn !== null);
}

function messageFor({ exposure, rolePower }: Endpoint): MessageId | null {
  const { certain, conditional } = mintingOf(rolePower);
  const way = reach[exposure];
  if (certain.length > 0) {
    return way;
  }
  return conditional.length > 0 && (way === 'open' || way === 'nearlyOpen') ? 'conditional' : null;
}

export default defineCheck({
  meta: {
    id: 'endpoints/credential-minting-endpoint',
    title: 'No endpoint leads to a role that can make credentials',
    failureTitle: 'Endpoint leads to a role that can make credentials',
    description:
      'A function behind an API or a function URL whose role can make users, keys, sessions or permissions hands out access on request. It is the way back that survives every key revocation: a call to the address makes the next key. An authenticated one is only as safe as its authorizer.',
    kind: 'residue',
    severity: 'critical',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'indicator-match': 'critical' },
    scope: 'region',
    requires: ['endpoints'],
    tolerates: ['endpoints'],
    population: 'endpoints that reach a function',
    messages: {
      open: '{way} of {name} is {exposure} and runs {target}, whose role {role} can make or widen credentials: {minting}.',
      nearlyOpen: {
        text: '{way} of {name} is {exposure} and runs {target}, whose role {role} can make or widen credentials: {minting}.',
        severity: 'high',
      },
      conditional: {
        text: '{way} of {name} is {exposure} and runs {target}, whose role {role} may make or widen credentials under conditions that cannot be decided: {minting}.',
        severity: 'medium',
      },
      authenticated: {
        text: '{way} of {name} is authenticated and runs {target}, whose role {role} can make or widen credentials: {minting}.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: [
        'function.freeze',
        'principal.contain',
        'function-url.delete',
        'api.delete',
        'function.delete',
      ],
      why: 'Freezing the function stops the minting at once; containing its role ends what running calls still hold.',
      cautions: [
        'Preserve code, configuration and logs before anything is deleted.',
        'Look for what it has already made: deleting the endpoint removes none of it.',
        'An invite or account-vending service of your own looks the same: ask its owner.',
      ],
    },
    techniques: ['T1648', 'T1098.001', 'T1136.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-3', 'AC-6', 'SC-7'], 'NIST CSF 2.0': ['PR.AA-05', 'PR.IR-01'] },
    references: [
      'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
      'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    ],
    since: '0.1.0',
  },
  examined: ({ endpoints }) => functionEndpoints(endpoints).length,
  *evaluate({ endpoints }, { incident }) {
    for (const endpoint of functionEndpoints(endpoints)) {
      const messageId = messageFor(endpoint);
      if (messageId === null) {
        continue;
      }
      const { certain, conditional } = mintingOf(endpoint.rolePower);
      const way = endpointWay(endpoint);
      const target = endpointTarget(endpoint);
      yield {
        messageId,
        subject: endpointSubject(endpoint),
        discriminator: `${way} ${target} ${endpoint.roleArn ?? ''}`,
        data: {
          way,
          target,
          name: endpoint.name,
          exposure: endpoint.exposure,
          role: endpoint.roleArn ?? 'unknown',
          minting: listing(certain.length > 0 ? certain : conditional),
        },
        signals: [
          { code: 'can-mint', fact: listing([...certain, ...conditional]), source: 'principals' },
          ...codeIndicatorSignals(incident, endpoint.codeSha256, 'endpoints'),
        ],
        evidence: [{ key: 'endpoints', pointer: `/${endpoints.indexOf(endpoint)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'A call to the endpoint makes new credentials.' },
      };
    }
  },
});
