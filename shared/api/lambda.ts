import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import type { App } from './app.ts';

export type { LambdaContext, LambdaEvent };

type Answer = ReturnType<ReturnType<typeof handle>>;

/**
 * The app as a Lambda behind API Gateway. Hono's adapter is to move to a package of its own with Hono 5: only this
 * file knows it.
 */
export function lambdaHandler(app: App): (event: LambdaEvent, context: LambdaContext) => Answer {
  const answer = handle(app);
  return (event, context) => answer(bodiless(event) ? { ...event, body: null } : event, context);
}

/** Where the adapter would not make a request of it: what GET and HEAD send along means nothing. */
const bodiless = (event: LambdaEvent): boolean =>
  'requestContext' in event &&
  'http' in event.requestContext &&
  ['GET', 'HEAD'].includes(event.requestContext.http.method);
