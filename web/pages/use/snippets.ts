import type { Model } from '../../api/answers.ts';
import { indexExpression, pandasFrequency } from './snippet-frequency.ts';

/** What a snippet is about. */
export interface Subject {
  /** Where the API is. */
  readonly url: string;
  readonly model: Model;
  readonly item: string;
  /** Whether the API wants a token; the snippets say TOKEN, never the reader's own. */
  readonly token: boolean;
}

/** As a literal of JSON, which TypeScript and Python read alike. */
const text = (value: string): string => JSON.stringify(value);

/** For a shell within single quotes. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

export function curlSnippet({ url, model, item, token }: Subject): string {
  return [
    `curl -s ${quoted(`${url}/v1/models/${model.model}/forecast`)} \\`,
    ...(token ? ["  -H 'authorization: Bearer TOKEN' \\"] : []),
    "  -H 'content-type: application/json' \\",
    `  -d ${quoted(JSON.stringify({ items: [item] }))}`,
  ].join('\n');
}

export function typescriptSnippet({ url, model, item, token }: Subject): string {
  return [
    `const answer = await fetch(${text(`${url}/v1/models/${model.model}/forecast`)}, {`,
    "  method: 'POST',",
    `  headers: { ${token ? "authorization: 'Bearer TOKEN', " : ''}'content-type': 'application/json' },`,
    `  body: JSON.stringify({ items: [${text(item)}], quantiles: [0.1, 0.5, 0.9] }),`,
    '});',
    'const { forecasts } = await answer.json();',
    'for (const { channel, timestamps, quantiles } of forecasts) console.log(channel, timestamps, quantiles);',
  ].join('\n');
}

/** null where the client has no word for what the model is: several channels. */
export function nixtlaSnippet({ url, model, item, token }: Subject): string | null {
  const [channel, ...others] = model.channels;
  if (channel === undefined || others.length > 0) return null;
  const { known } = model.covariates;
  return [
    '# pip install "nixtla>=0.9" requests',
    'import pandas as pd',
    'import requests',
    'from nixtla import NixtlaClient',
    '',
    `url, token, name = ${text(url)}, ${token ? '"TOKEN"' : '"none"'}, ${text(item)}`,
    'stored = requests.get(',
    `    f"{url}/v1/models/${model.model}/items/history",`,
    '    params={"item": name}, headers={"authorization": f"Bearer {token}"}).json()',
    `target = stored["target"][${text(channel)}]`,
    'times = pd.to_datetime(stored["timestamps"]).tz_localize(None)',
    'table = pd.DataFrame({"unique_id": name, "ds": times, **stored["known"]})',
    'history = table[: len(target)].assign(y=target)',
    ...(known.length > 0 ? ['future = table[len(target) :]'] : []),
    '',
    'client = NixtlaClient(base_url=url, api_key=token)',
    `forecast = client.forecast(history, ${known.length > 0 ? 'X_df=future, ' : ''}h=${model.horizon}, freq=${text(pandasFrequency(model.frequency))}, level=[80], model=${text(model.model)})`,
    'print(forecast)',
  ].join('\n');
}

/** null where the model reads what nobody gives: holidays and clocks are made by Tidecast beside the graph. */
export function onnxSnippet({ url, model, item, token }: Subject): string | null {
  const { covariates } = model;
  if (covariates.generated.length > 0) return null;
  return [
    '# pip install numpy onnxruntime requests',
    'from datetime import datetime',
    '',
    'import numpy as np',
    'import onnxruntime',
    'import requests',
    '',
    `headers = ${token ? '{"authorization": "Bearer TOKEN"}' : '{}'}`,
    'def get(path, **query):',
    `    return requests.get(f"${url}/v1/models/${model.model}/{path}", params=query, headers=headers)`,
    '',
    'open("forecaster.onnx", "wb").write(get("bundle").content)',
    'bundle = get("bundle", file="bundle.json").json()',
    `item = get("items/history", item=${text(item)}).json()`,
    '',
    'def columns(group, ahead=0):  # [1, time, columns], NaN where missing; the newest that the graph reads',
    '    table = np.array(list(group.values()), dtype=float).T',
    '    return table[-(bundle["context"] + ahead) :][None]',
    '',
    'history = columns(item["target"])',
    'rows = len(next(iter(item["target"].values())))',
    'start = datetime.fromisoformat(item["timestamps"][rows - history.shape[1]].replace("Z", "+00:00"))',
    ...indexExpression(model.frequency),
    'feeds = {"history": history, "start": np.array([index])}',
    ...(covariates.known.length > 0 ? ['feeds["known"] = columns(item["known"], bundle["horizon"])'] : []),
    ...(covariates.past.length > 0 ? ['feeds["past"] = columns(item["past"])'] : []),
    ...(covariates.static.length > 0 ? staticLines : []),
    'session = onnxruntime.InferenceSession("forecaster.onnx")',
    'quantiles, mean = session.run(["quantiles", "mean"], feeds)',
    'print(bundle["levels"])',
    'print(quantiles[0, :, 0])  # [horizon, level]',
  ].join('\n');
}

const staticLines = [
  'statics = bundle["covariates"]["static"]',
  'numbers = [item["static"].get(one["name"]) for one in statics if one["kind"] == "number"]',
  'places = [one["values"].index(str(item["static"].get(one["name"]))) if str(item["static"].get(one["name"])) in one["values"] else -1',
  '          for one in statics if one["kind"] == "category"]',
  'if numbers: feeds["static_number"] = np.array([numbers], dtype=float)',
  'if places: feeds["static_category"] = np.array([places])',
];
