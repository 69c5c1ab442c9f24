import type { Report } from '../../web/report/report-data.ts';

/** The report's page as `vite build` wrote it. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** No text of the data can end the element that it stands in: `<` is written as JSON may write it. */
const embedded = (data: Report): string =>
  JSON.stringify(data, (_, value: unknown) =>
    // Seven digits are more than a screen shows.
    typeof value === 'number' ? Number(value.toPrecision(7)) : value,
  ).replaceAll('<', '\\u003c');

/** In a script `<` can begin a word that ends it only within a text, where it may be written otherwise. */
const inScript = (script: string): string => script.replaceAll('</script', '<\\/script');

/** The report's page with its data inside. */
export const reportPage = (data: Report, { script, style }: PageParts): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<title>Tidecast: ${data.model.model}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="report">${embedded(data)}</script>
<script>${inScript(script)}</script>
</body>
</html>
`;
