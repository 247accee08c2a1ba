import type { ApiDomainName } from '../../model/evidence/api-gateway.ts';

/** How a stage can be reached from the internet, before any authentication of its routes. */
export interface ApiEntry {
  readonly reach: 'internet' | 'mutual-tls' | 'private' | 'unresolved';
  readonly facts: readonly string[];
}

interface EnteredApi {
  readonly id: string;
  readonly executeApiEndpointDisabled: boolean;
  /** EDGE, REGIONAL, PRIVATE; HTTP and WebSocket APIs have no private type. */
  readonly endpointTypes: readonly string[];
}

function isPrivate(endpointTypes: readonly string[]): boolean {
  return endpointTypes.length > 0 && endpointTypes.every((type) => type === 'PRIVATE');
}

/** Mappings without a stage take the stage from the path. */
function mappedDomains(
  domains: readonly ApiDomainName[],
  apiId: string,
  stage: string,
): readonly ApiDomainName[] {
  return domains.filter((domain) =>
    domain.mappings.some(
      (mapping) => mapping.apiId === apiId && (mapping.stage === stage || mapping.stage === ''),
    ),
  );
}

export function apiEntry(
  api: EnteredApi,
  stage: string,
  domainNames: readonly ApiDomainName[] | null,
): ApiEntry {
  if (isPrivate(api.endpointTypes)) {
    return { reach: 'private', facts: ['endpoint type PRIVATE'] };
  }
  if (!api.executeApiEndpointDisabled) {
    return { reach: 'internet', facts: ['the execute-api endpoint is enabled'] };
  }
  if (domainNames === null) {
    return { reach: 'unresolved', facts: ['execute-api is disabled and the domain names were not seen'] };
  }
  const domains = mappedDomains(domainNames, api.id, stage).filter(
    ({ endpointTypes }) => !isPrivate(endpointTypes),
  );
  if (domains.length === 0) {
    return { reach: 'private', facts: ['execute-api is disabled and no public domain name maps the stage'] };
  }
  const open = domains.filter((domain) => !domain.mutualTls);
  const names = (open.length > 0 ? open : domains).map((domain) => domain.name).sort();
  return {
    reach: open.length > 0 ? 'internet' : 'mutual-tls',
    facts: [`mapped by ${names.join(', ')}${open.length > 0 ? '' : ', mutual TLS only'}`],
  };
}
