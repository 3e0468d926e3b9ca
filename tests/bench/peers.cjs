// Judges the requests of peers.py with a policy engine from npm, in process.
//
//   node peers.cjs MODULES ENGINE FOLDER      ENGINE: cedar, casbin or casl
//
// Prints {"checked", "evaluations_per_second", "load_ms", "mismatches"}, as peer_bench does. An engine that
// needs longer than BUDGET for all requests is asked as many as it can answer in that time.
'use strict';

const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [, , modules, engine, folder] = process.argv;
const from = createRequire(path.join(modules, 'peers.cjs'));
const text = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
const BUDGET = 4000; // ms
const ROUNDS = 3;

const engines = {
  // The policies are parsed once and kept by the engine.
  async cedar() {
    const cedar = from('@cedar-policy/cedar-wasm/nodejs');
    const staticPolicies = text('policy.cedar');
    return () => {
      const parsed = cedar.preparsePolicySet('peers', { staticPolicies });
      if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed).slice(0, 300));
      return (asked) => {
        const answer = cedar.statefulIsAuthorized({
          principal: { type: 'Actor', id: asked.actor },
          action: { type: 'Action', id: asked.action },
          resource: { type: 'Resource', id: asked.resource },
          context: asked.context,
          entities: [],
          preparsedPolicySetId: 'peers',
        });
        if (answer.type !== 'success') throw new Error(JSON.stringify(answer).slice(0, 300));
        return answer.response.decision === 'allow';
      };
    };
  },
  // Casbin's policies are rows of text: a risk of 0 to 9 is compared as the text "r0" to "r9".
  async casbin() {
    const { newEnforcer } = from('casbin');
    return async () => {
      const enforcer = await newEnforcer(path.join(folder, 'model.conf'), path.join(folder, 'policy.csv'));
      return (asked) =>
        enforcer.enforceSync(asked.actor, asked.action, asked.resource, asked.context.env, `r${asked.context.risk}`);
    };
  },
  // CASL indexes by action and kind of subject; the actor is one of the conditions.
  async casl() {
    const { createMongoAbility, subject } = from('@casl/ability');
    const rules = JSON.parse(text('casl.json'));
    return () => {
      const ability = createMongoAbility(rules);
      return (asked) => ability.can(asked.action, subject(asked.resource, { actor: asked.actor, ...asked.context }));
    };
  },
};

async function main() {
  const load = await engines[engine]();
  const start = performance.now();
  const allows = await load();
  const loadMs = performance.now() - start;
  const requests = JSON.parse(text('requests.json'));
  let mismatches = 0;
  let checked = 0;
  const first = performance.now();
  for (const asked of requests) {
    if (allows(asked) !== asked.allowed) mismatches += 1;
    checked += 1;
    if (performance.now() - first > BUDGET) break;
  }
  const sample = requests.slice(0, checked);
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    let count = 0;
    do {
      for (const asked of sample) allows(asked);
      count += sample.length;
    } while (performance.now() - began < 200);
    best = Math.max(best, (count / (performance.now() - began)) * 1000);
  }
  console.log(JSON.stringify({ checked, evaluations_per_second: best, load_ms: loadMs, mismatches }));
}

main().catch((error) => {
  console.error(`peers.cjs: ${engine}: ${error.message}`);
  process.exit(1);
});
