import assert from 'node:assert/strict';
import { parseQueueAddress } from './queueAddress';

suite('The address of a queue', () => {
  const parse = (text: string, password?: string) =>
    parseQueueAddress(text, password === undefined ? {} : { LABELLESS_QUEUE_PASSWORD: password });

  test('has host, port, database, user and TLS', () => {
    assert.deepEqual(parse('redis://queue.example.org'), {
      shown: 'redis://queue.example.org:6379',
      login: { host: 'queue.example.org', port: 6379, db: 0 },
      isPasswordOpen: false,
    });
    assert.deepEqual(parse('rediss://me@queue.example.org:7000/3'), {
      shown: 'rediss://queue.example.org:7000/3',
      login: {
        host: 'queue.example.org',
        port: 7000,
        db: 3,
        username: 'me',
        tls: { servername: 'queue.example.org' },
      },
      isPasswordOpen: false,
    });
    assert.deepEqual(parse('rediss://[::1]:6380').login, { host: '::1', port: 6380, db: 0, tls: {} });
  });

  test('takes the password of the environment before its own, and shows neither', () => {
    const own = parse('redis://:pass%2Fword@127.0.0.1');
    assert.equal(own.login.password, 'pass/word');
    assert.ok(own.isPasswordOpen);
    assert.doesNotMatch(own.shown, /pass/);
    assert.equal(parse('redis://:own@127.0.0.1', 'other').login.password, 'other');
    assert.equal(parse('redis://127.0.0.1', '').login.password, undefined);
  });

  test('is refused in words that hold nothing of it', () => {
    for (const text of [
      '',
      'secret',
      'http://:secret@h',
      'redis://',
      'redis://:se/cret@h:1',
      'redis://:secret@h:99999',
      'redis://:secret@h/x',
      'redis://:secret@h/1/2',
      'redis://:secret@h?db=secret',
      'redis://:secret@h#secret',
      'redis://:%E0%A4secret@h',
    ])
      assert.throws(
        () => parse(text),
        (error: Error) => !/secret|cret/.test(error.message) && error.message.length > 20,
        text,
      );
  });
});
