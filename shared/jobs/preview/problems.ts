import { DataError, leakText, type QualityReport } from '../../dataset/index.ts';
import type { PreviewProblem } from '../../documents/index.ts';
import type { TidecastError } from '../../errors/index.ts';

const nowhere = { file: null, line: null, row: null, column: null };

/** Why a training would refuse the data. */
export function refusalOf(error: TidecastError): PreviewProblem {
  const { rule, received, remedy } = error.complaint;
  const { place = null, count = 1 } = error instanceof DataError ? error : {};
  return {
    ...{ kind: 'refusal', code: error.code, message: `${rule}, got ${received}`, remedy, count },
    ...{ ...nowhere, ...place },
  };
}

/** The share of steps of one period below which a frequency is doubtful. */
const sureEnough = 0.9;
/** The share of missing values from which on it should be said. */
const muchMissing = 0.2;

/** What a training works with, although somebody may not have meant it. */
export function warningsOf(report: QualityReport, horizon: number): PreviewProblem[] {
  const { confidence, frequency, gaps, missingShare, duplicatesMerged, constantItems, future, roles } =
    report;
  const { outliers, levelShifts, leaks, endedItems } = report;
  const warnings: PreviewProblem[] = [];
  const warn = (code: string, count: number, message: string, remedy: string) =>
    warnings.push({ kind: 'warning', code, count, message, remedy, ...nowhere });
  if (confidence !== null && confidence < sureEnough) {
    warn(
      'FREQUENCY_UNSURE',
      1,
      `${percent(confidence)} of the steps are one period of ${frequency}`,
      'set frequency in the configuration, where it is another one',
    );
  }
  if (duplicatesMerged > 0) {
    warn('DUPLICATES', duplicatesMerged, 'rows repeat another one and count once', 'see whether they should');
  }
  if (gaps > 0) {
    warn('GAPS', gaps, 'periods have no row and count as missing', 'write 0 where nothing means zero');
  }
  if (missingShare > muchMissing) {
    warn('MISSING', 1, `${percent(missingShare)} of the target is missing`, 'see whether rows were lost');
  }
  if (constantItems > 0) {
    warn('CONSTANT', constantItems, 'items never change', 'leave them out where they say nothing');
  }
  if (roles.known.length > 0 && (future.periods < horizon || future.missing > 0)) {
    warn(
      'FUTURE',
      future.missing,
      `known covariates are there for ${future.periods} periods after the end, ${future.missing} values missing; a forecast needs ${horizon}`,
      'upload rows of the future with them, or give them with each forecast',
    );
  }
  for (const leak of leaks) {
    warn('LEAK', 1, leakText(leak), 'leave it out: it will not be known when a forecast is made');
  }
  if (outliers) {
    const { count, item, period } = outliers;
    warn(
      'OUTLIERS',
      count,
      `values far from all others, first of all ${item} at ${period}`,
      'see whether they are real',
    );
  }
  if (levelShifts) {
    const { count, item, period } = levelShifts;
    warn(
      'LEVEL_SHIFT',
      count,
      `levels that moved for good, first of all ${item} at ${period}`,
      'leave out what came before, where it says nothing of the future',
    );
  }
  if (endedItems > 0) {
    warn(
      'ENDED',
      endedItems,
      'items ended before the others',
      'leave them out where they will not come back',
    );
  }
  return warnings;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
