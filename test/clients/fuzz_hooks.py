"""Names that exist, for schemathesis: else it would only ever meet 404. Loaded through SCHEMATHESIS_HOOKS."""

import json
import os

import schemathesis

WORLD = json.loads(os.environ["TIDECAST_WORLD"])
NAMES = WORLD["names"]


def schema_of(parameter, method, path):
    lasting = NAMES["removed"] if method == "delete" else NAMES["lasting"]
    upload = NAMES["committed"] if path.endswith("/commit") else NAMES["upload"]
    known = {"model": lasting, "dataset": lasting, "job": NAMES["job"], "item": NAMES["item"], "upload": upload}
    known |= {"export": NAMES["export"], "file": "part-00000.csv"}
    name = parameter["name"]
    asked = parameter["in"] == "path" or name == "item"
    return {"type": "string", "enum": [known[name]]} if asked and name in known else parameter["schema"]


def here(value):
    """The value with what exists here in the place of what the document's examples name."""
    if isinstance(value, dict):
        return {key: here(one) for key, one in value.items()}
    if isinstance(value, list):
        return [here(one) for one in value]
    if isinstance(value, str):
        for old, new in WORLD["instead"].items():
            value = value.replace(old, new)
    return value


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for path, methods in raw_schema["paths"].items():
        for method, operation in methods.items():
            # What cannot answer 404 takes a name that is new as well.
            parameters = operation.get("parameters", []) if "404" in operation["responses"] else []
            for parameter in parameters:
                parameter["schema"] = schema_of(parameter, method, path)
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if "example" in content:
                    content["example"] = here(content["example"])
    for schema in raw_schema["components"]["schemas"].values():
        # A made-up upload is none: what is to be a part of one names one that is there.
        if {"stage", "upload"} <= schema.get("properties", {}).keys():
            schema["properties"]["upload"]["enum"] = [NAMES["upload"]]
        if "freq" in schema.get("properties", {}):
            schema["properties"]["model"]["enum"] = [NAMES["lasting"]]
