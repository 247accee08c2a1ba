import type { NamedPolicy, PolicyDocument } from '../model/policy-document.ts';
import { matchesAction } from './matching.ts';

/**
 * Reading is told by the action's name, because the action data can only be read asynchronously. A test holds these
 * tables against that data: whatever starts with one of the verbs is List or Read, or stands in `notReading`, or is a
 * console-internal action.
 */
const readingVerbs = [
  'batchdescribe',
  'batchget',
  'describe',
  'get',
  'head',
  'list',
  'lookup',
  'preview',
  'query',
  'scan',
  'search',
  'select',
  'simulate',
  'view',
] as const;

/** Reads whose name says otherwise. AWS's own audit policies contain them. */
const readingPatterns: ReadonlySet<string> = new Set([
  'apigateway:get',
  'codedeploy:batch*',
  'config:deliver*',
  'datapipeline:evaluateexpression',
  'datapipeline:validatepipelinedefinition',
  'events:testeventpattern',
  'iam:generatecredentialreport',
  'iam:generateservicelastaccesseddetails',
  'identitystore:ismemberingroups',
  'lightsail:isvpcpeered',
  'rds:downloaddblogfileportion',
  'sdb:domainmetadata',
]);

/** They sound like reading and hand out credentials or change something. Lower case, sorted. */
export const notReading = [
  'apigateway:previewportal',
  'athena:getsessionendpoint',
  'bedrock-agentcore:getresourceapikey',
  'bedrock-agentcore:getresourceoauth2token',
  'bedrock-agentcore:getworkloadaccesstoken',
  'bedrock-agentcore:getworkloadaccesstokenforjwt',
  'bedrock-agentcore:getworkloadaccesstokenforuserid',
  'cloudshell:getfiledownloadurls',
  'cloudshell:getfileuploadurls',
  'codeartifact:getauthorizationtoken',
  'cognito-identity:getcredentialsforidentity',
  'cognito-identity:getid',
  'cognito-identity:getopenidtoken',
  'cognito-identity:getopenidtokenfordeveloperidentity',
  'cognito-idp:gettokensfromrefreshtoken',
  'datazone:getiamportalloginurl',
  'elasticmapreduce:getclustersessioncredentials',
  'elasticmapreduce:getonclusterappuipresignedurl',
  'elasticmapreduce:getpersistentappuipresignedurl',
  'elasticmapreduce:getsessionendpoint',
  'emr-containers:getmanagedendpointsessioncredentials',
  'iot:getconnection',
  'lakeformation:getdataaccess',
  'lightsail:getinstanceaccessdetails',
  'lightsail:getrelationaldatabasemasteruserpassword',
  'managedblockchain:get',
  'redshift-serverless:getcredentials',
  'redshift:getclustercredentials',
  'redshift:getclustercredentialswithiam',
  'security-ir:getcaseattachmentuploadurl',
  'states:getactivitytask',
  'sts:getdelegatedaccesstoken',
  'sts:getfederationtoken',
  'sts:getwebidentitytoken',
] as const;

export const readingVerb = (name: string): boolean =>
  readingVerbs.some((verb) => name.toLowerCase().startsWith(verb));

const isReadingPattern = (pattern: string): boolean => {
  const lower = pattern.toLowerCase();
  if (readingPatterns.has(lower)) {
    return true;
  }
  const colon = lower.indexOf(':');
  const name = lower.slice(colon + 1);
  const wildcard = name.search(/[*?]/);
  const stem = wildcard < 0 ? name : name.slice(0, wildcard);
  // Comparing texts first spares the long patterns of AWS's own read policies most of the matching.
  const service = /[*?]/.test(lower.slice(0, colon)) ? '' : lower.slice(0, colon + 1);
  return (
    colon > 0 &&
    readingVerb(stem) &&
    !notReading.some((action) => action.startsWith(service) && matchesAction(lower, action))
  );
};

const documentReadsOnly = (document: PolicyDocument): boolean =>
  document.unsupported.length === 0 &&
  document.statements.every(
    (statement) =>
      statement.effect === 'Deny' ||
      (statement.effect === 'Allow' &&
        statement.unsupported.length === 0 &&
        statement.notActions === null &&
        (statement.actions ?? ['*']).every(isReadingPattern)),
  );

const answers = new WeakMap<PolicyDocument, boolean>();

/** Does no policy grant anything but reading? A text that could not be read does not count as reading. */
export const readsOnly = (policies: readonly NamedPolicy[]): boolean =>
  policies.every(({ document }) => {
    if (document === null) {
      return false;
    }
    const known = answers.get(document) ?? documentReadsOnly(document);
    answers.set(document, known);
    return known;
  });
