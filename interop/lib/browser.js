// A browser with a web phone in it, headless: Chromium by chromium.js or Firefox by firefox.js, with JsSIP and browser-page.js.
// node browser.js BROWSER MODULES PROFILE TONE.WAV USER PASSWORD WS-URI HOST [FLAG…]: prints what the page says, a line each, and gives
// it the lines of standard input. Ends with its standard input, or with the browser. BROWSER is a program; the variable BROWSER_PAGE names more
// scripts of the page.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const [program, modules, profile, tone, user, password, uri, host, ...flags] = process.argv.slice(2);

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
}).listen(0, '127.0.0.1', () => {
  const start = require(path.basename(program).startsWith('firefox') ? './firefox.js' : './chromium.js');
  const log = fs.openSync(path.join(profile, '..', 'browser.log'), 'a');
  const url = `http://localhost:${server.address().port}/`;
  const browser = start({ program, profile, tone, url, log, flags }, (line) => console.log(line), (code) => process.exit(code));
  const end = () => {
    browser.end();
    setTimeout(() => { browser.kill(); process.exit(0); }, 1500).unref();
  };
  process.on('SIGTERM', end);
  require('readline').createInterface({ input: process.stdin }).on('line', browser.command).on('close', end);
});
