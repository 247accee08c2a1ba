import type { ApiAuthorizer, ApiRoute } from '../../../model/evidence/api-gateway.ts';
import { sortedBy } from '../support/sorted-by.ts';
import type { ExportedApi } from './open-api-routes.ts';

/** A stage's routes, and the authorizers that only the deployment has. */
export interface DeployedApi {
  readonly routes: readonly ApiRoute[];
  readonly authorizers: readonly ApiAuthorizer[];
}

const behaviour = ({ id: _, ...authorizer }: ApiAuthorizer): string => JSON.stringify(authorizer);

export const routeOrder = (route: ApiRoute): string => route.key;

/**
 * An export names authorizers, the draft also has their ids. A deployed authorizer that does something else than the
 * draft's of the same name was changed since: it is kept under an id of its own, so that it cannot hide.
 */
export function deployedApi(
  stage: string,
  exported: ExportedApi,
  draft: readonly ApiAuthorizer[],
): DeployedApi {
  const draftIds = new Map(draft.map((authorizer) => [behaviour(authorizer), authorizer.id]));
  const authorizers = exported.authorizers.map((authorizer) => ({
    ...authorizer,
    id: draftIds.get(behaviour(authorizer)) ?? `${stage}/${authorizer.name}`,
  }));
  const idsByName = new Map(authorizers.map(({ name, id }) => [name, id]));
  const known = new Set(draftIds.values());
  return {
    routes: sortedBy(
      exported.routes.map((route) => ({
        ...route,
        authorizerId: route.authorizerId === null ? null : (idsByName.get(route.authorizerId) ?? null),
      })),
      routeOrder,
    ),
    authorizers: authorizers.filter(({ id }) => !known.has(id)),
  };
}
