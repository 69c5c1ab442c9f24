export { ApiError, type Client, type ClientOptions, createClient } from './client.ts';
export type { components, paths } from './paths.d.ts';
