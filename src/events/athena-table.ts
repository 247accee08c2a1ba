import type { AthenaQuestion } from './athena-sql.ts';
import { hiveIdentifier, hiveText } from './sql-text.ts';

/** https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html */
const columns = `  eventversion STRING,
  useridentity STRUCT<
    type: STRING,
    principalid: STRING,
    arn: STRING,
    accountid: STRING,
    invokedby: STRING,
    accesskeyid: STRING,
    username: STRING,
    onbehalfof: STRUCT<userid: STRING, identitystorearn: STRING>,
    sessioncontext: STRUCT<
      attributes: STRUCT<mfaauthenticated: STRING, creationdate: STRING>,
      sessionissuer: STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, username: STRING>,
      ec2roledelivery: STRING,
      webidfederationdata: STRUCT<federatedprovider: STRING, attributes: MAP<STRING, STRING>>>>,
  eventtime STRING,
  eventsource STRING,
  eventname STRING,
  awsregion STRING,
  sourceipaddress STRING,
  useragent STRING,
  errorcode STRING,
  errormessage STRING,
  requestparameters STRING,
  responseelements STRING,
  additionaleventdata STRING,
  requestid STRING,
  eventid STRING,
  resources ARRAY<STRUCT<arn: STRING, accountid: STRING, type: STRING>>,
  eventtype STRING,
  apiversion STRING,
  readonly STRING,
  recipientaccountid STRING,
  serviceeventdetails STRING,
  sharedeventid STRING,
  vpcendpointid STRING,
  eventcategory STRING,
  sessioncredentialfromconsole STRING,
  tlsdetails STRUCT<tlsversion: STRING, ciphersuite: STRING, clientprovidedhostheader: STRING>`;

const placeholder = 's3://BUCKET/PREFIX/AWSLogs/';
const firstDay = '2020/01/01';

/** Values of a partition: those asked for, else it must be given in each query. */
function projection(column: string, values: readonly string[]): readonly (readonly [string, string])[] {
  return values.length === 0
    ? [[`projection.${column}.type`, 'injected']]
    : [
        [`projection.${column}.type`, 'enum'],
        [`projection.${column}.values`, values.join(',')],
      ];
}

/** DDL of a table over delivered files, with partitions that need no crawler. */
export function createTableSql({ table, window, accounts, regions, location }: AthenaQuestion): string {
  const root = (location ?? placeholder).replace(/\/*$/, '/');
  const from = window === null ? firstDay : window.from.slice(0, 10).replaceAll('-', '/');
  const properties: readonly (readonly [string, string])[] = [
    ['projection.enabled', 'true'],
    ...projection('account', accounts),
    ...projection('region', regions),
    ['projection.day.type', 'date'],
    ['projection.day.format', 'yyyy/MM/dd'],
    ['projection.day.interval', '1'],
    ['projection.day.interval.unit', 'DAYS'],
    ['projection.day.range', `${from},NOW`],
    ['storage.location.template', `${root}\${account}/CloudTrail/\${region}/\${day}`],
  ];
  return `CREATE EXTERNAL TABLE ${table.split('.').map(hiveIdentifier).join('.')} (
${columns}
)
PARTITIONED BY (account STRING, region STRING, day STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION ${hiveText(root)}
TBLPROPERTIES (
${properties.map(([name, value]) => `  ${hiveText(name)} = ${hiveText(value)}`).join(',\n')}
)`;
}
