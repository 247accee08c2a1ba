import type { PlanStep } from '../../model/plan.ts';
import { shellWords } from './shell-text.ts';

const harmful: readonly PlanStep['stage'][] = ['contain', 'cut-re-entry', 'delete'];
const ownCredential =
  /\/(?:access-key|service-specific-credential|ssh-public-key|signing-certificate)\/[^/]*$/;
const principal = /^arn:[^:]*:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/s;

type Lock = readonly string[];

function locksOfTarget({ arn, type, name }: PlanStep['target']): readonly Lock[] {
  if (type === 'permission-set' || type === 'directory-user') {
    return [[`lock_${type.replace('-', '_')}`, name]];
  }
  if (type === 'iam-group') {
    return [['lock_group', arn]];
  }
  const owner = arn.replace(ownCredential, '').replace(/\/login-profile$/, '');
  const [, accountId, kind, lastName] = principal.exec(owner) ?? [];
  return accountId === undefined || lastName === undefined ? [] : [[`lock_${kind}`, accountId, lastName]];
}

/** Principals that a call of IAM names, whatever the step says that it is about. */
function locksOfCommands({ commands, accountId }: PlanStep): readonly Lock[] {
  const named = { '--user-name': 'lock_user', '--role-name': 'lock_role' } as const;
  return commands
    .filter(({ argv }) => argv[0] === 'iam')
    .flatMap(({ argv }) =>
      argv.flatMap((word, index) =>
        Object.entries(named).flatMap(([flag, lock]): readonly Lock[] => {
          const value =
            word === flag
              ? argv[index + 1]
              : word.startsWith(`${flag}=`)
                ? word.slice(flag.length + 1)
                : undefined;
          return value === undefined || accountId === null ? [] : [[lock, accountId, value]];
        }),
      ),
    );
}

/** Lines of the script that refuse to run where the step would act on the operator. */
export function lockLines(step: PlanStep): readonly string[] {
  if (!harmful.includes(step.stage)) {
    return [];
  }
  const locks = [...locksOfTarget(step.target), ...locksOfCommands(step)];
  const distinct = new Map(locks.map((lock) => [JSON.stringify(lock), lock]));
  return [...distinct.values()].flatMap(([name = '', ...values]) => {
    const { setup, words } = shellWords(values);
    return [...setup, [name, ...words].join(' ')];
  });
}
