export interface RenderOptions {
  /** Where the full result lies, as the report should name it. */
  readonly resultFile?: string;
  /** Longest Markdown, in characters; the default fits a comment on a pull request. */
  readonly markdownCharacters?: number;
}
