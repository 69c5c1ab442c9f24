export type { RequestRecord } from './app.ts';
export { type Server, type ServerOptions, startServer } from './server.ts';
