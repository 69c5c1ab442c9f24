"""Writes test/golden/ets.json: exponential smoothing by statsmodels and statsforecast on the series of examples/.

Run from the root of the project, in an environment of your own:

    python -m venv /somewhere/ets && /somewhere/ets/bin/pip install statsmodels==0.15.0 statsforecast==2.1.1
    /somewhere/ets/bin/python scripts/golden/ets.py && npx biome format --write test/golden/ets.json

Takes a quarter of a minute. The file repeats the versions it was made with.

- given: models with given weights and first states: one-step forecasts, likelihood, forecasts and their variance.
  Additive errors are those of statsmodels (`ETSModel.smooth`), with its exact variance. Where errors and season
  multiply, statsmodels divides by the level after its update, which is not the model of the books, so statsforecast's
  port of R's code is asked for the errors; forecasts and variance are those of simulated paths (the variance is right
  to about half a percent), because its forecasts count the second step's damping as φ + φ instead of φ + φ².
- fitted: the log-likelihood that statsforecast finds for models without season.
- chosen: the errors of statsforecast's AutoETS on held-out windows.
"""

import json
import platform
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import statsforecast
import statsmodels
from statsforecast.ets import pegelsresid_C
from statsforecast.models import AutoETS
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

ROOT = Path(__file__).resolve().parents[2]
HORIZON, PATHS = 30, 200_000
WEIGHTS = {"smoothing_level": 0.3, "smoothing_trend": 0.02, "smoothing_seasonal": 0.15, "damping_trend": 0.93}

passengers = pd.read_csv(ROOT / "examples/air-passengers/air-passengers.csv")["value"].to_numpy(float)
prices = pd.read_csv(ROOT / "examples/electricity/electricity.csv")
markets = {name: frame["y"].to_numpy(float) for name, frame in prices.groupby("unique_id")}
SERIES = {"passengers": (passengers, 12), "NP": (markets["NP"][:240], 24), "DE": (markets["DE"][:240], 24)}


def first_states(name, trend, seasonal):
    values, season = SERIES[name]
    level = float(values[:season].mean())
    index = values[:season] / level if seasonal == "mul" else values[:season] - level
    return level, 0.5 if trend else 0, index if seasonal else None


def additive(name, trend, damped, seasonal):
    values, season = SERIES[name]
    level, slope, index = first_states(name, trend, seasonal)
    model = ETSModel(
        pd.Series(values),
        error="add",
        trend=trend,
        damped_trend=damped,
        seasonal=seasonal,
        seasonal_periods=season if seasonal else None,
        initialization_method="known",
        initial_level=level,
        initial_trend=slope if trend else None,
        initial_seasonal=index,
    )
    fit = model.smooth([WEIGHTS[weight] for weight in model.param_names])
    ahead = fit.get_prediction(start=len(values), end=len(values) + HORIZON - 1)
    return {
        "fitted": fit.fittedvalues.tolist(),
        "logLikelihood": float(fit.llf),
        "forecast": fit.forecast(HORIZON).tolist(),
        "variance": np.asarray(ahead.forecast_variance).tolist(),
    }


def multiplicative(name, trend, damped):
    values, season = SERIES[name]
    level, slope, index = first_states(name, trend, "mul")
    alpha, beta, gamma, phi = WEIGHTS.values()
    kind, phi, beta = ("A" if trend else "N"), (phi if damped else 1.0), (beta if trend else 0.0)
    states = np.array([level, *([slope] if trend else []), *index[::-1]])
    _, errors, after, deviance = pegelsresid_C(
        values, season, states, "M", kind, "M", damped, alpha, beta, gamma, phi, 1
    )
    n, last = len(values), after[-1]
    # Paths of table 8.6 of FPP3, all at once; the first has no errors and is the forecast.
    level, slope, index = last[0], last[1] if trend else 0.0, last[-season:][::-1].tolist()
    draws = np.random.default_rng(1).normal(0, np.sqrt(np.mean(errors**2)), (HORIZON, PATHS))
    draws[:, 0] = 0
    forecast, variance = [], []
    for step, error in enumerate(draws):
        base, phase = level + phi * slope, step % season
        path = base * index[phase] * (1 + error)
        forecast.append(float(path[0]))
        variance.append(float(path[1:].var()))
        level, slope = base * (1 + alpha * error), phi * slope + beta * base * error
        index[phase] = index[phase] * (1 + gamma * error)
    return {
        "fitted": (values / (1 + errors)).tolist(),
        "logLikelihood": float(-(deviance + n * (1 + np.log(2 * np.pi) - np.log(n))) / 2),
        "forecast": forecast,
        "variance": variance,
    }


def given(name, trend, damped, seasonal):
    level, slope, index = first_states(name, trend, seasonal)
    results = multiplicative(name, trend, damped) if seasonal == "mul" else additive(name, trend, damped, seasonal)
    return {
        "series": name,
        "trend": "none" if trend is None else "damped" if damped else "additive",
        "season": {None: "none", "add": "additive", "mul": "multiplicative"}[seasonal],
        "initial": {"level": level, "slope": slope, "season": None if index is None else index.tolist()},
        **results,
    }


def fitted(name, model, damped):
    values, season = SERIES[name]
    fit = AutoETS(season_length=season, model=model, damped=damped).fit(values).model_
    return {
        "series": name,
        "trend": "none" if model == "ANN" else "damped" if damped else "additive",
        "logLikelihood": float(fit["loglik"]),
    }


def chosen(name, values, season, first, horizon, windows):
    """Mean absolute errors on windows one after the other, the first of them after `first` values."""
    errors = []
    for k in range(windows):
        origin = first + k * horizon
        forecast = AutoETS(season_length=season).fit(values[:origin]).predict(horizon)["mean"]
        errors.append(float(np.abs(forecast - values[origin : origin + horizon]).mean()))
    return {"series": name, "season": season, "first": first, "horizon": horizon, "errors": errors}


def main():
    warnings.filterwarnings("ignore")
    trends = [(None, False), ("add", False), ("add", True)]
    kinds = [("passengers", None), ("passengers", "add"), ("passengers", "mul"), ("DE", "add")]
    content = {
        "madeBy": "scripts/golden/ets.py",
        "python": platform.python_version(),
        "statsmodels": statsmodels.__version__,
        "statsforecast": statsforecast.__version__,
        "weights": {"alpha": 0.3, "beta": 0.02, "gamma": 0.15, "phi": 0.93},
        "given": [given(name, *trend, seasonal) for name, seasonal in kinds for trend in trends],
        "fitted": [
            fitted(name, model, damped)
            for name in SERIES
            for model, damped in [("ANN", False), ("AAN", False), ("AAN", True)]
        ],
        "chosen": [
            chosen("passengers", passengers, 12, 84, 12, 5),
            *(chosen(name, markets[name], 24, 336, 24, 4) for name in ("BE", "DE", "NP")),
        ],
    }
    (ROOT / "test/golden/ets.json").write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
