// Chromium, headless, driven over the pipe of its DevTools protocol. Used by browser.js: loads one page, tells what it says, and gives it
// commands. Its microphone hears TONE.
'use strict';
const { spawn } = require('child_process');

module.exports = ({ program, profile, tone, url, log, flags }, said, ended) => {
  const browser = spawn(program, ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--mute-audio',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', `--user-data-dir=${profile}`,
    '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection', '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${tone}`, '--remote-debugging-pipe',
    flags.includes('--hide') ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream', 'about:blank'],
  { stdio: ['ignore', log, log, 'pipe', 'pipe'] });
  browser.on('exit', () => ended(0));
  browser.on('error', (error) => { said(`no browser: ${error.message}`); ended(1); });

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
      else if (message.method === 'Runtime.consoleAPICalled') said(message.params.args.map((one) => one.value).join(' '));
      else if (message.method === 'Runtime.exceptionThrown') said(`error ${message.params.exceptionDetails.exception?.description}`);
    });
  });
  const page = (async () => {
    const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
    await ask('Runtime.enable', {}, sessionId);
    await ask('Page.navigate', { url }, sessionId);
    return sessionId;
  })();
  return {
    command: async (line) => ask('Runtime.evaluate', { expression: `command(${JSON.stringify(line)})` }, await page),
    end: () => browser.kill('SIGTERM'),
    kill: () => browser.kill('SIGKILL'),
  };
};
