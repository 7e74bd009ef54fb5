export declare const projectFolder: string;
export declare const cacheFolder: string;
