import { createChampions, openThreadedModel } from '../serve/index.ts';
import { retrainDataset } from '../start/index.ts';
import { fileStore } from '../store/index.ts';
import { type LocalAccess, localAccess } from './access.ts';
import { type RequestRecord, serverApp } from './app.ts';
import { localExports } from './exports.ts';
import { listen } from './listen.ts';
import { serverMetrics } from './metrics.ts';
import { localTraining } from './training.ts';
import { localUploads } from './uploads.ts';

export interface ServerOptions {
  /** The folder of the store. */
  readonly root: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Needed where others than this machine can reach it. */
  readonly access: LocalAccess;
  /** Origins of web pages that may call: `https://example.com`. */
  readonly corsOrigins: readonly string[];
  /** Members of a training that train at the same time. */
  readonly processes: number;
  /** How long uploads must have come to rest before training begins. */
  readonly quietSeconds: number;
  /** The folder of the dashboard's files, where they are built. */
  readonly page?: string | undefined;
  readonly log: (record: RequestRecord) => void;
  readonly onError: (error: unknown, where?: string) => void;
}

export interface Server {
  readonly origin: string;
  /** Finishes the requests that are being answered, and stops what trains at its next checkpoint. */
  close(): Promise<void>;
}

/** Bytes of a request: what fits a Lambda is no bound here. */
const largestBody = 256 * 2 ** 20;
/** Numbers in an answer. */
const largestAnswer = 10_000_000;
/** How old what is known of a champion may be, in milliseconds: a look at a file costs little. */
const refresh = 250;
/** How often a followed job is looked at, in milliseconds. */
const follow = 500;
/** How long requests may take to end when the server does, in milliseconds. */
const patience = 10_000;

/** Serves what the store has, and trains what is uploaded: the API, the same as in the cloud, from one process. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { root, host, port, access, corsOrigins, processes, quietSeconds, page, log, onError } = options;
  const { authenticate, onlyOwnSite } = localAccess(host, access);
  const training = localTraining({ store: fileStore(root), root, processes, quietSeconds, onError });
  const { store, context } = training;
  const exporting = localExports({ store, root, onError });
  // Requests are served by the version before while another is opened, in a thread of its own.
  const champions = createChampions(store, { refresh, wait: false, open: openThreadedModel, onError });
  const ending = new AbortController();
  const uploads = localUploads({ store });
  const app = serverApp({
    api: {
      ...{ store, champions, authenticate, onlyOwnSite, corsOrigins },
      ...{ largestBody, largestAnswer, onError, copyObject: store.copy },
      follow: { interval: follow, ends: ending.signal },
      startExport: exporting.start,
      retrain: (dataset) => retrainDataset(context, dataset),
      // Loaded when it is first asked for: what serves needs no reader of data.
      preview: async (dataset, upload) =>
        (await import('../jobs/index.ts')).previewInProcess({ root, dataset, upload }),
    },
    ...{ uploads, metrics: serverMetrics(), page, log },
  });
  const { origin, close } = await listen(app, host, port);
  training.begin().catch(onError);
  exporting.begin().catch(onError);
  return {
    origin,
    async close() {
      ending.abort();
      await Promise.all([close(patience), training.close(), exporting.close()]);
      champions.close();
    },
  };
}
