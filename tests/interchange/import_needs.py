"""Reads a needs.json with the loader of sphinx-needs, builds a project that imports it with every
warning an error, compares what comes out, and checks an export against its JSON Schema."""

import json, os, sys
import jsonschema_rs, ub_needs_exchange
from sphinx.application import Sphinx
from sphinx_needs.needsfile import check_needs_file

root, schema, export = sys.argv[1:4]
path = os.path.join(root, "needs.json")
assert not check_needs_file(path).schema, check_needs_file(path).schema
version = ub_needs_exchange.load(path).select_version(None)
records = version.records()
assert not version.diagnostics and not any(r.diagnostics for r in records)
properties = version.data["needs_schema"]["properties"]
need = jsonschema_rs.Draft7Validator(version.data["needs_schema"])
for record in records:
    need.validate(record.fields)
    assert set(record.fields) <= set(properties), set(record.fields) - set(properties)
text = {"schema": {"type": "string"}, "default": ""}
kinds = sorted({r.fields["type"] for r in records})
color = {"prefix": "", "color": "#ffffff", "style": "node"}
config = {
    "project": "read", "version": "1", "extensions": ["sphinx_needs"],
    "needs_types": [{"directive": k, "title": k, **color} for k in kinds],
    "needs_fields": {n: text for n, p in properties.items() if p["field_type"] == "extra"},
    "needs_links": {n: {"outgoing": n, "incoming": n} for n, p in properties.items()
                    if p["field_type"] == "links" and n != "links"},
}
open(os.path.join(root, "index.rst"), "w").write("X\n=\n\n.. needimport:: needs.json\n   :hide:\n")
out = os.path.join(root, "out")
app = Sphinx(root, None, out, out, "needs", confoverrides=config, status=None,
             warningiserror=True, freshenv=True)
app.build()
assert app.statuscode == 0
built = json.load(open(os.path.join(out, "needs.json")))["versions"]["1"]["needs"]
assert set(built) == {r.key for r in records}
for record in records:
    for field in ["title", "type", "status", "links", "tags", "depends_on", "documents", "targets"]:
        there, here = built[record.key][field], record.fields.get(field)
        ordered = isinstance(here, list)
        assert (sorted(there) == sorted(here) if ordered else there == here), (record.key, field)
assert built["GAP-2"]["depends_on_back"] == ["GAP-1_2"], built["GAP-2"]
validator = jsonschema_rs.validator_for(json.load(open(schema)))
validator.validate(json.load(open(export)))
print(len(records))
