import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  buildDomainName,
  buildHttpApi,
  buildIntegration,
  buildOpenRoute,
  buildRestApi,
  buildStage,
} from '../../../../src/testing/builders/api-gateway.ts';
import {
  buildFunction,
  buildFunctionPolicy,
  buildFunctionUrl,
} from '../../../../src/testing/builders/lambda.ts';
import { endpointsOf } from '../endpoint-cases.ts';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const knownExposures = new Set([
  'public',
  'any-aws-account',
  'restricted',
  'latent',
  'armed',
  'authenticated',
  'private',
  'unresolved',
]);

describe('endpoints of whatever somebody typed', () => {
  test('keep every URL and route and always tell an exposure', () => {
    fc.assert(
      fc.property(text, text, text, text, (arn, uri, type, document) => {
        const routes = [
          buildOpenRoute({ authorizationType: type, path: uri, integration: buildIntegration({ uri }) }),
        ];
        const stages = [buildStage({ name: arn, variables: { [type]: uri } })];
        const found = endpointsOf({
          'lambda.functions': [buildFunction({ arn })],
          'lambda.function-urls': [
            buildFunctionUrl({ functionArn: arn, functionName: type, authType: 'NONE' }),
          ],
          'lambda.function-policies': [buildFunctionPolicy([], { functionName: type, document })],
          'api-gateway.rest-apis': [buildRestApi({ routes, stages, policy: document })],
          'api-gateway.http-apis': [buildHttpApi({ routes, stages })],
          'api-gateway.domain-names': [buildDomainName({ name: uri })],
        });
        expect(found).toHaveLength(3);
        expect(found.filter(({ exposure }) => !knownExposures.has(exposure))).toEqual([]);
      }),
    );
  });

  test('an unreadable policy is never told as closed', () => {
    fc.assert(
      fc.property(
        text.filter((document) => !document.includes('{')),
        (document) => {
          const [endpoint] = endpointsOf({
            'lambda.function-urls': [buildFunctionUrl({ authType: 'NONE' })],
            'lambda.function-policies': [buildFunctionPolicy([], { document })],
          });
          expect(endpoint?.exposure).toBe('unresolved');
        },
      ),
    );
  });
});
