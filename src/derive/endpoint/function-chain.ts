import type { LambdaFunction } from '../../model/evidence/lambda.ts';
import type { Power } from '../../model/power.ts';
import type { EndpointInputs } from './endpoint-inputs.ts';
import type { FunctionReference } from './function-reference.ts';

/** Code and role that a call to a (qualified) function runs with. */
export interface FunctionChain {
  readonly functionArn: string | null;
  readonly functionQualifier: string | null;
  readonly functionName: string | null;
  readonly codeSha256: string | null;
  readonly roleArn: string | null;
  readonly rolePower: Power | null;
  readonly facts: readonly string[];
}

export const noFunction: FunctionChain = {
  functionArn: null,
  functionQualifier: null,
  functionName: null,
  codeSha256: null,
  roleArn: null,
  rolePower: null,
  facts: [],
};

export function powerOfRole(inputs: EndpointInputs, roleArn: string | null): Power | null {
  return inputs.principals?.find((principal) => principal.arn === roleArn)?.power ?? null;
}

interface RunningVersion {
  readonly codeSha256: string | null;
  readonly roleArn: string | null;
  readonly fact: string | null;
}

function ofVersion(target: LambdaFunction, version: string): RunningVersion {
  if (version === '$LATEST') {
    return { codeSha256: target.codeSha256, roleArn: target.roleArn, fact: null };
  }
  const published = target.publishedVersions.find((candidate) => candidate.version === version);
  return published === undefined
    ? { codeSha256: null, roleArn: null, fact: `version ${version} of the function was not seen` }
    : { codeSha256: published.codeSha256, roleArn: published.roleArn, fact: `runs version ${version}` };
}

/** An alias may send a share of its calls to a second version, which may have other code and another role. */
function runningVersions(
  inputs: EndpointInputs,
  target: LambdaFunction,
  qualifier: string | null,
): readonly RunningVersion[] {
  if (qualifier === null) {
    return [ofVersion(target, '$LATEST')];
  }
  if (/^\d+$/.test(qualifier)) {
    return [ofVersion(target, qualifier)];
  }
  const alias = inputs.aliases?.find(
    (candidate) => candidate.functionName === target.name && candidate.name === qualifier,
  );
  if (alias === undefined) {
    return [{ codeSha256: null, roleArn: null, fact: `alias ${qualifier} of the function was not seen` }];
  }
  const routed = alias.routing.map(({ version, weight }) => ({
    ...ofVersion(target, version),
    fact: `alias ${qualifier} sends a share of ${weight} to version ${version}`,
  }));
  return [ofVersion(target, alias.version), ...routed];
}

/** One chain per set of code and role that the call can end in. */
export function functionChains(
  inputs: EndpointInputs,
  reference: FunctionReference,
): readonly FunctionChain[] {
  const named = {
    functionArn: reference.arn,
    functionQualifier: reference.qualifier,
    functionName: reference.name,
  };
  const target = inputs.functions?.find((candidate) => candidate.arn === reference.arn);
  if (target === undefined) {
    const foreign = reference.accountId !== inputs.accountId || reference.region !== inputs.region;
    const where = foreign
      ? `in account ${reference.accountId}, region ${reference.region}`
      : 'not among the functions seen';
    return [{ ...noFunction, ...named, facts: [`the function is ${where}`] }];
  }
  const state = target.state !== null && target.state !== 'Active' ? [`the function is ${target.state}`] : [];
  return runningVersions(inputs, target, reference.qualifier).map(({ codeSha256, roleArn, fact }) => ({
    ...named,
    codeSha256,
    roleArn,
    rolePower: powerOfRole(inputs, roleArn),
    facts: [...state, ...(fact === null ? [] : [fact])],
  }));
}
