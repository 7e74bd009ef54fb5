export function walkArraysByIndex(configFile: string, folder: string): Promise<Map<string, string>>;
