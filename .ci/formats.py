"""formats.py reads what a parley server answers in every format with other people's
programs, and compares them: each must have the same claims, with the quote, the
article's address, date and outlet, and the confidence of each.

    formats.py BASE SCHEMAS    BASE is the server, SCHEMAS a folder with graphml.xsd and gexf.xsd

It needs rdflib, networkx and followthemoney, and xmllint and rapper.
"""

import csv
import io
import json
import subprocess
import sys
import urllib.request

import networkx
import rdflib
from followthemoney import model

rdflib.NORMALIZE_LITERALS = False
BASE, SCHEMAS = sys.argv[1:]
PATHS = [
    "/v1/questions/mediations{}?limit=5",
    "/v1/questions/disputes{}",
    "/v1/things/state/israel{}",
    "/v1/things/state/israel/claims{}?limit=50",
    "/v1/paths{}?from=Israel&to=Egypt",
    "/v1/export{}",
]
FIELDS = ["quote", "url", "published", "outlet", "confidence"]
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
SCHEMA = rdflib.Namespace("https://schema.org/")
PARLEY = rdflib.Namespace("parley:")


def fetch(path, suffix):
    with urllib.request.urlopen(BASE + path.format(suffix)) as answer:
        return answer.read()


def check(truth, message):
    if not truth:
        sys.exit(f"{sys.argv[0]}: {message}")


def run(command, text):
    done = subprocess.run(command, input=text, capture_output=True)
    check(done.returncode == 0, f"{command}: {done.stderr.decode()[:500]}")
    return done.stdout


def from_csv(text):
    rows = list(csv.DictReader(io.StringIO(text.decode(), newline="")))
    for row in rows:
        check(not any(cell and cell[0] in "=+-@\t\r" for cell in row.values()), f"a formula in {row}")
    return {r["claim"]: [r["quote"].removeprefix("'") if r["quote"][:2] in ("'=", "'+", "'-", "'@") else r["quote"]] + [r[f] for f in FIELDS[1:]] for r in rows}


def from_ndjson(text):
    lines = [json.loads(line) for line in text.splitlines()]
    return {c["id"]: [c["evidence"]["quote"]] + [c["source"].get(f, "") for f in FIELDS[1:4]] + [c["confidence"]] for c in lines}


def dataset(text, kind, base=None):
    d = rdflib.Dataset(default_union=True)
    d.parse(data=text, format=kind, publicID=base)
    return d


def quads(d):
    default = rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    return {(s, p, o, None if g in (None, default) else g) for s, p, o, g in d.quads()}


def from_rdf(d):
    found = {}
    value = lambda s, p: str(d.value(s, p) or "")
    for claim in d.subjects(rdflib.RDF.type, rdflib.RDF.Statement):
        article = d.value(claim, PROV.wasDerivedFrom)
        quote = [value(s, OA.exact) for s in d.objects(d.value(claim, OA.hasTarget), OA.hasSelector) if (s, OA.exact, None) in d]
        check(len(quote) == 1, f"{claim} has {len(quote)} quotes")
        found[str(claim).removeprefix("parley:")] = quote + [value(article, SCHEMA.url), value(article, SCHEMA.datePublished),
                                                            value(article, SCHEMA.publisher), value(claim, PARLEY.confidence)]
    return found


def from_network(g):
    ids = [data.get("id", key) for _, _, key, data in g.edges(keys=True, data=True)]
    check(len(set(ids)) == len(ids), "two edges have one id")
    return {i: [data.get(f, "") for f in FIELDS] for i, (_, _, data) in zip(ids, g.edges(data=True))}


def from_graphml(text):
    run(["xmllint", "--noout", "--nonet", "--schema", SCHEMAS + "/graphml.xsd", "-"], text)
    g = networkx.read_graphml(io.BytesIO(text), force_multigraph=True)
    found = from_network(g)
    check(all(g.nodes[n].get("label") for n in g), "a node of GraphML has no label")
    return found


def from_gexf(text):
    run(["xmllint", "--noout", "--nonet", "--schema", SCHEMAS + "/gexf.xsd", "-"], text)
    g = networkx.read_gexf(io.BytesIO(text), version="1.3")
    for _, _, edge in g.edges(data=True):
        check(("start" in edge) == ("end" in edge) and edge.get("start", "") <= edge.get("end", ""), f"an edge of GEXF lasts from {edge.get('start')} to {edge.get('end')}")
    return from_network(g if g.is_multigraph() else networkx.MultiDiGraph(g))


def from_cytoscape(text):
    elements = json.loads(text)["elements"]
    nodes = {n["data"]["id"] for n in elements["nodes"]}
    check(len(nodes) == len(elements["nodes"]), "two nodes have one id")
    for e in elements["edges"]:
        check(e["data"]["source"] in nodes and e["data"]["target"] in nodes, f"{e} has an end that is no node")
    return {e["data"]["id"]: [e["data"].get(f, "") for f in FIELDS] for e in elements["edges"]}


def from_ftm(text):
    found, schemas = {}, {}
    entities = [json.loads(line) for line in text.splitlines()]
    for e in entities:
        schema = model.get(e["schema"])
        check(schema is not None, f"FollowTheMoney has no schema {e['schema']}")
        for name, values in e["properties"].items():
            p = schema.get(name)
            check(p is not None, f"{e['schema']} has no property {name}")
            for v in values:
                check(p.type.clean(v) == v, f"{v!r} is no {p.type.name}")
        schemas[e["id"]] = schema
    for e in entities:
        for name, values in e["properties"].items():
            target = schemas.get(values[0]) if name in ("subject", "object", "proof") else None
            if name in ("subject", "object", "proof"):
                check(target and target.is_a(model.get(e["schema"]).get(name).range), f"{name} {values[0]} of {e['id']} is no such entity")
        if e["schema"] == "UnknownLink":
            p = lambda name: e["properties"].get(name, [""])[0]
            found[p("recordId")] = [p("summary"), p("sourceUrl"), p("modifiedAt"), p("publisher"), p("description").removeprefix("confidence ")]
    return found


def same(path, name, got, want):
    plain = lambda row: [" ".join(str(v).split()) for v in row[:4]] + [float(row[4])]
    check(set(got) == set(want), f"{path} as {name} has {len(got)} claims, as CSV {len(want)}")
    for claim, row in want.items():
        check(plain(got[claim]) == plain(row), f"{path} as {name}: {claim} is {got[claim]}, as CSV {row}")


for path in PATHS:
    want = from_csv(fetch(path, ".csv"))
    check(want, f"{path} has no claims")
    same(path, "NDJSON", from_ndjson(fetch(path, ".ndjson")), want)
    nquads = fetch(path, ".nq")
    rdf = dataset(nquads, "nquads")
    same(path, "N-Quads", from_rdf(rdf), want)
    trig, jsonld = dataset(fetch(path, ".trig"), "trig"), dataset(fetch(path, ".jsonld"), "json-ld", BASE + "/")
    check(quads(trig) == quads(rdf), f"{path}: TriG and N-Quads differ in {list(quads(trig) ^ quads(rdf))[:3]}")
    check(quads(jsonld) == quads(rdf), f"{path}: JSON-LD and N-Quads differ in {list(quads(jsonld) ^ quads(rdf))[:3]}")
    turtle = rdflib.Graph().parse(data=fetch(path, ".ttl"), format="turtle")
    same(path, "Turtle", from_rdf(turtle), want)
    for suffix, kind in [(".nq", "nquads"), (".trig", "trig"), (".ttl", "turtle")]:
        run(["rapper", "-q", "-c", "-i", kind, "-", BASE + "/"], fetch(path, suffix))
    same(path, "GraphML", from_graphml(fetch(path, ".graphml")), want)
    same(path, "GEXF", from_gexf(fetch(path, ".gexf")), want)
    same(path, "Cytoscape JSON", from_cytoscape(fetch(path, ".cyjs")), want)
    same(path, "FollowTheMoney", from_ftm(fetch(path, ".ftm")), want)
    if path == "/v1/export{}":
        check(any("start" in e for _, _, e in networkx.read_gexf(io.BytesIO(fetch(path, ".gexf"))).edges(data=True)), "no edge of GEXF has a time")
    print(f"{path.format('')}: {len(want)} claims, the same in ten formats")
