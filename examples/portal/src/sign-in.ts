import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { SignJWT } from 'jose';
import { PEOPLE } from './people.js';

export const ISSUER = 'meadow-clinic-demo';
export const AUDIENCE = 'active-session';

/** The demo's own signing key: made at the first start, kept in the data folder, in no source file. */
export async function signingSecret(folder: string): Promise<string> {
  const file = join(folder, 'signing-secret');
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return await readFile(file, 'utf8');
}

/**
 * Signing in by choosing a person. A real portal knows its user by its own session and signs a token for them here.
 *
 * @param seconds for how long a token is good
 */
export function createSignIn(secret: string, seconds: number): Hono {
  const key = new TextEncoder().encode(secret);
  const app = new Hono();

  app.get('/people', (context) => context.json(PEOPLE));

  app.get('/token', async (context) => {
    const person = PEOPLE.find(({ id }) => id === context.req.query('as'));
    if (person === undefined) return context.json({ error: 'There is no such person in this demo.' }, 404);
    const token = await new SignJWT({ role: person.role })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(person.id)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(key);
    context.header('Cache-Control', 'no-store');
    return context.json({ token });
  });

  return app;
}
