// A browser with a web phone in it: Chromium, headless, driven over the pipe of its DevTools protocol, with JsSIP and browser-page.js.
// node browser.js CHROMIUM MODULES PROFILE TONE.WAV USER PASSWORD WS-URI HOST [FLAG…]: prints what the page says, a line each, and gives
// it the lines of standard input. BROWSER_PAGE names more scripts of the page. Ends with its standard input, or with the browser.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const { spawn } = require('child_process');
const [chromium, modules, profile, tone, user, password, uri, host, ...flags] = process.argv.slice(2);

// CommonJS for the page: each module that JsSIP wants, by the name of its file.
function bundle() {
  const files = new Map();
  const find = (name, from) => {
    if (name === 'events') return path.join(modules, 'events/events.js');
    if (name === 'debug') return path.join(modules, 'debug/src/browser.js');
    return require.resolve(name, { paths: [from] });
  };
  const add = (file) => {
    if (files.has(file)) return;
    const wants = {};
    files.set(file, '');
    const text = fs.readFileSync(file, 'utf8');
    const code = file.endsWith('.json') ? `module.exports = ${text}` : text;
    if (!file.endsWith('.json')) {
      for (const [, name] of text.matchAll(/require\(['"]([^'"]+)['"]\)/g)) {
        wants[name] = find(name, path.dirname(file));
        add(wants[name]);
      }
    }
    files.set(file, `${JSON.stringify(file)}: [function (require, module, exports) {${code}\n}, ${JSON.stringify(wants)}]`);
  };
  const main = path.join(modules, 'jssip/lib/JsSIP.js');
  add(main);
  return `const table = {${[...files.values()].join(',\n')}}, made = {};
    const load = (file) => {
      if (!made[file]) {
        const module = made[file] = { exports: {} };
        table[file][0]((name) => load(table[file][1][name]), module, module.exports);
      }
      return made[file].exports;
    };
    globalThis.process = { env: {} };
    globalThis.JsSIP = load(${JSON.stringify(main)});`;
}

const account = { user, password, uri, host };
const pages = {
  '/': ['text/html', '<!doctype html><meta charset="utf-8"><title>phone</title><script src="/jssip.js"></script><script src="/page.js"></script>'],
  '/jssip.js': ['text/javascript', `{${bundle()}}`],
  '/page.js': ['text/javascript', `const ACCOUNT = ${JSON.stringify(account)};\n${[path.join(__dirname, 'browser-page.js'), ...(process.env.BROWSER_PAGE || '').split(':').filter(Boolean)].map((file) => fs.readFileSync(file, 'utf8')).join('\n')}`],
};
const server = http.createServer((request, response) => {
  const page = pages[request.url];
  response.writeHead(page ? 200 : 404, { 'Content-Type': page ? page[0] : 'text/plain' });
  response.end(page ? page[1] : '');
}).listen(0, '127.0.0.1', start);

function start() {
  const log = fs.openSync(path.join(profile, '..', 'chromium.log'), 'a');
  const browser = spawn(chromium, ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--mute-audio',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', `--user-data-dir=${profile}`,
    '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${tone}`, '--remote-debugging-pipe', ...flags, 'about:blank'],
  { stdio: ['ignore', log, log, 'pipe', 'pipe'] });
  const end = (code) => { browser.kill('SIGTERM'); setTimeout(() => { browser.kill('SIGKILL'); process.exit(code); }, 1500).unref(); };
  browser.on('exit', () => process.exit(0));
  browser.on('error', (error) => { console.log('no browser:', error.message); process.exit(1); });
  process.on('SIGTERM', () => end(0));

  let last = 0;
  const waiting = new Map();
  const ask = (method, params = {}, sessionId = undefined) => new Promise((done) => {
    last += 1;
    waiting.set(last, done);
    browser.stdio[3].write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
  });
  let rest = '';
  browser.stdio[4].on('data', (chunk) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop();
    parts.map(JSON.parse).forEach((message) => {
      if (message.id) waiting.get(message.id)(message.result || message);
      else if (message.method === 'Runtime.consoleAPICalled') console.log(message.params.args.map((one) => one.value).join(' '));
      else if (message.method === 'Runtime.exceptionThrown') console.log('error', message.params.exceptionDetails.exception?.description);
    });
  });
  (async () => {
    const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
    await ask('Runtime.enable', {}, sessionId);
    await ask('Page.navigate', { url: `http://localhost:${server.address().port}/` }, sessionId);
    require('readline').createInterface({ input: process.stdin })
      .on('line', (line) => ask('Runtime.evaluate', { expression: `command(${JSON.stringify(line)})` }, sessionId))
      .on('close', () => end(0));
  })();
}
