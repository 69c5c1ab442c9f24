import { job, jobExample, oneJob } from './jobs.ts';
import { json, route } from './route.ts';

export const cancelRoute = route(
  {
    access: { scopes: ['upload'], dataset: { query: 'dataset' } },
    creates: true,
    problems: ['REQUEST', 'UNKNOWN_JOB', 'JOB_ENDED'],
  },
  {
    method: 'post',
    path: '/v1/jobs/{job}/cancel',
    operationId: 'cancelJob',
    tags: ['jobs'],
    summary: 'Stops a job',
    description:
      'What works on it ends at its next checkpoint, some seconds later. `POST /v1/datasets/{dataset}/retrain` lets it go on from there.',
    request: oneJob,
    responses: {
      200: {
        description: 'The job, which is cancelled.',
        content: json(job, {
          ...jobExample,
          ...{
            status: 'cancelled',
            stage: 'train',
            version: null,
            promoted: false,
            reason: null,
            metrics: null,
          },
          error: {
            code: 'CANCELLED',
            message: 'somebody has stopped this job',
            remedy: 'POST /v1/datasets/{dataset}/retrain goes on where it was',
          },
        }),
      },
    },
  },
);
