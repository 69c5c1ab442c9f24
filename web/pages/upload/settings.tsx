import type { Preview } from '../../api/index.ts';
import { Field } from '../../parts/index.ts';
import { useReading } from '../../reading/index.ts';
import { type Draft, type Role, roles } from './draft.ts';

interface SettingsProps {
  readonly preview: Preview;
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
}

/** The first rows below the role of each column. */
export function Columns({ preview, draft, change }: SettingsProps) {
  const { words } = useReading();
  const { columns, rows } = preview;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached with the keys
    <section class="scroll" tabIndex={0} aria-label={words.upload.rowsTitle}>
      <table class="preview">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
                <RoleChoice
                  column={column}
                  value={draft.roles[column]}
                  choose={(role) => change({ ...draft, roles: { ...draft.roles, [column]: role } })}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map((column, at) => (
                <td key={column}>{row[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RoleChoiceProps {
  readonly column: string;
  readonly value: Role | undefined;
  readonly choose: (role: Role) => void;
}

function RoleChoice({ column, value, choose }: RoleChoiceProps) {
  const { words } = useReading();
  return (
    <select
      aria-label={words.upload.roleOf(column)}
      title={value && words.upload.roleHint[value]}
      value={value ?? ''}
      onChange={(event) => {
        const role = roles.find((one) => one === event.currentTarget.value);
        if (role) choose(role);
      }}
    >
      {!value && <option value="">?</option>}
      {roles.map((role) => (
        <option key={role} value={role}>
          {words.upload.role[role]}
        </option>
      ))}
    </select>
  );
}

/** Frequency, steps ahead, time to train. */
export function Settings({ preview, draft, change }: SettingsProps) {
  const { words, formats } = useReading();
  const season = preview.report?.season;
  const input = (name: 'frequency' | 'budget' | 'timezone', placeholder = '') => (
    <input
      id={name}
      placeholder={placeholder}
      aria-describedby={name === 'frequency' ? undefined : `${name}-hint`}
      value={draft[name]}
      onInput={(event) => change({ ...draft, [name]: event.currentTarget.value })}
    />
  );
  return (
    <div class="fields">
      <Field id="frequency" label={words.upload.frequency}>
        {input('frequency')}
      </Field>
      <Field id="horizon" label={words.upload.horizon}>
        <input
          id="horizon"
          type="number"
          min={1}
          max={10_000}
          value={draft.horizon}
          onInput={(event) => change({ ...draft, horizon: event.currentTarget.value })}
        />
      </Field>
      <Field id="season" label={words.upload.season} hint={words.upload.seasonHint}>
        <output id="season">
          {season === undefined || season === 1
            ? words.upload.noSeason
            : words.upload.seasonPeriods(formats.whole(season))}
        </output>
      </Field>
      <Field id="budget" label={words.upload.budget} hint={words.upload.budgetHint}>
        {input('budget', '2400steps')}
      </Field>
      <Field id="timezone" label={words.upload.timezone} hint={words.upload.timezoneHint}>
        {input('timezone', 'UTC')}
      </Field>
    </div>
  );
}
