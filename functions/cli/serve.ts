import { availableParallelism } from 'node:os';
import { jwtOptions, readJwtOptions } from '../../shared/api/index.ts';
import { ConfigurationError, show } from '../../shared/errors/index.ts';
import { startServer } from '../../shared/server/index.ts';
import { print, say, wholeNumber } from './output.ts';
import { pageFolder, showPage } from './page.ts';

interface ServeOptions {
  readonly data: string;
  readonly host: string;
  readonly port?: string;
  readonly token?: string;
  readonly jwtIssuer?: string;
  readonly jwtAudience?: string;
  readonly cors?: string[];
  readonly open?: boolean;
}

/** How long uploads must have come to rest: a person sends several parts of a table one after the other. */
const quietSeconds = 3;

/** `tidecast serve`: the forecast API on this machine, until it is told to stop. */
export async function serve(options: ServeOptions): Promise<void> {
  const { data, host, cors = [] } = options;
  const page = pageFolder();
  const port = portOf(wholeNumber('port', options.port) ?? 8080);
  const server = await startServer({
    ...{ root: data, host, port, quietSeconds },
    access: { token: options.token ?? (process.env.TIDECAST_TOKEN || undefined), jwt: jwtOf(options) },
    corsOrigins: cors,
    processes: availableParallelism(),
    page,
    log: (record) => print(JSON.stringify(record)),
    onError: (error, where) =>
      say(
        JSON.stringify({
          error: error instanceof Error ? (error.stack ?? error.message) : show(error),
          where,
        }),
      ),
  });
  say(`serving ${data} at ${server.origin}, described at ${server.origin}/docs; Ctrl-C ends it`);
  say(
    page === undefined
      ? 'the dashboard is not built: npm run -s build:web, then start again'
      : `the dashboard: ${server.origin}/`,
  );
  if (options.open && page !== undefined && process.stdout.isTTY) showPage(server.origin);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  say('finishing what is being answered');
  await server.close();
}

function portOf(port: number): number {
  if (port >= 0 && port <= 65_535) return port;
  throw new ConfigurationError({
    rule: '--port must be 0..65535',
    received: String(port),
    remedy: 'mend --port; 0 takes any that is free',
  });
}

function jwtOf({ jwtIssuer: issuer, jwtAudience: audience }: ServeOptions) {
  if (issuer === undefined && audience === undefined) return jwtOptions(process.env);
  return readJwtOptions({ issuer, audience }, ['--jwt-issuer', '--jwt-audience']);
}
