// A call by HTTP, JSON and server-sent events, as a web application makes it: node control-client.js PORT.
'use strict';
const http = require('http');

const port = Number(process.argv[2]);
const events = [];
let wake = () => {};

function ask(method, path, body) {
  return new Promise((done, failed) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers: { 'Content-Type': 'application/json' } }, (answer) => {
      let text = '';
      answer.on('data', (data) => { text += data; });
      answer.on('end', () => done({ status: answer.statusCode, location: answer.headers.location, body: text }));
    });
    request.on('error', failed);
    request.end(body === undefined ? '' : JSON.stringify(body));
  });
}

function listen() {
  return new Promise((ready) => {
    http.get({ host: '127.0.0.1', port, path: '/events' }, (stream) => {
      let rest = '';
      stream.on('data', (data) => {
        const parts = (rest + data).split('\n\n');
        rest = parts.pop();
        for (const part of parts) {
          const line = part.split('\n').find((text) => text.startsWith('data: '));
          if (line) events.push(JSON.parse(line.slice(6)));
        }
        wake();
      });
      ready();
    });
  });
}

async function told(what, test) {
  const end = Date.now() + 15000;
  while (!events.some(test)) {
    if (Date.now() > end) throw new Error('not told ' + what + ': ' + JSON.stringify(events.slice(-2)));
    await new Promise((done) => { wake = done; setTimeout(done, 200); });
  }
  return events.find(test);
}

function want(what, answer, status) {
  if (answer.status !== status) throw new Error(what + ': ' + answer.status + ' ' + answer.body);
}

(async () => {
  await listen();
  want('register', await ask('POST', '/functions/API_Register', {}), 200);
  await told('registered', (event) => event.type === 'STATUS' && event.data.status.startsWith('Registered'));
  const made = await ask('POST', '/calls', { to: '1002' });
  want('call', made, 201);
  await told('connected', (event) => event.type === 'STATUS' && event.data.line === '1' && event.data.status === 'CallConnect');
  const call = JSON.parse((await ask('GET', made.location)).body);
  if (call.state !== 'connected' || call.peer !== '1002') throw new Error(JSON.stringify(call));
  want('keys', await ask('POST', made.location + '/dtmf', { digits: '159' }), 202);
  want('record', await ask('POST', made.location + '/record', { file: 'script' }), 202);
  await new Promise((done) => setTimeout(done, 2000));
  want('no more', await ask('DELETE', made.location + '/record'), 204);
  await told('a recording', (event) => event.type === 'VREC');
  want('hold', await ask('POST', made.location + '/hold'), 202);
  await told('held', (event) => event.type === 'STATUS' && event.data.status === 'Hold');
  want('hang up', await ask('DELETE', made.location), 204);
  const cdr = await told('the record', (event) => event.type === 'CDR');
  if (cdr.data.called !== '1002') throw new Error(JSON.stringify(cdr));
  await told('finished', (event) => event.type === 'STATUS' && event.data.status === 'Finished');
  want('no call', await ask('GET', made.location), 404);
  console.log(events.filter((event) => event.type === 'STATUS').length + ' STATUS events, CDR of ' + cdr.data.duration + ' ms');
  process.exit(0);
})().catch((problem) => { console.log(problem.message); process.exit(1); });
