import type { Endpoint, EndpointExposure } from '../../model/evidence/derived.ts';
import type { FunctionUrl } from '../../model/evidence/lambda.ts';
import type { EndpointInputs } from './endpoint-inputs.ts';
import { functionChains } from './function-chain.ts';
import { type FunctionReference, parseFunctionArn } from './function-reference.ts';
import { type PolicyAccess, policyAccess } from './policy-access.ts';

interface Exposed {
  readonly exposure: EndpointExposure;
  readonly facts: readonly string[];
}

/** From October 2025 new URLs need both permissions; the exception for older accounts ended on 1 November 2026. */
const bothPermissionsSince = '2025-10-01T00:00:00.000Z';

function accessTo(url: FunctionUrl, inputs: EndpointInputs, action: string): PolicyAccess | 'unseen' {
  if (inputs.functionPolicies === null) {
    return 'unseen';
  }
  const policy = inputs.functionPolicies.find(
    (candidate) => candidate.functionName === url.functionName && candidate.qualifier === url.qualifier,
  );
  if (policy === undefined) {
    return 'none';
  }
  return policyAccess(policy.document, {
    caller: url.authType === 'NONE' ? 'anonymous' : 'any-aws-principal',
    action,
    resource: url.functionArn,
    keys: {
      'lambda:FunctionUrlAuthType': url.authType,
      'lambda:InvokedViaFunctionUrl': 'true',
    },
  });
}

const allows = (access: PolicyAccess | 'unseen'): boolean => access === 'open' || access === 'network';

function exposureWithoutAuthentication(
  url: FunctionUrl,
  viaUrl: PolicyAccess | 'unseen',
  direct: PolicyAccess | 'unseen',
): Exposed {
  const both = [viaUrl, direct];
  if (both.includes('unseen') || both.includes('undecided')) {
    return { exposure: 'unresolved', facts: ['what the resource policy allows cannot be told'] };
  }
  if (allows(viaUrl) && allows(direct)) {
    return both.includes('network')
      ? { exposure: 'restricted', facts: ['the resource policy narrows anonymous callers by network'] }
      : { exposure: 'public', facts: ['the resource policy allows anyone both actions'] };
  }
  if (allows(viaUrl)) {
    const older = url.createdAt < bothPermissionsSince ? ['the URL is older than October 2025'] : [];
    return { exposure: 'latent', facts: ['only lambda:InvokeFunction is missing for anyone', ...older] };
  }
  return allows(direct)
    ? { exposure: 'latent', facts: ['only lambda:InvokeFunctionUrl is missing for anyone'] }
    : { exposure: 'armed', facts: ['the resource policy does not allow anonymous callers'] };
}

function exposureWithIam(viaUrl: PolicyAccess | 'unseen'): Exposed {
  switch (viaUrl) {
    case 'open':
      return { exposure: 'any-aws-account', facts: ['the resource policy allows every AWS account'] };
    case 'network':
      return { exposure: 'restricted', facts: ['every AWS account, narrowed by network'] };
    case 'unseen':
    case 'undecided':
      return { exposure: 'unresolved', facts: ['what the resource policy allows cannot be told'] };
    case 'none':
      return { exposure: 'authenticated', facts: [] };
    default:
      return viaUrl satisfies never;
  }
}

function exposureOf(url: FunctionUrl, inputs: EndpointInputs): Exposed {
  const viaUrl = accessTo(url, inputs, 'lambda:InvokeFunctionUrl');
  return url.authType === 'NONE'
    ? exposureWithoutAuthentication(url, viaUrl, accessTo(url, inputs, 'lambda:InvokeFunction'))
    : exposureWithIam(viaUrl);
}

/** An ARN of a form we do not know must not hide the URL. */
function referenceOf(url: FunctionUrl, { accountId, region }: EndpointInputs): FunctionReference {
  const reference = parseFunctionArn(url.functionArn) ?? {
    arn: url.functionArn,
    name: url.functionName,
    accountId,
    region,
  };
  return { ...reference, qualifier: url.qualifier };
}

/** One endpoint per function URL and version it can run (aliases may route to two). */
export function functionUrlEndpoints(inputs: EndpointInputs): readonly Endpoint[] {
  return (inputs.functionUrls ?? []).flatMap((url) => {
    const { exposure, facts } = exposureOf(url, inputs);
    return functionChains(inputs, referenceOf(url, inputs)).map(({ facts: chainFacts, ...chain }) => ({
      arn: url.functionArn,
      name: url.qualifier === null ? url.functionName : `${url.functionName}:${url.qualifier}`,
      entry: { kind: 'function-url' as const, url: url.url },
      exposure,
      exposureFacts: [`authentication type ${url.authType}`, ...facts, ...chainFacts],
      route: null,
      ...chain,
      directAction: null,
      createdAt: url.createdAt,
      modifiedAt: url.modifiedAt,
    }));
  });
}
