import type { GrantScope, Power } from './power.ts';

/** What of a power makes or widens credentials, as action names and titles of escalation paths. */
export interface Minting {
  readonly certain: readonly string[];
  /** Depends on conditions that the evidence does not tell. */
  readonly conditional: readonly string[];
}

/** Assuming named roles is ordinary role chaining; what those roles may do is judged at them. */
function isRoleChaining(actions: readonly string[], scope: GrantScope): boolean {
  return scope !== 'all' && actions.every((action) => action === 'sts:AssumeRole');
}

/** Rights over nothing but itself are left out: they widen nothing. Null power (not known) mints nothing here. */
export function mintingOf(power: Power | null): Minting {
  if (power === null) {
    return { certain: [], conditional: [] };
  }
  const ways = [
    ...power.mintsCredentials.map(({ action, verdict, scope }) => ({
      text: action,
      actions: [action],
      verdict,
      scope,
    })),
    ...power.escalationPaths.map(({ title, actions, verdict, scope }) => ({
      text: title,
      actions,
      verdict,
      scope,
    })),
  ].filter(({ actions, scope }) => scope !== 'own' && !isRoleChaining(actions, scope));
  const textsOf = (wanted: 'allowed' | 'conditional'): readonly string[] => [
    ...new Set(ways.filter(({ verdict }) => verdict === wanted).map(({ text }) => text)),
  ];
  const administrator = (wanted: Power['administrator']) =>
    power.administrator === wanted ? ['every action (administrator)'] : [];
  return {
    certain: [...administrator('yes'), ...textsOf('allowed')],
    conditional: [...administrator('conditional'), ...textsOf('conditional')],
  };
}

/** The first few, and how many more. */
export function listing(texts: readonly string[], most = 5): string {
  const rest = texts.length - most;
  return rest > 0 ? `${texts.slice(0, most).join(', ')} and ${rest} more` : texts.join(', ');
}
