import { z } from '@hono/zod-openapi';
import { phases } from '../../documents/index.ts';
import { oneJob } from './jobs.ts';
import { json, route } from './route.ts';

const point = z.strictObject({
  step: z.int().describe('After so many optimiser steps.'),
  training: z
    .number()
    .nullable()
    .describe('The loss of the batches, the mean over the steps since the point before; null: not known.'),
  validation: z
    .number()
    .nullable()
    .describe('The loss on windows that were held out, where the member was looked at; else null.'),
});

const curves = z
  .strictObject({
    job: z.string(),
    dataset: z.string(),
    members: z.array(
      z.strictObject({
        member: z.int().describe('Its number, from 0.'),
        phase: z
          .enum(phases)
          .describe(
            '`choose`: fitted before the held-out windows and looked at on them; `refit`: taken further on all data.',
          ),
        steps: z.int().describe('Steps that are planned; a fit ends earlier where more make it no better.'),
        points: z.array(point),
      }),
    ),
  })
  .openapi('Curves');

export type Curves = z.output<typeof curves>;

export const curvesRoute = route(
  { access: { scopes: ['upload'], dataset: { query: 'dataset' } }, problems: ['REQUEST', 'UNKNOWN_JOB'] },
  {
    method: 'get',
    path: '/v1/jobs/{job}/curves',
    operationId: 'getCurves',
    tags: ['jobs'],
    summary: 'The loss of a job’s members while they train',
    description:
      'Of a running job what there is so far, every 25 steps anew. At most some 200 points for each fit. The two losses have different units: a curve is to be compared with itself, and with the same curve of other members. A fit that has not begun is not listed. Of a job that was cancelled or failed, the curves go with its working files: in the cloud after 30 days.',
    request: oneJob,
    responses: {
      200: {
        description: 'The curves, by member and phase.',
        content: json(curves, {
          job: 'c0ffee0123456789',
          dataset: 'electricity',
          members: [
            {
              member: 0,
              phase: 'choose',
              steps: 800,
              points: [
                { step: 5, training: 0.412, validation: null },
                { step: 20, training: 0.268, validation: 0.187 },
              ],
            },
          ],
        }),
      },
    },
  },
);
