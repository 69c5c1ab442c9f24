import type { Preview } from '../../api/index.ts';
import { useReading } from '../../reading/index.ts';

type Found = Preview['problems'][number];

/** What was found wrong with the table: what stops a training, then what it would make do with. */
export function Problems({ problems }: { readonly problems: readonly Found[] }) {
  const { words } = useReading();
  const of = (kind: Found['kind']) => problems.filter((one) => one.kind === kind);
  if (problems.length === 0) return <p>{words.upload.noProblems}</p>;
  return (
    <>
      <List title={words.upload.refusals} tone="bad" problems={of('refusal')} />
      <List title={words.upload.warnings} tone="warn" problems={of('warning')} />
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly tone: 'bad' | 'warn';
  readonly problems: readonly Found[];
}

function List({ title, tone, problems }: ListProps) {
  const { words, formats } = useReading();
  if (problems.length === 0) return null;
  return (
    <section class={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <h3>{title}</h3>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.message}`}>
            <p>
              <b>{words.upload.problems[problem.code] ?? problem.code}</b> <Place {...problem} />
              {problem.count > 1 && ` (${words.upload.times(formats.whole(problem.count))})`}
            </p>
            <p class="muted">
              {problem.message}. {words.problem.remedy}: {problem.remedy}.
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where it shows first. */
function Place({ file, line, row, column }: Found) {
  const { words } = useReading();
  const parts = [
    file,
    line !== null && words.upload.line(String(line)),
    row !== null && words.upload.row(String(row)),
    column !== null && words.upload.column(column),
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : <code>{parts.join(', ')}</code>;
}
