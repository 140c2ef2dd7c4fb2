/** The SDKs whose call boundaries are known: which module of a package holds the client class, and what it is called. */
export const SDKS = [
  {
    sdk: 'openai',
    vendor: 'openai',
    modules: /[\\/]node_modules[\\/]openai[\\/]client\.m?js$/,
    clientClass: 'OpenAI',
  },
  {
    sdk: '@anthropic-ai/sdk',
    vendor: 'anthropic',
    modules: /[\\/]node_modules[\\/]@anthropic-ai[\\/]sdk[\\/]client\.m?js$/,
    clientClass: 'BaseAnthropic',
  },
] as const satisfies readonly SdkRow[];

export interface SdkRow {
  /** Package name. */
  readonly sdk: string;
  /** `gen_ai.provider.name` of the vendor whose SDK it is. */
  readonly vendor: string;
  /** The file path of the module that defines the client class, in its CommonJS and its ESM build. */
  readonly modules: RegExp;
  /** The class, exported from that module under this name. */
  readonly clientClass: string;
}
