#!/usr/bin/env node
/**
 * The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or bad data, 130 cancelled. A command is loaded when
 * it is asked for: help and typos need no engine.
 */
import { Command, CommanderError, Option } from 'commander';
import { version } from '../../shared/version/index.ts';
import { Cancelled, complain, exitCodeOf } from './output.ts';

const program = new Command('tidecast')
  .description('Upload a table of time series; get a forecasting API.')
  .version(version)
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();

/** What `train` and `inspect` have in common. */
const reading = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration, tidecast.yaml')
    .option('--item <columns>', 'the column that names the item, or several with commas between')
    .option('--time <column>', 'the column with the timestamps')
    .option('--target <columns>', 'what is forecast: one column, or several with commas between')
    .option('--timezone <name>', 'where times without a zone are from, for example Europe/Berlin')
    .option('--timestamp-format <format>', 'how timestamps are written, for example %d/%m/%Y')
    .option('--aggregation <how>', 'what several rows of a period become, for example sum')
    .option('--related <file...>', 'covariates by item and time, past and future')
    .option('--items <file...>', 'what describes items as a whole, one row for each')
    .option('--encoding <name>', 'of texts that are not UTF-8 or UTF-16, for example windows-1252')
    .option('--delimiter <character>', 'between the cells of a CSV (default: detected)')
    .option('--decimal <sign>', 'the decimal sign, . or , (default: detected)')
    .option('--thousands <sign>', 'what groups digits by three (default: detected)');

reading(program.command('train'))
  .description('train a forecaster on a table of time series')
  .argument(
    '<data...>',
    'CSV, JSON lines or Parquet files that are parts of one table; .gz and .zst may follow',
  )
  .option('--out <dir>', 'where the store is', 'tidecast-data')
  .option('--name <dataset>', "the dataset's name (default: the first file's)")
  .option('--horizon <n>', 'steps ahead')
  .option('--freq <frequency>', 'for example 1h, 15min, 1d, 1mo')
  .option('--quantiles <levels>', 'for example 0.1,0.5,0.9')
  .option('--cell <cell>', 'elman, dual, gru or lstm')
  .option('--members <n>', 'networks that are averaged (by the budget)')
  .option('--seed <n>', 'seed of weights and batches')
  .option(
    '--budget <budget>',
    'time of the whole training, 90s, 10m or 1h, or steps of each member, 600steps',
  )
  .option('--engine <engine>', 'onnxruntime or tensorflow')
  .option('--json', 'print one JSON document')
  .action(async (...given: Parameters<typeof import('./train.ts').train>) =>
    (await import('./train.ts')).train(...given),
  );

program
  .command('forecast')
  .description('forecast with a bundle')
  .argument('<bundle>', 'the folder of a bundle, or of a dataset’s models')
  .option('--history <file...>', 'newer observations (default: what was trained on)')
  .option('--future <file...>', 'known covariates after the end, or a related table')
  .option('--items <file...>', 'what describes items as a whole, one row for each')
  .option('--horizon <n>', "steps ahead, up to the model's")
  .option('--quantiles <levels>', 'levels among or between the trained ones')
  .option('--out <file>', 'F.csv or F.parquet (default: CSV on standard output)')
  .addOption(new Option('--chart', 'print a small chart of each item instead').conflicts('out'))
  .action(async (...given: Parameters<typeof import('./forecast.ts').forecast>) =>
    (await import('./forecast.ts')).forecast(...given),
  );

program
  .command('evaluate')
  .description('score a forecast against what came')
  .argument('<forecast>', 'a file that forecast wrote')
  .argument('<actual>', 'the actual values')
  .requiredOption('--train <file>', 'the training data: the scale of MASE')
  .option('--season <n>', 'periods per cycle of the scale (default: by the frequency)')
  .option('--json', 'print one JSON document')
  .action(async (...given: Parameters<typeof import('./evaluate.ts').evaluate>) =>
    (await import('./evaluate.ts')).evaluate(...given),
  );

program
  .command('report')
  .description('write what is known of a model as one page that needs no server')
  .argument('<bundle>', 'the folder of a bundle, or of a dataset’s models')
  .requiredOption('--out <file>', 'F.html')
  .option('--items <name...>', 'items to show (default: the first few, and those that are forecast worst)')
  .action(async (...given: Parameters<typeof import('./report.ts').report>) =>
    (await import('./report.ts')).report(...given),
  );

reading(program.command('inspect'))
  .description('say what is in a table or a bundle')
  .argument('<path...>', 'data files, or the folder of a bundle')
  .option('--json', 'print one JSON document')
  .action(async (...given: Parameters<typeof import('./inspect.ts').inspect>) =>
    (await import('./inspect.ts')).inspect(...given),
  );

program
  .command('serve')
  .description('serve the forecast API on this machine, and train what is uploaded to it')
  .option('--data <dir>', 'where the store is', 'tidecast-data')
  .option('--port <n>', 'where to listen; 0: any port that is free (default: 8080)')
  .option('--host <address>', 'which address to listen on; others than 127.0.0.1 need a token', '127.0.0.1')
  .option('--token <token>', 'what callers must show (default: TIDECAST_TOKEN; none is needed on 127.0.0.1)')
  .option('--jwt-issuer <url>', 'whose JSON Web Tokens are taken, signed by the keys it publishes')
  .option('--jwt-audience <names>', 'whom they must be for; several with commas')
  .option('--cors <origin...>', 'origins of web pages that may call (default: none)')
  .option('--open', 'open the dashboard in the browser, where this is a terminal')
  .action(async (...given: Parameters<typeof import('./serve.ts').serve>) =>
    (await import('./serve.ts')).serve(...given),
  );

// Whoever reads may stop early, as head does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Cancelled) process.exitCode = 130;
  else {
    complain(error);
    process.exitCode = exitCodeOf(error);
  }
}
