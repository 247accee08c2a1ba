import { defineCheck } from '../../src/model/check.ts';
import { endpointSubject, endpointWay } from '../../src/model/endpoint-subject.ts';
import type { Endpoint } from '../../src/model/evidence/derived.ts';

const credentialServices =
  /^(iam|sts|sso|sso-directory|identitystore|organizations|signin|rolesanywhere|cognito-identity):/;
/** `sts:Get…Token` hands out a session, the other reading actions hand out nothing. */
const reading = /^(?!sts:Get\w*Token)[\w-]+:(Get|List|Describe|Simulate)/;
const callerCredentials = /^arn:[\w-]+:iam::\*:user\/\*$/;
const openExposures: ReadonlySet<string> = new Set(['public', 'any-aws-account']);

function directEndpoints(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  return endpoints.filter(({ directAction }) => directAction !== null);
}

function messageFor({ directAction, roleArn, exposure }: Endpoint) {
  if (directAction === null) {
    return null;
  }
  if (credentialServices.test(directAction) && !reading.test(directAction)) {
    return openExposures.has(exposure) ? 'open' : 'guarded';
  }
  return roleArn !== null && callerCredentials.test(roleArn) ? 'caller' : null;
}

export default defineCheck({
  meta: {
    id: 'endpoints/direct-credential-integration',
    title: 'No API calls an identity service by itself',
    failureTitle: 'API calls an identity service by itself',
    description:
      'API Gateway can call AWS actions without any function. A route that calls IAM, STS or another identity service makes credentials for its caller and leaves no code to be found. An integration that hands through the caller’s own credentials acts as whoever calls it.',
    kind: 'residue',
    severity: 'critical',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high' },
    scope: 'region',
    requires: ['endpoints'],
    tolerates: ['endpoints'],
    population: 'API routes that call an AWS action',
    messages: {
      open: '{way} of {api} is {exposure} and calls {action} with {role}.',
      guarded: { text: '{way} of {api} ({exposure}) calls {action} with {role}.', severity: 'high' },
      caller: {
        text: '{way} of {api} calls {action} with the credentials of its caller.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['api.delete', 'principal.contain'],
      why: 'Without the route nobody gets the call made; containing the role ends it for every other route, too.',
      cautions: ['Record the integration and its role first; REST APIs serve the change only once deployed.'],
    },
    techniques: ['T1098.001', 'T1136.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-3', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html',
    ],
    since: '0.1.0',
  },
  examined: ({ endpoints }) => directEndpoints(endpoints).length,
  *evaluate({ endpoints }) {
    for (const endpoint of directEndpoints(endpoints)) {
      const messageId = messageFor(endpoint);
      if (messageId === null) {
        continue;
      }
      const way = endpointWay(endpoint);
      const action = endpoint.directAction ?? '';
      yield {
        messageId,
        subject: endpointSubject(endpoint),
        discriminator: `${way} ${action}`,
        data: {
          way,
          action,
          api: endpoint.name,
          exposure: endpoint.exposure,
          role: endpoint.roleArn ?? 'no role',
        },
        evidence: [{ key: 'endpoints', pointer: `/${endpoints.indexOf(endpoint)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'API Gateway calls with its own role.' },
      };
    }
  },
});
