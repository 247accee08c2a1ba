import type { Guardrail } from '../../model/plan.ts';
import type { PlanInput } from '../planner.ts';

/** Service control policies take 5,120 characters in older organizations, resource control policies always. */
export const longestPolicy = 5120;

/** One statement of a policy document; conditions as AWS writes them. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | { readonly AWS: string };
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy that is offered when something of this kind was found or done. */
export interface PolicyTemplate {
  readonly id: string;
  readonly kind: Exclude<Guardrail['kind'], 'alarm'>;
  readonly title: string;
  readonly appliesTo: string;
  readonly why: string;
  /** Findings of these checks (or of `folder/`) call for it. */
  readonly checks: readonly string[];
  /** Where the policy binds: an act elsewhere would have gone through. */
  readonly binds: 'members' | 'management-account';
  /** `service:EventName` of the acts that it refuses. */
  readonly refuses: readonly string[];
  readonly statements: (input: PlanInput) => readonly PolicyStatement[];
  /** What on this evidence would be refused once it is attached. */
  readonly wouldBreak: (input: PlanInput) => readonly string[];
  /** What of that no evidence of a sweep tells, and where to look first. */
  readonly notKnown: string;
}

/** Whoever may still do what a policy refuses: a role that only the pipeline or a break-glass procedure can assume. */
export function exceptRole(partition: string, name: string): NonNullable<PolicyStatement['Condition']> {
  return { ArnNotLike: { 'aws:PrincipalArn': `arn:${partition}:iam::*:role/${name}` } };
}

export const provisioningRole = 'guardrail-exceptions/credential-provisioning';
export const breakGlassRole = 'guardrail-exceptions/break-glass';
