import { defineCheck } from '../../src/model/check.ts';
import { codeIndicatorSignals } from '../../src/model/code-indicator.ts';
import { distinctBy } from '../../src/model/distinct-by.ts';
import { endpointSubject } from '../../src/model/endpoint-subject.ts';
import type { Endpoint, EndpointExposure } from '../../src/model/evidence/derived.ts';

type MessageId = 'public' | 'anyAccount' | 'restricted' | 'latent' | 'armed' | 'unresolved';

const messageFor: Readonly<Record<EndpointExposure, MessageId | null>> = {
  public: 'public',
  'any-aws-account': 'anyAccount',
  restricted: 'restricted',
  latent: 'latent',
  armed: 'armed',
  unresolved: 'unresolved',
  authenticated: null,
  private: null,
};

/** Each URL once: an alias that routes to two versions makes two endpoints of one URL. */
function functionUrls(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  return distinctBy(
    endpoints.filter(({ entry }) => entry.kind === 'function-url'),
    ({ arn }) => arn,
  );
}

export default defineCheck({
  meta: {
    id: 'endpoints/public-function-url',
    title: 'Every function URL asks for authentication',
    failureTitle: 'Function URL is open, or one permission away from it',
    description:
      'A function URL with authentication type NONE runs its code, with the rights of its role, for anyone whom the resource policy lets in. It needs no key, so revoking keys does not close it. Since October 2025 two permissions are needed; a URL that lacks one or both is kept as a door that a single call opens.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'indicator-match': 'critical' },
    scope: 'region',
    requires: ['endpoints'],
    tolerates: ['endpoints'],
    population: 'function URLs',
    messages: {
      public: 'Anyone can call {url}, which runs {name}: {facts}.',
      anyAccount: 'Every AWS account can call {url}, which runs {name}: {facts}.',
      restricted: {
        text: '{url}, which runs {name}, is narrowed by network alone: {facts}.',
        severity: 'low',
      },
      latent: '{url}, which runs {name}, lacks one permission to be open to anyone: {facts}.',
      armed: {
        text: '{url}, which runs {name}, is refused only by the resource policy: {facts}.',
        severity: 'low',
      },
      unresolved: 'Whether anyone can call {url}, which runs {name}, cannot be decided: {facts}.',
    },
    remediation: {
      actions: ['function-url.delete', 'function.remove-permission'],
      why: 'Without the URL and its permissions nobody reaches the function from outside.',
      cautions: [
        'The host name is lost for good: record it as an indicator first. Ask the owner who calls it.',
      ],
    },
    techniques: ['T1133', 'T1190', 'T1648'],
    frameworks: {
      'CIS AWS 7.0': ['2.21'],
      'NIST 800-53 r5': ['AC-3', 'AC-17', 'SC-7'],
      'NIST CSF 2.0': ['PR.AA-03', 'PR.AA-05', 'PR.IR-01'],
    },
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'],
    since: '0.1.0',
  },
  examined: ({ endpoints }) => functionUrls(endpoints).length,
  *evaluate({ endpoints }, { incident }) {
    for (const endpoint of functionUrls(endpoints)) {
      const messageId = messageFor[endpoint.exposure];
      if (messageId === null || endpoint.entry.kind !== 'function-url') {
        continue;
      }
      yield {
        messageId,
        subject: endpointSubject(endpoint),
        data: { url: endpoint.entry.url, name: endpoint.name, facts: endpoint.exposureFacts.join('; ') },
        signals: codeIndicatorSignals(incident, endpoint.codeSha256, 'endpoints'),
        evidence: [{ key: 'endpoints', pointer: `/${endpoints.indexOf(endpoint)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The URL asks for no key.' },
      };
    }
  },
});
