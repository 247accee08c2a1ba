"""Pages the lists that moto always returns whole, so that a reader that forgets to page is found out."""

from __future__ import annotations

from typing import Any

from .state import page
from .wire import Call

# (service, operation) -> list, size parameter, token parameter, token in the answer, largest page
LISTS: dict[tuple[str, str], tuple[str, str, str, str, int]] = {
    ("organizations", "ListDelegatedAdministrators"): ("DelegatedAdministrators", "MaxResults", "NextToken", "NextToken", 20),
    ("organizations", "ListDelegatedServicesForAccount"): ("DelegatedServices", "MaxResults", "NextToken", "NextToken", 20),
    ("organizations", "ListAWSServiceAccessForOrganization"): ("EnabledServicePrincipals", "MaxResults", "NextToken", "NextToken", 20),
    ("organizations", "ListTargetsForPolicy"): ("Targets", "MaxResults", "NextToken", "NextToken", 20),
    ("organizations", "ListOrganizationalUnitsForParent"): ("OrganizationalUnits", "MaxResults", "NextToken", "NextToken", 20),
    ("organizations", "ListRoots"): ("Roots", "MaxResults", "NextToken", "NextToken", 20),
    ("lambda", "ListLayers"): ("Layers", "MaxItems", "Marker", "NextMarker", 50),
    ("lambda", "ListLayerVersions"): ("LayerVersions", "MaxItems", "Marker", "NextMarker", 50),
    ("lambda", "ListVersionsByFunction"): ("Versions", "MaxItems", "Marker", "NextMarker", 50),
    ("lambda", "ListAliases"): ("Aliases", "MaxItems", "Marker", "NextMarker", 50),
    ("apigateway", "GetRestApis"): ("item", "limit", "position", "position", 500),
    ("apigateway", "GetResources"): ("item", "limit", "position", "position", 500),
    ("apigateway", "GetAuthorizers"): ("item", "limit", "position", "position", 500),
    ("apigateway", "GetDomainNames"): ("item", "limit", "position", "position", 500),
    ("apigateway", "GetBasePathMappings"): ("item", "limit", "position", "position", 500),
    ("apigateway", "GetApiKeys"): ("item", "limit", "position", "position", 500),
    ("apigateway", "GetDeployments"): ("item", "limit", "position", "position", 500),
    ("apigatewayv2", "GetApis"): ("items", "MaxResults", "NextToken", "nextToken", 500),
    ("apigatewayv2", "GetRoutes"): ("items", "MaxResults", "NextToken", "nextToken", 500),
    ("apigatewayv2", "GetIntegrations"): ("items", "MaxResults", "NextToken", "nextToken", 500),
    ("apigatewayv2", "GetStages"): ("items", "MaxResults", "NextToken", "nextToken", 500),
    ("apigatewayv2", "GetDomainNames"): ("items", "MaxResults", "NextToken", "nextToken", 500),
    ("apigatewayv2", "GetApiMappings"): ("items", "MaxResults", "NextToken", "nextToken", 500),
}


def cut(call: Call, document: dict[str, Any]) -> bool:
    """Leaves one page in a JSON answer of moto; true when something was left for the next."""
    rule = LISTS.get((call.service, call.operation))
    if rule is None:
        return False
    name, size, token_in, token_out, largest = rule
    items = document.get(name)
    if not isinstance(items, list):
        return False
    document[name], following = page(items, call.get(token_in), call.get(size), largest)
    if following is None:
        return call.get(token_in) is not None
    document[token_out] = following
    return True
