import { z } from '@hono/zod-openapi';
import { type Complaint, ConfigurationError, TidecastError } from '../errors/index.ts';

/** What each code means over HTTP: the status, and a title that is the same for every problem of the code. */
export const kinds = {
  MALFORMED: [400, 'The request cannot be read'],
  UNAUTHENTICATED: [401, 'A valid token is needed'],
  FORBIDDEN: [403, 'The token does not allow this'],
  ORIGIN: [403, 'Requests from there are not taken'],
  UPLOAD_URL: [403, 'The URL is not for this upload'],
  NOT_FOUND: [404, 'There is no such place'],
  UNKNOWN_DATASET: [404, 'There is no such dataset'],
  UNKNOWN_REPORT: [404, 'There is no report yet'],
  UNKNOWN_MODEL: [404, 'There is no such model'],
  UNKNOWN_VERSION: [404, 'There is no such version'],
  UNKNOWN_FILE: [404, 'There is no such file'],
  UNKNOWN_UPLOAD: [404, 'There is no such upload'],
  UNKNOWN_EXPORT: [404, 'There is no such export'],
  UNKNOWN_ITEM: [404, 'There is no such item'],
  UNKNOWN_JOB: [404, 'There is no such job'],
  UNKNOWN_ACCURACY: [404, 'The accuracy was not kept'],
  NOT_SCORED: [404, 'The item was not scored'],
  METHOD: [405, 'This place does not take this method'],
  STORE_CONFLICT: [409, 'Somebody else changed it meanwhile'],
  OBSERVATION_CONFLICT: [409, 'Something else is stored'],
  JOB_RUNNING: [409, 'A job is running'],
  JOB_ENDED: [409, 'The job has ended'],
  UPLOADS_COMING: [409, 'Uploads have not come to rest'],
  KEY_IN_USE: [409, 'The first request with this key is still being answered'],
  PRECONDITION: [412, 'It is not what the request expects'],
  BODY_TOO_LARGE: [413, 'The request is too large'],
  MEDIA_TYPE: [415, 'The body has a form that is not taken'],
  REQUEST: [422, 'The request cannot be answered'],
  OBSERVATION_OLD: [422, 'The observation is too old'],
  FREQUENCY: [422, 'A timestamp or frequency is wrong'],
  STORE_KEY: [422, 'A name cannot be used'],
  CONFIGURATION: [422, 'A configuration value is wrong'],
  KEY_REUSED: [422, 'The key belongs to another request'],
  PREVIEW_TOO_LARGE: [422, 'The data are too large to be looked at'],
  ANSWER_TOO_LARGE: [422, 'The answer would be too large'],
  RATE_LIMIT: [429, 'Too many requests'],
  INTERNAL: [500, 'Something went wrong here'],
  BUNDLE: [500, 'The model is damaged'],
  SERIES: [500, 'The stored observations are damaged'],
  NOT_HERE: [501, 'This is not possible here'],
  STORE_BUSY: [503, 'The store is busy'],
  STORE_UNREACHABLE: [503, 'The store cannot be reached'],
  ACCESS: [503, 'Tokens cannot be checked'],
} as const;

export type ProblemCode = keyof typeof kinds;

interface RefusalOptions extends ErrorOptions {
  /** The field that is wrong: `series[0].start`. */
  readonly path?: string;
  /** In so many seconds the same request may be answered. */
  readonly retryAfter?: number;
}

/** Why a request is refused. */
export class Refusal extends TidecastError {
  readonly code: ProblemCode;
  readonly path: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, complaint: Complaint, options: RefusalOptions = {}) {
    super(complaint, options);
    this.code = code;
    this.path = options.path;
    this.retryAfter = options.retryAfter;
  }
}

/** What is wrong with a field of the request. */
export const refused = (path: string, complaint: Complaint): Refusal =>
  new Refusal('REQUEST', complaint, { path });

export const bodyTooLarge = (most: number): Refusal =>
  new Refusal('BODY_TOO_LARGE', {
    rule: `a body may have at most ${most} bytes`,
    received: 'more',
    remedy: 'divide it among several requests',
  });

export const problemSchema = z
  .strictObject({
    type: z.string().describe('A URI for the kind of problem.'),
    title: z.string().describe('The kind of problem, for people.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().describe('What was expected and what was received.'),
    code: z.string().describe('The kind of problem, for programs; stable.'),
    remedy: z.string().describe('What can be done.'),
    path: z.string().optional().describe('The field that is wrong.'),
    requestId: z.string().describe('Names this request in the logs.'),
  })
  .openapi('Problem', {
    example: {
      type: 'urn:tidecast:problem:request',
      title: 'The request cannot be answered',
      status: 422,
      detail: "horizon must be 1..24 (the model's), got 60",
      code: 'REQUEST',
      remedy: 'train with a longer horizon or ask for at most 24',
      path: 'horizon',
      requestId: '3f0c9a2e',
    },
  });

export type Problem = z.output<typeof problemSchema>;

const isCode = (code: string): code is ProblemCode => Object.hasOwn(kinds, code);

/** Whether an answer of this status tells of a fault of ours: what is not possible here (501) is none. */
export const isFault = (status: number): boolean => status >= 500 && status !== kinds.NOT_HERE[0];

/** RFC 9457. What is not the caller's to mend is said without its insides: those are in the logs. */
export function problemOf(error: unknown, requestId: string): Problem {
  const known = error instanceof TidecastError && isCode(error.code) ? error : null;
  const code = known && isCode(known.code) ? known.code : 'INTERNAL';
  const [status, title] = kinds[code];
  const type = `urn:tidecast:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  if (!known || isFault(status)) {
    const remedy = `try again; if it stays, look for request ${requestId} in the logs`;
    return { type, title, status, detail: title, code, remedy, requestId };
  }
  const { rule, received, remedy } = known.complaint;
  const path = known instanceof Refusal || known instanceof ConfigurationError ? known.path : undefined;
  const detail = `${rule}, got ${received}`;
  return { type, title, status, detail, code, remedy, ...(path && { path }), requestId };
}

/** Does `work`; what it refuses is said of the field at `path`. */
export function at<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TidecastError && isCode(error.code)) || error instanceof Refusal) throw error;
    throw new Refusal(error.code, error.complaint, { cause: error, path });
  }
}
