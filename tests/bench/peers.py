#!/usr/bin/env python3
"""The same policies and requests, judged by lexecon and by policy engines from npm, in one run.

usage: peers.py PEER_BENCH MODULES [SIZE...]

MODULES is a folder in which npm has installed, or may install, the engines at the versions below. Policies
are synthetic and always the same: exact actors, actions and resources, one relation in ten with a wildcard,
one in ten a forbids, half with one condition on the context. A request is allowed when some permits holds and
no forbids does; `expected` below says so without any engine, and every verdict of every engine is compared.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

ENGINES = {"cedar": "@cedar-policy/cedar-wasm@4.13.0", "casbin": "casbin@5.51.1", "casl": "@casl/ability@7.0.1"}
SIZES = (10, 100, 1000, 10000)
REQUESTS = 2000
ENVIRONMENTS = ("prod", "dev", "test")
PARTS = ("actor", "action", "resource")
MODEL = """[request_definition]
r = sub, act, obj, env, risk

[policy_definition]
p = sub, act, obj, env, risk, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = (p.sub == "*" || r.sub == p.sub) && (p.act == "*" || r.act == p.act) && (p.obj == "*" || r.obj == p.obj) && (p.env == "*" || r.env == p.env) && r.risk <= p.risk
"""


def names(size):
    """Of actors, actions and resources that policies of that size speak of."""
    return {"actor": [f"actor:agent_{i:05d}" for i in range(max(4, size // 10))],
            "action": [f"action:tool_{i:02d}" for i in range(20)],
            "resource": [f"resource:set:{i:05d}" for i in range(max(5, size // 5))]}


def relations_of(size, choose):
    known, seen, out = names(size), set(), []
    while len(out) < size:
        each = {part: choose.choice(known[part]) for part in PARTS}
        if choose.random() < 0.1:
            each[choose.choice(PARTS)] = "*"
        key = tuple(each.values())
        if key in seen:
            continue
        seen.add(key)
        each["forbids"] = choose.random() < 0.1
        each["env"] = each["most"] = None
        if choose.random() < 0.5:
            if choose.random() < 0.5:
                each["env"] = choose.choice(ENVIRONMENTS)
            else:
                each["most"] = choose.randrange(2, 9)
        out.append(each)
    return out


def holds(relation, asked):
    return (all(relation[part] in ("*", asked[part]) for part in PARTS)
            and relation["env"] in (None, asked["context"]["env"])
            and (relation["most"] is None or asked["context"]["risk"] <= relation["most"]))


def expected(relations, asked):
    held = [relation for relation in relations if holds(relation, asked)]
    return bool(held) and not any(relation["forbids"] for relation in held)


def requests_of(size, relations, choose):
    known, out = names(size), []
    for _ in range(REQUESTS):
        aimed = choose.choice(relations) if choose.random() < 0.7 else {part: "*" for part in PARTS}
        asked = {part: choose.choice(known[part]) if aimed[part] == "*" else aimed[part] for part in PARTS}
        asked["context"] = {"env": choose.choice(ENVIRONMENTS), "risk": choose.randrange(10)}
        asked["allowed"] = expected(relations, asked)
        out.append(asked)
    return out


def as_lexecon(relations):
    lines = ["mode: strict", "relations:"]
    for number, each in enumerate(relations):
        lines += [f"  - id: rule_{number:05d}", f"    type: {'forbids' if each['forbids'] else 'permits'}",
                  f'    subject: "{each["actor"]}"', f'    action: "{each["action"]}"',
                  f'    object: "{each["resource"]}"']
        if each["env"]:
            lines.append(f"    when: 'context.env == \"{each['env']}\"'")
        if each["most"] is not None:
            lines.append(f"    when: 'context.risk <= {each['most']}'")
    return "\n".join(lines) + "\n"


def as_cedar(relations):
    out = []
    for each in relations:
        head = [word if each[part] == "*" else f'{word} == {kind}::"{each[part]}"'
                for part, word, kind in zip(PARTS, ("principal", "action", "resource"), ("Actor", "Action", "Resource"))]
        when = f' when {{ context.env == "{each["env"]}" }}' if each["env"] else ""
        if each["most"] is not None:
            when = f" when {{ context.risk <= {each['most']} }}"
        out.append(f"{'forbid' if each['forbids'] else 'permit'}({', '.join(head)}){when};\n")
    return "".join(out)


def as_casbin(relations):
    return "".join(f"p, {each['actor']}, {each['action']}, {each['resource']}, {each['env'] or '*'}, "
                   f"r{9 if each['most'] is None else each['most']}, {'deny' if each['forbids'] else 'allow'}\n"
                   for each in relations)


def as_casl(relations):
    rules = []
    for each in sorted(relations, key=lambda relation: relation["forbids"]):  # the last rule that holds wins
        conditions = {} if each["actor"] == "*" else {"actor": each["actor"]}
        if each["env"]:
            conditions["env"] = each["env"]
        if each["most"] is not None:
            conditions["risk"] = {"$lte": each["most"]}
        rule = {"action": "manage" if each["action"] == "*" else each["action"],
                "subject": "all" if each["resource"] == "*" else each["resource"], "inverted": each["forbids"]}
        rules.append({**rule, "conditions": conditions} if conditions else rule)
    return json.dumps(rules)


def write(folder, size):
    choose = random.Random(size)
    relations = relations_of(size, choose)
    for name, text in (("policy.yaml", as_lexecon(relations)), ("policy.cedar", as_cedar(relations)),
                       ("policy.csv", as_casbin(relations)), ("model.conf", MODEL), ("casl.json", as_casl(relations)),
                       ("requests.json", json.dumps(requests_of(size, relations, choose)))):
        (folder / name).write_text(text)


def install(modules):
    """Whether the engines are there; npm is asked for those that are not."""
    modules.mkdir(parents=True, exist_ok=True)
    if all((modules / "node_modules" / name.rpartition("@")[0]).is_dir() for name in ENGINES.values()):
        return True
    try:
        done = subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts",
                               "--prefix", modules, *ENGINES.values()], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        print("peers.py: npm is not there: only lexecon is measured", file=sys.stderr)
        return False
    if done.returncode:
        print(f"peers.py: npm install: {done.stderr.strip().splitlines()[-1:]}: only lexecon is measured", file=sys.stderr)
    return done.returncode == 0


def answer_of(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"peers.py: {done.stderr.strip()}")
    return json.loads(done.stdout)


def measure(peer_bench, modules, sizes=SIZES):
    """(engine, size) -> what it printed; an engine that differs from `expected` ends the run."""
    driver = pathlib.Path(__file__).with_name("peers.cjs")
    engines = list(ENGINES) if install(modules) else []
    found = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write(folder, size)
            commands = {"lexecon": [peer_bench, folder / "policy.yaml", folder / "requests.json"]}
            commands |= {engine: ["node", driver, modules, engine, folder] for engine in engines}
            for engine, command in commands.items():
                found[engine, size] = answer_of(command)
                wrong = found[engine, size]["mismatches"]
                if wrong:
                    sys.exit(f"peers.py: {engine}: {wrong} verdicts differ from the expected ones, {size} relations")
    return found


def table(found):
    """Lines of markdown: evaluations a second, and what loading the largest takes."""
    sizes = sorted({size for _, size in found})
    engines = list(dict.fromkeys(engine for engine, _ in found))
    lines = ["| engine | " + " | ".join(f"{size:,} relations" for size in sizes) + f" | loading {sizes[-1]:,} |",
             "|---" * (len(sizes) + 2) + "|"]
    for engine in engines:
        rates = [f"{found[engine, size]['evaluations_per_second']:,.0f}/s" for size in sizes]
        asked = ENGINES.get(engine, "lexecon").rpartition("@")
        name = f"{asked[0]} {asked[2]}".strip()
        lines.append(f"| {name} | " + " | ".join(rates) + f" | {found[engine, sizes[-1]]['load_ms']:,.0f} ms |")
    return lines


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    peer_bench, modules = (pathlib.Path(each).resolve() for each in sys.argv[1:3])
    found = measure(peer_bench, modules, tuple(int(size) for size in sys.argv[3:]) or SIZES)
    print("\n".join(table(found)))
    checked = {engine: sum(each["checked"] for (name, _), each in found.items() if name == engine)
               for engine in dict.fromkeys(engine for engine, _ in found)}
    print("verdicts compared, none differs:", ", ".join(f"{engine} {count:,}" for engine, count in checked.items()))


if __name__ == "__main__":
    main()
