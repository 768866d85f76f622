export declare const mayImport: Readonly<Record<string, readonly string[]>>;
export declare function ruleFor(path: string): { readonly folder: string; readonly allowed: readonly string[] } | null;
export declare function problemsIn(path: string, text: string): readonly string[];
