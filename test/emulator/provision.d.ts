/** Path of the Python of a virtual environment with the pinned requirements, which it makes where it is missing. */
export declare const provision: (options?: { readonly log?: (line: string) => void }) => Promise<string>;
