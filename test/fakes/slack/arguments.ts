import { invalidArguments, RefusedCall } from './errors.js';
import { isObject, type Json, type JsonObject } from './json.js';
import type { ArgumentKind, MethodFacts } from './method-scopes.js';

/** A request for the Web API as it came in. */
export interface ApiRequest {
  httpMethod: string;
  query: URLSearchParams;
  contentType: string | undefined;
  authorization: string | undefined;
  body: string;
}

interface ReadArguments {
  token: string | undefined;
  /** Basic authentication, for oauth.v2.access. */
  basic: { id: string; secret: string } | undefined;
  args: JsonObject;
  warnings: string[];
}

/** Reads and checks a call's arguments against what its method knows. Throws `RefusedCall`. */
export function readArguments(request: ApiRequest, facts: MethodFacts): ReadArguments {
  const warnings: string[] = [];
  const raw = rawArguments(request, facts, warnings);
  const fromBody = raw.token;
  delete raw.token;
  // A token in the query string has not been taken since 2021, so it counts as none.
  const bearer = /^Bearer (.+)$/.exec(request.authorization ?? '')?.[1];
  const token = bearer ?? (typeof fromBody === 'string' ? fromBody : undefined);
  const basic = readBasic(request.authorization);
  return { token, basic, warnings, args: checked(raw, facts) };
}

function rawArguments(request: ApiRequest, facts: MethodFacts, warnings: string[]): JsonObject {
  const raw: JsonObject = {};
  for (const [name, value] of request.query) if (name !== 'token') raw[name] = value;
  if (request.httpMethod === 'GET') return raw;
  if (request.contentType === undefined) {
    if (request.body === '') return raw;
    throw new RefusedCall('missing_post_type');
  }
  const [type, ...parameters] = request.contentType.toLowerCase().split(';');
  const charset = parameters.map((one) => /^\s*charset=(.+)$/.exec(one)?.[1]).find((one) => one !== undefined);
  if (charset !== undefined && !['utf-8', 'iso-8859-1'].includes(charset)) throw new RefusedCall('invalid_charset');
  switch (type?.trim()) {
    case 'application/x-www-form-urlencoded':
      return { ...raw, ...readForm(request.body) };
    case 'application/json': {
      if (charset === undefined) warnings.push('missing_charset');
      // A method that takes form fields alone does not look at JSON: its arguments are simply missing.
      return facts.json ? { ...raw, ...readJson(request.body) } : raw;
    }
    case undefined:
    default:
      throw new RefusedCall('invalid_post_type');
  }
}

function readForm(body: string): JsonObject {
  const fields: JsonObject = {};
  for (const [name, value] of new URLSearchParams(body)) {
    if (Object.hasOwn(fields, name)) throw new RefusedCall('invalid_form_data');
    fields[name] = value;
  }
  return fields;
}

function readJson(body: string): JsonObject {
  const parsed = parse(body);
  if (parsed === undefined) throw new RefusedCall('invalid_json');
  if (!isObject(parsed)) throw new RefusedCall('json_not_object');
  return parsed;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return { id, secret };
}

/**
 * Stricter than Slack in one thing: an argument that the method does not know is refused, where Slack passes over it in
 * silence, so that a typing error does not go unseen.
 */
function checked(raw: JsonObject, facts: MethodFacts): JsonObject {
  const args: JsonObject = {};
  for (const [name, value] of Object.entries(raw)) {
    // Bolt adds the workspace to every call.
    const kind = facts.args[name] ?? (name === 'team_id' ? 'text' : undefined);
    if (kind === undefined) throw invalidArguments({ pointer: `/${name}`, message: `unknown argument: ${name}` });
    if (value !== undefined && value !== null) args[name] = checkedValue(name, value, kind);
  }
  for (const [name, kind] of Object.entries(facts.args)) {
    if (kind.endsWith('!') && args[name] === undefined) {
      throw invalidArguments({ pointer: '', message: `missing required field: ${name}` });
    }
  }
  return args;
}

function checkedValue(name: string, value: Json, kind: ArgumentKind): Json {
  const wrong = (message: string) => invalidArguments({ pointer: `/${name}`, message });
  switch (kind) {
    case 'text':
    case 'text!':
      if (typeof value === 'string') return value;
      throw wrong('must be a string');
    case 'number': {
      const number = Number(value);
      if (typeof value === 'object' || !Number.isInteger(number)) throw wrong('must be an integer');
      return number;
    }
    case 'flag':
      if (value === true || value === 'true' || value === '1' || value === 1) return true;
      if (value === false || value === 'false' || value === '0' || value === 0) return false;
      throw wrong('must be a boolean');
    case 'json':
    case 'json!': {
      if (typeof value !== 'string') return value;
      const parsed = parse(value);
      if (parsed === undefined) throw unreadable(name);
      return parsed;
    }
  }
}

/** Each of Slack's JSON arguments has its own word for "cannot be read". */
function unreadable(name: string): RefusedCall {
  const words: Record<string, string> = {
    blocks: 'invalid_blocks_format',
    attachments: 'invalid_attachments',
    metadata: 'invalid_metadata_format',
    unfurls: 'invalid_unfurls_format',
  };
  const word = words[name];
  return word === undefined
    ? invalidArguments({ pointer: `/${name}`, message: 'must be valid JSON' })
    : new RefusedCall(word);
}
