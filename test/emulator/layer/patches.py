"""Changes to moto's own models where its state, ids or allow-lists differ from AWS."""

from __future__ import annotations

import json
from typing import Any

import moto.iam.models as iam
import moto.organizations.models as organizations
import moto.organizations.utils as organization_utils
import moto.ssoadmin.models as ssoadmin
from moto.awslambda.models import LambdaBackend, LambdaFunction, lambda_backends
from moto.cloudtrail.models import Trail
from moto.core.utils import iso_8601_datetime_with_nanoseconds
from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.utils import generate_access_key_id_from_account_id

from .state import state

# All 1,485 cost a second and 27 MB per account; these are the ones that the fixtures attach.
MANAGED_POLICIES = (
    "AdministratorAccess",
    "PowerUserAccess",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "IAMUserChangePassword",
    "ReadOnlyAccess",
    "ViewOnlyAccess",
    "SecurityAudit",
    "Billing",
    "AmazonS3ReadOnlyAccess",
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSCompromisedKeyQuarantine",
    "AWSDenyAll",
    "AWSCompromisedKeyQuarantineV2",
    "AWSCompromisedKeyQuarantineV3",
    "AmazonGuardDutyServiceRolePolicy",
    "AWSOrganizationsServiceTrustPolicy",
    "AWSSSOServiceRolePolicy",
    "AWSSupportServiceRolePolicy",
    "CloudTrailServiceRolePolicy",
    "SignInLocalDevelopmentAccess",
)

POLICY_TYPES = [
    "AISERVICES_OPT_OUT_POLICY",
    "BACKUP_POLICY",
    "BEDROCK_POLICY",
    "CHATBOT_POLICY",
    "DECLARATIVE_POLICY_EC2",
    "GUARDDUTY_POLICY",
    "INSPECTOR_POLICY",
    "NETWORK_SECURITY_DIRECTOR_POLICY",
    "RESOURCE_CONTROL_POLICY",
    "S3_POLICY",
    "SECURITYHUB_CSPM_POLICY",
    "SECURITYHUB_POLICY",
    "SERVICE_CONTROL_POLICY",
    "TAG_POLICY",
    "UPGRADE_ROLLOUT_POLICY",
]


# Names of service-linked roles, where AWS does not just write the service's name.
SERVICE_ROLE_NAMES = {
    "guardduty": "AmazonGuardDuty",
    "config": "Config",
    "securityhub": "SecurityHub",
    "access-analyzer": "AccessAnalyzer",
    "sso": "SSO",
    "organizations": "Organizations",
    "cloudtrail": "CloudTrail",
    "support": "Support",
    "trustedadvisor": "TrustedAdvisor",
    "inspector2": "AmazonInspector2",
    "ops.apigateway": "APIGateway",
}


def _with_id(model: Any, prefix: str) -> None:
    original = model.__init__

    def initialise(self: Any, *arguments: Any, **named: Any) -> None:
        original(self, *arguments, **named)
        self.id = generate_access_key_id_from_account_id(self.account_id, prefix=prefix, total_length=21)

    model.__init__ = initialise


def _account_ids() -> None:
    """Account ids in the order that the fixtures ask for, then moto's random ones."""
    original = organization_utils.make_random_account_id

    def next_account_id() -> str:
        wanted = state().next_account_ids
        return wanted.pop(0) if wanted else original()

    organization_utils.make_random_account_id = next_account_id


def _management_account() -> None:
    """moto makes an access role in an account that nobody has; AWS makes none in the management account."""
    original = organizations.OrganizationsBackend.create_organization

    def create(self: Any, region: str, **named: Any) -> dict[str, Any]:
        roles = iam.iam_backends[self.account_id][self.partition].roles
        before = set(roles)
        state().next_account_ids.insert(0, self.account_id)
        described = original(self, region, **named)
        for role_id in set(roles) - before:
            del roles[role_id]
        management = self.accounts[0]
        management.name = "management"
        management.joined_method = "INVITED"
        return described

    organizations.OrganizationsBackend.create_organization = create


def _default_policies() -> None:
    """AWS attaches the two FullAWSAccess policies to every new account and unit."""
    for name in ("create_account", "create_organizational_unit"):
        original = getattr(organizations.OrganizationsBackend, name)

        def create(self: Any, _original: Any = original, **named: Any) -> dict[str, Any]:
            known = {item.id for item in [*self.accounts, *self.ou]}
            described = _original(self, **named)
            for item in [*self.accounts, *self.ou]:
                if item.id not in known:
                    for policy in (organization_utils.DEFAULT_SCP_POLICY_ID, organization_utils.DEFAULT_RCP_POLICY_ID):
                        self.attach_policy(PolicyId=policy, TargetId=item.id)
            return described

        setattr(organizations.OrganizationsBackend, name, create)


def _access_role() -> None:
    """The access role of an account that Organizations makes is an administrator; moto gives it no policy."""
    original = organizations.FakeAccount.__init__
    everything = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})

    def initialise(self: Any, *arguments: Any, **named: Any) -> None:
        original(self, *arguments, **named)
        for role in iam.iam_backends[self.id]["aws"].get_roles():
            if role.name == named.get("RoleName", "OrganizationAccountAccessRole"):
                role.policies["AdministratorAccess"] = everything

    organizations.FakeAccount.__init__ = initialise


def _foreign_layers() -> None:
    """A function may use a layer of any account that allows it; moto looks in its own account alone."""

    def find(self: Any, arn: str) -> Any:
        parts = arn.split(":")
        if len(parts) != 8:
            return None
        storage = lambda_backends[parts[4]][parts[3]]._layers
        return storage.get_layer_version_by_arn(arn)

    LambdaBackend.layers_versions_by_arn = find


def _modified_functions() -> None:
    """New code is a modification; moto keeps the time of the version before."""
    original = LambdaFunction.update_function_code

    def update(self: Any, updated_spec: dict[str, Any]) -> dict[str, Any]:
        self.last_modified = iso_8601_datetime_with_nanoseconds()
        return original(self, updated_spec)

    LambdaFunction.update_function_code = update


def apply() -> None:
    everything = json.loads(aws_managed_policies_data)
    trimmed = json.dumps({name: everything[name] for name in MANAGED_POLICIES if name in everything})
    iam.aws_managed_policies_data = trimmed
    iam.load_iam_aws_managed_policies = lambda: True
    ssoadmin.aws_managed_policies_data = trimmed
    iam.SERVICE_NAME_CONVERSION.update(SERVICE_ROLE_NAMES)
    _with_id(iam.User, "AIDA")
    _with_id(iam.Group, "AGPA")
    _with_id(iam.Policy, "ANPA")
    _account_ids()
    _management_account()
    _default_policies()
    _foreign_layers()
    _modified_functions()
    _access_role()
    for model in (organizations.FakeRoot, organizations.FakePolicy):
        model.SUPPORTED_POLICY_TYPES = POLICY_TYPES
    organizations.FakeServiceAccess.trusted_service = staticmethod(lambda principal: "." in principal)
    organizations.FakeDelegatedAdministrator.supported_service = staticmethod(lambda principal: "." in principal)
    # The log bucket usually lies in another account, and no test of ours reads it.
    Trail.check_bucket_exists = lambda self: None
    Trail.check_topic_exists = lambda self: None
