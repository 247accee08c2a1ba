/** The region that the AWS CLI would use (environment, profile), or `us-east-1` when none is set. */
export async function resolveRegion(profile?: string): Promise<string> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient(profile === undefined ? {} : { profile });
  try {
    return await client.config.region();
  } catch {
    // No region anywhere: the SDK throws a plain Error. The commercial partition's home region is the best first guess.
    return 'us-east-1';
  }
}
