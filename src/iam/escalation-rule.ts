import type { EscalationCategory } from '../model/power.ts';

/** On what a required action must be possible. Without an entry: on any resource of its kind. */
export type RequiredTarget =
  /** The caller itself: a user, or a role. */
  | 'self-user'
  | 'self-role'
  /** A group the caller is in. */
  | 'own-group'
  /** A customer managed policy that is attached to the caller. */
  | 'own-policy'
  /** Some other user than the caller. */
  | 'other-user';

/** One combination of permissions that leads to more permissions. */
export interface EscalationRule {
  readonly id: string;
  readonly title: string;
  readonly category: EscalationCategory;
  /** All must be possible. */
  readonly actions: readonly string[];
  readonly mustExist: string;
  /** Service principals that receive the role: `iam:PassedToService` must let one of them through. */
  readonly passedTo?: readonly string[];
  readonly targets?: Readonly<Record<string, RequiredTarget>>;
  /** The two or more actions that must be possible on one and the same resource. */
  readonly sameTarget?: readonly string[];
  /** Works only for a caller of this kind. */
  readonly caller?: 'user' | 'role';
  /** Gains something only for a caller that has a permissions boundary. */
  readonly onlyWithBoundary?: boolean;
}
