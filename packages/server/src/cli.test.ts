import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBench, run, type Bench } from '../test-support/records.js';
import { NOW } from '../test-support/record-rows.js';
import { createHeadPublisher } from './audit-heads.js';
import { silentLog } from './log.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const saying = (text: string): unknown => expect.stringContaining(text);

describe('the commands', () => {
  async function publish(file: string): Promise<void> {
    const heads = createHeadPublisher({ store: bench.store, clock: { now: () => NOW }, log: silentLog, file });
    await heads.tick();
  }

  it('verify says which entry is wrong and ends with 1', async () => {
    for (let i = 0; i < 5; i++) {
      await bench.store.transaction((view) => view.audit.append({ actor: 'lee', action: 'notes.read' }, NOW + i));
    }
    const file = join(bench.dataFolder, 'heads.jsonl');
    await publish(file);
    expect(await bench.command('audit', 'verify', '--head-file', file)).toMatchObject({
      code: 0,
      out: saying('1 published head agrees'),
    });
    bench.raw((db) => db.exec(`drop trigger audit_removed_under_anchor; delete from audit where seq >= 4`));
    expect(await bench.command('audit', 'verify')).toMatchObject({ code: 0 });
    expect(await bench.command('audit', 'verify', '--head-file', file)).toMatchObject({
      code: 1,
      out: saying('Entry 4 is missing, with everything after it: entry 5 was published'),
    });
    bench.raw((db) => db.exec(`drop trigger audit_never_changed; update audit set actor = 'moss' where seq = 2`));
    expect(await bench.command('audit', 'verify')).toMatchObject({
      code: 1,
      out: saying('Entry 2 was changed'),
    });
  });

  it.each([
    [['export'], 2, 'the id of one patient'],
    [['export', 'ana', 'ben'], 2, 'the id of one patient'],
    [['export', 'nobody'], 1, 'Nobody here has the id "nobody"'],
    [['export', 'ana', '--format', 'xml'], 2, '--format'],
    [['audit'], 2, 'verify or head'],
    [['audit', 'verify', '--head', '12'], 2, '<number>:<hash>'],
    [['audit', 'verify', '--head-file', '/nowhere/heads'], 1, '/nowhere/heads'],
    [['dance'], 2, 'There is no command "dance"'],
  ])('%j says what is wrong', async (args, code, why) => {
    const ran = await bench.command(...args);
    expect(ran).toMatchObject({ code, out: '', err: saying(why) });
  });

  it('help names every command', async () => {
    const { code, out } = await bench.command('help');
    expect(code).toBe(0);
    for (const name of ['audit verify', 'audit head', 'export', 'erase', 'retain']) expect(out).toContain(name);
  });

  it('make no database where there is none, and touch none of another version', async () => {
    const elsewhere = join(bench.dataFolder, 'elsewhere');
    expect(await run(['audit', 'head'], elsewhere)).toMatchObject({
      code: 1,
      err: saying(`There is no database in ${elsewhere}`),
    });
    expect(await readdir(bench.dataFolder)).not.toContain('elsewhere');

    bench.raw((db) => db.exec(`delete from kysely_migration where name = '0003-audit'`));
    expect(await bench.command('audit', 'head')).toMatchObject({ code: 1, err: saying('older version') });
    bench.raw((db) => db.exec(`insert into kysely_migration values ('0003-audit', ''), ('9999-of-the-future', '')`));
    expect(await bench.command('audit', 'head')).toMatchObject({ code: 1, err: saying('newer version') });
  });

  it('pass over lines of a head file that are none, and say so', async () => {
    const file = join(bench.dataFolder, 'heads.jsonl');
    await bench.store.transaction((view) => view.audit.append({ actor: 'lee', action: 'notes.read' }, NOW));
    await writeFile(file, '{"seq": 1, "ha\n');
    expect(await bench.command('audit', 'verify', '--head-file', file)).toMatchObject({
      code: 1,
      err: saying('no head in'),
    });
    await publish(file);
    expect(await bench.command('audit', 'verify', '--head-file', file)).toMatchObject({
      code: 0,
      err: saying('line 1'),
    });
  });
});
