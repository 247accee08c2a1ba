/** The endpoint answered with something that no AWS service sends, such as a page of HTML. */
export class NotAnAwsAnswer extends Error {
  override readonly name = 'NotAnAwsAnswer';
}
