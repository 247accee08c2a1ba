import { defineCheck } from '../../src/model/check.ts';
import { codeIndicatorSignals } from '../../src/model/code-indicator.ts';
import { distinctBy } from '../../src/model/distinct-by.ts';
import { endpointSubject, endpointTarget, endpointWay } from '../../src/model/endpoint-subject.ts';
import type { Endpoint, EndpointExposure } from '../../src/model/evidence/derived.ts';

type MessageId = 'anyone' | 'anyAccount' | 'restricted' | 'armed' | 'unresolved';

const messageFor: Readonly<Record<EndpointExposure, MessageId | null>> = {
  public: 'anyone',
  'any-aws-account': 'anyAccount',
  restricted: 'restricted',
  latent: 'armed',
  armed: 'armed',
  unresolved: 'unresolved',
  authenticated: null,
  private: null,
};

/** Routes that run something, a function or an AWS action without one; each once, whatever versions an alias routes to. */
function runningRoutes(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const running = endpoints.filter(
    ({ entry, functionArn, directAction }) =>
      entry.kind !== 'function-url' && (functionArn !== null || directAction !== null),
  );
  return distinctBy(running, (endpoint) => `${endpoint.arn} ${endpointWay(endpoint)}`);
}

export default defineCheck({
  meta: {
    id: 'endpoints/unauthenticated-route',
    title: 'Every API route that runs something asks for authentication',
    failureTitle: 'API route runs a function or an AWS action without authentication',
    description:
      'Whoever knows the address runs the function behind the route with the rights of its role. Many public sites are built so, which is why this is a weakness and no proof; an API key is metering and keeps nobody out. Routes whose role can make credentials are reported by themselves.',
    kind: 'hardening',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'indicator-match': 'critical' },
    scope: 'region',
    requires: ['endpoints'],
    tolerates: ['endpoints'],
    population: 'API routes that run a function or an AWS action',
    messages: {
      anyone: 'Anyone can call {way} of {api}, which runs {target}: {facts}.',
      anyAccount: 'Every AWS account can call {way} of {api}, which runs {target}: {facts}.',
      restricted: {
        text: '{way} of {api}, which runs {target}, is narrowed by network alone: {facts}.',
        severity: 'low',
      },
      armed: {
        text: '{way} of {api}, which runs {target}, is one change from being open: {facts}.',
        severity: 'low',
      },
      unresolved: {
        text: 'Whether anyone can call {way} of {api}, which runs {target}, cannot be decided: {facts}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['api.add-authorizer', 'api.restrict-policy', 'api.delete'],
      why: 'With an authorizer or IAM authorization only known callers reach the function.',
      cautions: [
        'Callers without credentials break: ask the owner whether the route is meant to be public.',
        'REST APIs serve the change only after a new deployment.',
      ],
    },
    techniques: ['T1190', 'T1648'],
    frameworks: {
      'NIST 800-53 r5': ['AC-3', 'AC-14', 'SC-7'],
      'NIST CSF 2.0': ['PR.AA-03', 'PR.AA-05', 'PR.IR-01'],
    },
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
    ],
    since: '0.1.0',
  },
  examined: ({ endpoints }) => runningRoutes(endpoints).length,
  *evaluate({ endpoints }, { incident }) {
    for (const endpoint of runningRoutes(endpoints)) {
      const messageId = messageFor[endpoint.exposure];
      if (messageId === null) {
        continue;
      }
      const way = endpointWay(endpoint);
      const target = endpointTarget(endpoint);
      yield {
        messageId,
        subject: endpointSubject(endpoint),
        discriminator: way,
        data: { way, target, api: endpoint.name, facts: endpoint.exposureFacts.join('; ') },
        signals: codeIndicatorSignals(incident, endpoint.codeSha256, 'endpoints'),
        evidence: [{ key: 'endpoints', pointer: `/${endpoints.indexOf(endpoint)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The route asks for no key.' },
      };
    }
  },
});
