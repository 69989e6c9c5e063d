// Firefox, headless, driven by WebDriver BiDi: loads one page, tells what it says, and gives it commands. Used by browser.js.
// Its microphone is a tone of 880 Hz that it makes up itself.
'use strict';
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');

// What a web phone needs of a browser that nobody sits at, and no talk with its makers.
const settings = (hides) => ({
  'media.navigator.streams.fake': true,
  'media.navigator.audio.fake_frequency': 880,
  'media.navigator.permission.disabled': true,
  'media.navigator.permission.fake': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': hides,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.autoplay.block-webaudio': false,
  'media.gmp-manager.updateEnabled': false,
  'network.websocket.allowInsecureFromHTTPS': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.trr.mode': 5,
  'network.prefetch-next': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.blockedURIs.enabled': false,
  'browser.search.update': false,
  'browser.region.network.url': '',
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'extensions.update.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'dom.push.connection.enabled': false,
  'security.sandbox.content.level': 0,
  'remote.active-protocols': 1,
});

module.exports = ({ program, profile, url, log, flags }, said, ended) => {
  const prefs = Object.entries(settings(flags.includes('--hide'))).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  fs.writeFileSync(path.join(profile, 'user.js'), `${prefs.join('\n')}\n`);
  const browser = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'], {
    stdio: ['ignore', log, 'pipe'], env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', HOME: profile } });
  browser.on('exit', () => ended(0));
  browser.on('error', (error) => { said(`no browser: ${error.message}`); ended(1); });

  let socket;
  let last = 0;
  let context;
  const waiting = new Map();
  const ask = (method, params) => new Promise((done) => {
    last += 1;
    waiting.set(last, done);
    socket.send(JSON.stringify({ id: last, method, params }));
  });
  const heard = (message) => {
    if (message.id) {
      waiting.get(message.id)(message.result || message);
      waiting.delete(message.id);
    } else if (message.method === 'log.entryAdded') {
      const { type, text, level, args } = message.params;
      if (type === 'console' && args) said(args.map((one) => one.value).join(' '));
      else if (level === 'error') said(`error ${text}`);
    }
  };
  const drive = async () => {
    await ask('session.new', { capabilities: {} });
    await ask('session.subscribe', { events: ['log.entryAdded'] });
    const tree = await ask('browsingContext.getTree', {});
    context = tree.contexts[0].context;
    const gone = await ask('browsingContext.navigate', { context, url, wait: 'complete' });
    if (gone.error) said(`error ${gone.error} ${gone.message}`);
  };
  let text = '';
  browser.stderr.on('data', (chunk) => {
    fs.writeSync(log, chunk);
    text = (text + chunk).slice(-4000);
    const at = text.match(/WebDriver BiDi listening on (ws:\/\/[^\s]+)/);
    if (at && !socket) {
      socket = new WebSocket(`${at[1]}/session`);
      socket.onopen = drive;
      socket.onmessage = (event) => heard(JSON.parse(event.data));
      socket.onerror = (event) => said(`error the browser's control: ${event.message}`);
    }
  });
  return {
    command: (line) => ask('script.evaluate', { expression: `command(${JSON.stringify(line)})`, target: { context }, awaitPromise: false }),
    end: () => browser.kill('SIGTERM'),
    kill: () => browser.kill('SIGKILL'),
  };
};
