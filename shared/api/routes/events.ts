import { z } from '@hono/zod-openapi';
import { oneJob } from './jobs.ts';
import { route } from './route.ts';

const event = z
  .strictObject({ event: z.literal('job'), data: z.string().describe('The job, as JSON.') })
  .openapi('JobEvent');

export const eventsRoute = route(
  {
    access: { scopes: ['upload'], dataset: { query: 'dataset' } },
    problems: ['REQUEST', 'UNKNOWN_JOB', 'NOT_HERE'],
  },
  {
    method: 'get',
    path: '/v1/jobs/{job}/events',
    operationId: 'followJob',
    tags: ['jobs'],
    summary: 'What a job does, while it does it: server-sent events',
    description:
      'Each event `job` has the job as `GET /v1/jobs/{job}` answers it, whenever it has changed; the last one tells of its end. Where answers cannot be streamed, as behind API Gateway, ask there every few seconds instead.',
    request: oneJob,
    responses: {
      200: { description: 'Events.', content: { 'text/event-stream': { schema: event } } },
    },
  },
);
