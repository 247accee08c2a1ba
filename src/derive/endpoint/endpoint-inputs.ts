import type { ApiDomainName, HttpApi, RestApi } from '../../model/evidence/api-gateway.ts';
import type { Principal } from '../../model/evidence/derived.ts';
import type {
  FunctionAlias,
  FunctionPolicy,
  FunctionUrl,
  LambdaFunction,
} from '../../model/evidence/lambda.ts';

/** Everything the chain is built from; null = not seen, which is never read as "there is none". */
export interface EndpointInputs {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly functions: readonly LambdaFunction[] | null;
  readonly functionUrls: readonly FunctionUrl[] | null;
  readonly functionPolicies: readonly FunctionPolicy[] | null;
  readonly aliases: readonly FunctionAlias[] | null;
  readonly restApis: readonly RestApi[] | null;
  readonly httpApis: readonly HttpApi[] | null;
  readonly domainNames: readonly ApiDomainName[] | null;
  readonly principals: readonly Principal[] | null;
}
