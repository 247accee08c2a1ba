import { parsePolicyDocument } from '../../iam/parse-policy-document.ts';
import type { ManagedPolicy } from '../../model/evidence/iam.ts';
import type { NamedPolicy, PolicyDocument, PolicySource } from '../../model/policy-document.ts';

/** Reads policy texts; one that cannot be read, or was not listed, has the document null and may allow anything. */
export interface PolicyReader {
  inline(name: string, text: string, source: PolicySource): NamedPolicy;
  managed(arn: string, source: PolicySource): NamedPolicy;
}

function documentOf(text: string | undefined): PolicyDocument | null {
  const parsed = text === undefined ? null : parsePolicyDocument(text);
  return parsed?.ok ? parsed.document : null;
}

/** Parses each managed policy once, however many principals carry it. */
export function policyReader(policies: readonly ManagedPolicy[]): PolicyReader {
  const byArn = new Map(policies.map((policy) => [policy.arn, policy]));
  const documents = new Map<string, PolicyDocument | null>();
  const managedDocument = (arn: string): PolicyDocument | null => {
    const known = documents.get(arn);
    if (known !== undefined) {
      return known;
    }
    const effective = byArn.get(arn)?.versions.find((version) => version.isDefault);
    const document = documentOf(effective?.document);
    documents.set(arn, document);
    return document;
  };
  return {
    inline: (name, text, source) => ({ name, source, document: documentOf(text) }),
    managed: (arn, source) => ({
      name: byArn.get(arn)?.name ?? arn.slice(arn.lastIndexOf('/') + 1),
      source,
      arn,
      document: managedDocument(arn),
    }),
  };
}
