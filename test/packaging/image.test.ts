import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, ModifiableInstruction } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

const dockerfile = read('Dockerfile');
const instructions = DockerfileParser.parse(dockerfile)
  .getInstructions()
  .map((instruction) => ({
    name: instruction.getKeyword(),
    flags: instruction instanceof ModifiableInstruction ? instruction.getFlags().map(String) : [],
    rest: instruction.getArgumentsContent() ?? '',
  }));
const all = (name: string) => instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest);

describe('the image', () => {
  it('is built in one stage and run in another, by a user that is not root, with a health check', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
    expect(validate(`${dockerfile}RUNN npm start\n`)).toHaveLength(1);
    expect(all('FROM')).toHaveLength(2);
    const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
    expect(last.find(({ name }) => name === 'USER')?.rest).toBe('node');
    expect(last.findIndex(({ name }) => name === 'USER')).toBeLessThan(last.findIndex(({ name }) => name === 'CMD'));
    expect(last.find(({ name }) => name === 'HEALTHCHECK')?.rest).toContain('/healthz');
    expect(last.some(({ name, rest }) => name === 'RUN' && rest.includes('npm'))).toBe(false);
  });

  it('copies only what exists and what .dockerignore lets through', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = instructions
      .filter(({ name, flags }) => name === 'COPY' && flags.length === 0)
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1))
      .map((name) => path.normalize(name));
    expect(copied.length).toBeGreaterThan(5);
    for (const name of copied) {
      expect(existsSync(path.join(root, name)), name).toBe(true);
      expect(allowed, name).toContain(name);
    }
  });

  it('starts what the build makes, from the same Node as the rest', () => {
    expect(all('CMD').at(-1)).toContain('dist/main.js');
    expect(new Set(all('FROM').map((rest) => rest.split(' ')[0])).size).toBe(1);
    expect(all('RUN').some((rest) => rest.includes('npm ci --ignore-scripts'))).toBe(true);
    expect(all('RUN').some((rest) => rest.includes('npm pkg delete devDependencies && npm prune'))).toBe(true);
  });
});

interface Compose {
  services: Record<
    string,
    {
      environment: Record<string, string>;
      healthcheck?: object;
      read_only?: boolean;
      depends_on?: Record<string, { condition: string }>;
    }
  >;
  volumes: object;
}

describe('compose.yaml', () => {
  const { services, volumes } = parse(read('compose.yaml')) as Compose;
  const { app, db } = services;

  it('waits for a healthy database on a volume, and keeps the program’s root read-only', () => {
    expect(app?.read_only).toBe(true);
    expect(app?.depends_on?.['db']?.condition).toBe('service_healthy');
    expect(db?.healthcheck).toBeDefined();
    expect(volumes).toHaveProperty('database');
  });

  it('sets only variables that the program reads', () => {
    const source = read('src/config.ts');
    for (const name of Object.keys(app?.environment ?? {}))
      expect(source, name).toMatch(new RegExp(`^  ${name}:`, 'm'));
  });

  it('starts with what .env.example asks for, and says what is missing', () => {
    const asked = [...read('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    const example = read('.env.example');
    expect(asked.length).toBeGreaterThan(2);
    for (const name of asked) expect(example, name).toMatch(new RegExp(`^${name}=`, 'm'));
  });

  it('hands on everything .env.example names, and takes what stays empty for not set', () => {
    const names = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => String(name));
    const handedOn = JSON.stringify(services);
    for (const name of names) expect(handedOn, name).toContain(`\${${name}`);
    // An unused platform's variables may stay empty.
    expect(() => loadConfig(Object.fromEntries(names.map((name) => [name, ''])))).not.toThrow();
  });
});
