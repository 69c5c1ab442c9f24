import { openSession } from '../../shared/dataset/read/session.ts';
import { lines, tableFolder } from './files.ts';

const { csv } = tableFolder();

test('DuckDB reads the given files and nothing else, and that cannot be changed', async () => {
  const given = await csv(lines('a', '1'), "it's given.csv");
  const other = await csv(lines('a', '2'), 'other.csv');
  const session = await openSession([given], { threads: 1 });
  const run = (sql: string) => session.run(sql).then((result) => result.getRowsJS());
  const literal = (path: string) => `'${path.replaceAll("'", "''")}'`;
  await expect(run(`SELECT a FROM read_csv(${literal(given)})`)).resolves.toEqual([[1n]]);
  await expect(run(`SELECT * FROM read_csv('${other}')`)).rejects.toThrow('Permission Error');
  await expect(run(`COPY (SELECT 1) TO '${other}'`)).rejects.toThrow('Permission Error');
  await expect(run(`ATTACH '${other}.db'`)).rejects.toThrow('Permission Error');
  await expect(run('SET enable_external_access = true')).rejects.toThrow('locked');
  await expect(run("SET allowed_paths = ['/']")).rejects.toThrow('locked');
  await expect(run('INSTALL httpfs')).rejects.toThrow('Permission Error');
  await expect(
    run("SELECT current_setting('threads')::VARCHAR, current_setting('TimeZone')"),
  ).resolves.toEqual([['1', 'UTC']]);
  session.close();
});
