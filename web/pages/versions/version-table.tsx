import type { ModelVersion } from '../../api/index.ts';
import { useReading } from '../../reading/index.ts';

interface VersionTableProps {
  readonly versions: readonly ModelVersion[];
  readonly busy: boolean;
  readonly rollBack: (version: string) => void;
}

const shown = ['mase', 'wql', 'coverage80'] as const;

/** Versions side by side: how good each is, why it serves or does not. */
export function VersionTable({ versions, busy, rollBack }: VersionTableProps) {
  const { words, formats } = useReading();
  const text = (name: (typeof shown)[number], value: number | null) =>
    name === 'coverage80' ? formats.share(value) : formats.number(value);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached with the keys
    <section class="scroll" tabIndex={0} aria-label={words.versions.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.versions.version}</th>
            <th scope="col">{words.versions.made}</th>
            <th scope="col" class="number">
              {words.model.metrics.mase}
            </th>
            <th scope="col" class="number">
              {words.model.metrics.wql}
            </th>
            <th scope="col" class="number">
              {words.model.coverage(formats.share(0.8))}
            </th>
            <th scope="col" class="number">
              {words.model.baselines.seasonalNaive} MASE
            </th>
            <th scope="col">{words.versions.why}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, serving, reason, parent, metrics, at }) => (
            <tr key={version} class={serving ? 'own' : undefined}>
              <th scope="row">
                <code>{version}</code>
                <br />
                {serving ? (
                  <span class="state state-done">{words.versions.champion}</span>
                ) : (
                  <button type="button" disabled={busy} onClick={() => rollBack(version)}>
                    {words.versions.rollback}
                  </button>
                )}
              </th>
              <td>{formats.age(Date.parse(at))}</td>
              {shown.map((name) => (
                <td key={name} class="number">
                  {text(name, metrics?.scores[name] ?? null)}
                </td>
              ))}
              <td class="number">{formats.number(metrics?.baselines.seasonalNaive?.mase ?? null)}</td>
              <td class="wide">
                {reason ?? words.versions.unknown}
                {parent && (
                  <>
                    <br />
                    <span class="muted">{words.versions.from(parent)}</span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
