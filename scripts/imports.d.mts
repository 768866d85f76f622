export declare const mayImport: Readonly<Record<string, readonly string[]>>;
export declare function problemsIn(path: string, text: string): readonly string[];
