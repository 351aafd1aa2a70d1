import { createConfig, lintFromString } from '@redocly/openapi-core';
import { operations, type Operation } from '@active-session/core/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContractCheck } from '../test-support/contract-check.js';
import { startServer, type TestServer } from '../test-support/harness.js';
import { openApiDocument } from './http/openapi.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

describe('the OpenAPI document', () => {
  test('is served to everybody, and is about this server', async () => {
    const answer = await server.call(null, 'GET', '/openapi.json');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(openApiDocument(server.url))));
  });

  test('has every operation of the contract, with each of its refusals', () => {
    const { paths = {} } = openApiDocument('https://portal.example');
    for (const [id, { method, path, status }] of Object.entries<Operation>(operations)) {
      const described = paths[path]?.[method.toLowerCase() as 'get'];
      expect(described?.operationId, path).toBe(id);
      expect(Object.keys(described?.responses ?? {}), id).toContain(String(status));
    }
  });

  test('keeps the rules of a linter', async () => {
    const config = await createConfig({
      extends: ['recommended'],
      rules: {
        // What is for everybody has no sign-in, and what can't be refused has no problem.
        'operation-4xx-response': 'off',
        // The server is where this document came from, in the demo too.
        'no-server-example.com': 'off',
      },
    });
    const found = await lintFromString({ source: JSON.stringify(openApiDocument('https://portal.test')), config });
    expect(found.map(({ message, location }) => `${String(location[0]?.pointer)} ${message}`)).toEqual([]);
  });

  test('an answer that it does not describe is found', () => {
    const check = createContractCheck();
    const json = 'application/json; charset=UTF-8';
    expect(check({ operation: 'getHealth', status: 200, contentType: json, body: { status: 'ok' } })).toBeNull();
    expect(
      check({ operation: 'getHealth', status: 200, contentType: json, body: { status: 'ok', more: 1 } }),
    ).toContain('additional');
    expect(check({ operation: 'getHealth', status: 418, contentType: json, body: {} })).toContain('not described');
    expect(check({ operation: undefined, status: 401, contentType: json, body: {} })).toContain('no problem');
  });
});
