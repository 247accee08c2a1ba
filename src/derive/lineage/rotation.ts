import type { TraceResult } from '../../model/trace-result.ts';
import type { TrailEvent } from '../../model/trail-event.ts';
import { byText } from '../support/by-text.ts';
import type { PreparedEvent } from './prepared-event.ts';
import { functionSeed } from './rules/lambda.ts';
import { accountOf, partitionOf } from './rules/place.ts';
import { type MemberPath, member, text, texts } from './rules/read-member.ts';

type Rotation = TraceResult['rotation'][number];
type Read = Omit<Rotation, 'eventIds'>;

function inAccount(event: TrailEvent, service: string, resource: string): string {
  return `arn:${partitionOf(event.region)}:${service}:${event.region}:${accountOf(event)}:${resource}`;
}

function secretReads(event: TrailEvent): readonly Read[] {
  const named = [text(event, 'request.secretId'), ...texts(event, 'request.secretIdList')].filter(
    (name) => name !== null,
  );
  const ids = named.length > 0 ? named : ['*'];
  return ids.map((id) => ({
    arn: id.startsWith('arn:') ? id : inAccount(event, 'secretsmanager', `secret:${id}`),
    type: 'secret',
    why:
      id === '*' ? 'secrets chosen by a filter were read: every one that it matches' : 'the secret was read',
  }));
}

/** Only decrypted reads show what a SecureString holds; whether the parameter is one, the event does not say. */
function parameterReads(event: TrailEvent): readonly Read[] {
  if (member(event, 'request.withDecryption') !== true) {
    return [];
  }
  const path = text(event, 'request.path');
  const names = [text(event, 'request.name'), ...texts(event, 'request.names')].filter(
    (name) => name !== null,
  );
  const all = path === null ? names : [`${path.replace(/\/$/, '')}/*`];
  return all.map((name) => ({
    arn: name.startsWith('arn:') ? name : inAccount(event, 'ssm', `parameter/${name.replace(/^\//, '')}`),
    type: 'parameter',
    why: 'the parameter was read with decryption',
  }));
}

function functionReads(event: TrailEvent): readonly Read[] {
  const seed = functionSeed(event);
  return [
    {
      arn: seed?.arn ?? inAccount(event, 'lambda', 'function:*'),
      type: 'environment',
      why: 'the configuration of the function was read, and with it its environment variables',
    },
  ];
}

function allFunctions(event: TrailEvent): readonly Read[] {
  return [
    {
      arn: inAccount(event, 'lambda', 'function:*'),
      type: 'environment',
      why: 'the functions were listed with their environment variables',
    },
  ];
}

function one(service: string, resource: string, path: MemberPath, type: Read['type'], why: string) {
  return (event: TrailEvent): readonly Read[] => {
    const id = text(event, path) ?? '*';
    return [{ arn: id.startsWith('arn:') ? id : inAccount(event, service, `${resource}${id}`), type, why }];
  };
}

function userData(event: TrailEvent): readonly Read[] {
  const attribute = text(event, 'request.attribute');
  const read = one(
    'ec2',
    'instance/',
    'request.instanceId',
    'other',
    'the user data of the instance was read',
  );
  return attribute === null || attribute === 'userData' ? read(event) : [];
}

const readers: Readonly<Record<string, (event: TrailEvent) => readonly Read[]>> = {
  'secretsmanager:GetSecretValue': secretReads,
  'secretsmanager:BatchGetSecretValue': secretReads,
  'ssm:GetParameter': parameterReads,
  'ssm:GetParameters': parameterReads,
  'ssm:GetParametersByPath': parameterReads,
  'ssm:GetParameterHistory': parameterReads,
  'lambda:GetFunction': functionReads,
  'lambda:GetFunctionConfiguration': functionReads,
  'lambda:ListFunctions': allFunctions,
  'ec2:GetPasswordData': one(
    'ec2',
    'instance/',
    'request.instanceId',
    'credential',
    'the administrator password of the instance was read',
  ),
  'ec2:DescribeInstanceAttribute': userData,
  'ec2:DescribeLaunchTemplateVersions': one(
    'ec2',
    'launch-template/',
    'request.DescribeLaunchTemplateVersionsRequest.LaunchTemplateId',
    'other',
    'the launch template was read, and with it its user data',
  ),
  'ecr:GetAuthorizationToken': one(
    'ecr',
    'authorization-token',
    'request.registryId',
    'credential',
    'a registry token was taken: it works for 12 hours',
  ),
  'codeartifact:GetAuthorizationToken': one(
    'codeartifact',
    'domain/',
    'request.domain',
    'credential',
    'a repository token was taken: it works for 12 hours',
  ),
  'ecs:DescribeTaskDefinition': one(
    'ecs',
    'task-definition/',
    'request.taskDefinition',
    'environment',
    'the task definition was read, and with it its environment variables',
  ),
  'codebuild:BatchGetProjects': one(
    'codebuild',
    'project/',
    'request.names.0',
    'environment',
    'build projects were read, and with them their environment variables',
  ),
  'elasticbeanstalk:DescribeConfigurationSettings': one(
    'elasticbeanstalk',
    'environment/',
    'request.environmentName',
    'environment',
    'the configuration was read, and with it its environment properties',
  ),
  'sts:GetWebIdentityToken': one(
    'sts',
    'web-identity-token/',
    'request.audience.0',
    'credential',
    'a token for an outside service was taken: it cannot be recalled',
  ),
};

function readsOf({ event, done }: PreparedEvent): readonly Read[] {
  const key = `${event.source.replace(/\.amazonaws\.com(?:\.cn)?$/, '')}:${event.name}`;
  const reader = done && Object.hasOwn(readers, key) ? readers[key] : undefined;
  return reader?.(event) ?? [];
}

/** What the incident read and must therefore be changed, each thing once. */
export function rotationList(events: readonly PreparedEvent[]): TraceResult['rotation'] {
  const found = new Map<string, { readonly read: Read; readonly eventIds: Set<string> }>();
  for (const prepared of events) {
    for (const read of readsOf(prepared)) {
      const key = `${read.type} ${read.arn} ${read.why}`;
      const entry = found.get(key) ?? { read, eventIds: new Set<string>() };
      entry.eventIds.add(prepared.event.id);
      found.set(key, entry);
    }
  }
  return [...found.values()]
    .map(({ read, eventIds }) => ({ ...read, eventIds: [...eventIds].sort() }))
    .sort(byText(({ type, arn, why }) => `${type} ${arn} ${why}`));
}
