import { call, type Flow } from './state.ts';

/** An export is written in slices until it is done; what cannot go on is told by its document. */
export function exportFlow(exporting: string, timeoutSeconds: number): Flow {
  const task = { 'dataset.$': '$.dataset', 'export.$': '$.export' };
  return {
    Comment: 'Forecasts for all items of a dataset.',
    StartAt: 'Slice',
    TimeoutSeconds: timeoutSeconds,
    States: {
      Slice: call(exporting, task, {
        ResultPath: '$.slice',
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Tell' }],
        Next: 'IsDone',
      }),
      IsDone: {
        Type: 'Choice',
        Choices: [{ Variable: '$.slice.done', BooleanEquals: true, Next: 'Done' }],
        Default: 'Slice',
      },
      Done: { Type: 'Succeed' },
      Tell: call(exporting, { ...task, 'error.$': '$.error' }, { ResultPath: null, Next: 'Failed' }),
      Failed: {
        Type: 'Fail',
        Error: 'ExportFailed',
        Cause: 'A slice failed: see the execution’s history and the function’s log.',
      },
    },
  };
}
