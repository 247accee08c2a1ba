/** One control, recommendation or subcategory of a framework. */
export interface Control {
  readonly id: string;
  /** What it asks for; whose words these are is said in `Framework.wording`. */
  readonly words: string;
  /**
   * What the control asks and no check looks at. Where it is set, the most that can be said is `cannot-tell`:
   * the checks can prove that it is not met, but not that it is.
   */
  readonly beyond?: string;
}

/** A version of a framework, as far as it is known here. */
export interface Framework {
  /** As in the metadata of checks: `NIST 800-53 r5`. */
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  /** Whose words describe the controls. */
  readonly wording: string;
  /** True = `controls` holds all of them; false = only those that checks look at. */
  readonly whole: boolean;
  /** True = controls ask for exact settings; false = they are wide, and a check only contributes to them. */
  readonly exact: boolean;
  readonly controls: readonly Control[];
}
