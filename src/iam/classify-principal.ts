import type { PolicyPrincipal } from '../model/policy-document.ts';
import type { TrustGrant } from '../model/trust-grant.ts';

export interface ClassifiedPrincipal {
  readonly kind: TrustGrant['principalKind'];
  readonly accountId: string | null;
}

const accountOf = (arn: string): string | null => {
  const account = arn.split(':')[4] ?? '';
  return /^\d{12}$/.test(account) ? account : null;
};

/** IAM replaces the ARN of a deleted principal by its unique id. */
const uniqueId = /^A[A-Z]{3}[A-Z0-9]{12,}$/;

const classifyAws = (value: string): ClassifiedPrincipal => {
  if (value === '*') {
    return { kind: 'anyone', accountId: null };
  }
  if (/^\d{12}$/.test(value)) {
    return { kind: 'account', accountId: value };
  }
  if (uniqueId.test(value)) {
    return { kind: 'orphaned', accountId: null };
  }
  return { kind: value.endsWith(':root') ? 'account' : 'iam-principal', accountId: accountOf(value) };
};

const classifyFederated = (value: string): ClassifiedPrincipal => {
  if (value === '*') {
    return { kind: 'anyone', accountId: null };
  }
  if (value.includes(':saml-provider/')) {
    return { kind: 'saml', accountId: accountOf(value) };
  }
  if (value.includes(':oidc-provider/')) {
    return { kind: 'oidc', accountId: accountOf(value) };
  }
  // accounts.google.com, cognito-identity.amazonaws.com and the like need no provider in the account.
  return { kind: /^[a-z0-9.-]+\.[a-z]+$/i.test(value) ? 'oidc' : 'federated-other', accountId: null };
};

export const classifyPrincipal = ({ type, value }: PolicyPrincipal): ClassifiedPrincipal => {
  switch (type) {
    case '*':
      return { kind: 'anyone', accountId: null };
    case 'AWS':
      return classifyAws(value);
    case 'Service':
      return { kind: value === '*' ? 'anyone' : 'service', accountId: null };
    case 'Federated':
      return classifyFederated(value);
    case 'CanonicalUser':
      return { kind: 'canonical', accountId: null };
    default:
      return { kind: 'federated-other', accountId: null };
  }
};
