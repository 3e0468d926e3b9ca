// oscal.mjs MODULES SCHEMA DOCUMENT...: holds OSCAL documents against the official schema with ajv.
// A line for each document: its name, and `valid` or its first fault; exit 1 when one is not valid.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const [modules, schema, ...documents] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const Ajv = require('ajv').default;
const addFormats = require('ajv-formats').default;

// The schemas are draft-07 with keywords of their own.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const check = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
for (const name of documents) {
  const is_valid = check(JSON.parse(readFileSync(name, 'utf8')));
  const fault = is_valid ? 'valid' : `${check.errors[0].instancePath} ${check.errors[0].message}`;
  console.log(`${basename(name)}: ${fault}`);
  if (!is_valid) process.exitCode = 1;
}
