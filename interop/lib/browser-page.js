// The web phone: JsSIP as its makers mean it, its sound measured. ACCOUNT stands before this text. Runs in the browser; see browser.js.
'use strict';
const say = (...words) => console.log(words.join(' '));
const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const options = { mediaConstraints: { audio, video: false }, pcConfig: { iceServers: [] } };
let session;
let dressed = () => {};
let context;
let sound = '';

// What comes in: the loudest frequency, to 20 Hz, told whenever it is another than a tenth of a second ago.
function listen(stream) {
  const element = new Audio();
  element.srcObject = stream; // without it Chromium decodes nothing
  element.muted = true;
  element.play();
  context = context || new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(stream).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const timer = setInterval(() => {
    if (!session || session.isEnded()) { clearInterval(timer); return; }
    analyser.getFloatFrequencyData(bins);
    let best = 0;
    bins.forEach((level, i) => { if (level > bins[best]) best = i; });
    const now = bins[best] < -60 ? 'silence' : `${Math.round(best * context.sampleRate / analyser.fftSize / 20) * 20}`;
    if (now !== sound) { sound = now; say('hears', now); }
  }, 100);
}

// A tone that no microphone heard. Without leave to use one, Chromium hides its addresses behind names of mDNS.
function hum() {
  context = context || new AudioContext();
  const destination = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: 880 });
  tone.connect(new GainNode(context, { gain: 0.25 })).connect(destination);
  tone.start();
  return destination.stream;
}

// Candidates by INFO (RFC 8840), which JsSIP leaves to its users: the offer has none, what is found is told once the call is up, all each time.
const trickling = { extraHeaders: ['Supported: trickle-ice', 'Recv-Info: trickle-ice'] };
function trickle(one) {
  const found = [];
  let up = false;
  let last = '';
  const tell = () => {
    const { sdp } = one.connection.localDescription;
    const of = (name) => sdp.match(new RegExp(`^a=${name}:.*$`, 'm'))[0].trim();
    const body = [of('ice-ufrag'), of('ice-pwd'), 'm=audio 9 RTP/AVP 0', of('mid'), ...found, ''].join('\r\n');
    if (!up || body === last) return;
    last = body;
    one.sendInfo('application/trickle-ice-sdpfrag', body, { extraHeaders: ['Info-Package: trickle-ice', 'Content-Disposition: Info-Package'] });
    say('told', found.length);
  };
  one.on('icecandidate', ({ candidate, ready }) => { found.push(`a=${candidate.candidate}`); ready(); });
  one.on('sdp', (e) => { if (e.originator === 'local' && e.type === 'offer') e.sdp = e.sdp.replace(/a=(candidate|end-of-candidates).*\r\n/g, ''); });
  one.on('confirmed', () => {
    up = true;
    one.connection.addEventListener('icecandidate', (e) => { if (e.candidate) found.push(`a=${e.candidate.candidate}`); tell(); });
    tell();
  });
}
function takes(one) {
  one.on('newInfo', ({ originator, info }) => {
    if (originator === 'local') info.on('succeeded', () => say('info taken'));
    if (originator === 'local' || info.contentType !== 'application/trickle-ice-sdpfrag') return;
    const mid = info.body.match(/^a=mid:(.*)$/m)[1].trim();
    info.body.match(/^a=candidate:.*$/gm).forEach((line) => {
      one.connection.addIceCandidate({ candidate: line.slice(2).trim(), sdpMid: mid }).then(() => say('added', line.trim()), (e) => say('not added', e.message));
    });
  });
}

async function figures() {
  const stats = await session.connection.getStats();
  const one = {};
  const all = [...stats.values()];
  all.forEach((each) => {
    if (each.type === 'inbound-rtp') Object.assign(one, { received: each.packetsReceived, lost: each.packetsLost, came: each.bytesReceived });
    if (each.type === 'outbound-rtp') Object.assign(one, { sent: each.packetsSent, went: each.bytesSent });
    if (each.type === 'remote-outbound-rtp') Object.assign(one, { theirs: each.bytesSent }); // as we report it
    if (each.type === 'transport') Object.assign(one, { dtls: each.dtlsState, version: each.tlsVersion, srtp: each.srtpCipher, role: each.dtlsRole, cipher: each.dtlsCipher });
    if (each.type === 'remote-inbound-rtp') Object.assign(one, { reported: each.packetsLost, rtt: each.roundTripTime });
    if (each.type === 'candidate-pair' && each.nominated) Object.assign(one, { pair: each.state });
  });
  one.dtls = one.dtls || session.connection.getSenders()[0].transport.state; // not among Firefox's figures
  one.codec = all.filter((each) => each.type === 'codec').map((each) => `${each.mimeType}/${each.clockRate}`).join('+');
  say('stats', Object.entries(one).map(([name, value]) => `${name}=${value}`).join(' '));
}

function took(one) {
  session = one;
  takes(one);
  dressed(one);
  dressed = () => {};
  one.on('peerconnection', ({ peerconnection }) => watch(peerconnection));
  if (one.connection) watch(one.connection);
  one.on('confirmed', () => say('confirmed'));
  one.on('hold', (h) => say('hold', h.originator));
  one.on('unhold', (h) => say('unhold', h.originator));
  one.on('newDTMF', (d) => d.originator === 'remote' && say('key', d.dtmf.tone));
  one.on('ended', (d) => say('ended', d.originator, d.cause));
  one.on('failed', (d) => say('failed', d.originator, d.cause));
  one.on('getusermediafailed', (e) => say('no microphone', e));
  one.on('peerconnection:setremotedescriptionfailed', (e) => say('sdp refused', e.message));
  one.on('sdp', (e) => say('sdp', e.originator, e.type, e.sdp.replace(/\r\n/g, '|')));
}

function watch(connection) {
  connection.addEventListener('track', (e) => { say('track', e.streams.length); listen(e.streams[0] || new MediaStream([e.track])); });
  connection.addEventListener('connectionstatechange', () => say('connection', connection.connectionState));
}

const ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(ACCOUNT.uri)], uri: `sip:${ACCOUNT.user}@${ACCOUNT.host}`,
  password: ACCOUNT.password, register: true, register_expires: 60, session_timers: true });
ua.on('registered', () => say('registered'));
ua.on('registrationFailed', (e) => say('registration failed', e.cause));
ua.on('newRTCSession', (e) => {
  took(e.session);
  say(e.originator === 'remote' ? `called by ${e.request.from.uri.user}` : 'calling');
  if (e.originator === 'remote') e.session.answer({ ...options, ...trickling });
});
ua.start();

function command(line) {
  const [word, ...rest] = line.split(' ');
  try {
    if (word === 'call') ua.call(rest[0], options);
    else if (word === 'hum') ua.call(rest[0], { ...options, mediaStream: hum() });
    else if (word === 'relay') options.pcConfig = { iceServers: [{ urls: rest[0], username: rest[1], credential: rest[2] }], iceTransportPolicy: 'relay' };
    else if (word === 'trickle') {
      dressed = trickle;
      ua.call(rest[0], { ...options, ...trickling });
    } else if (word === 'video') { // and words
      dressed = (one) => one.connection.createDataChannel('words');
      ua.call(rest[0], { ...options, mediaConstraints: { audio, video: true } });
    } else if (word === 'below') { // the sound below a picture, on whose port it relies
      dressed = (one) => one.connection.addTransceiver('video', { direction: 'recvonly' });
      ua.call(rest[0], { ...options, pcConfig: { ...options.pcConfig, bundlePolicy: 'max-bundle' } });
    } else if (word === 'restart') session.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, () => say('restarted'));
    else if (word === 'dtmf') session.sendDTMF(rest[0], { transportType: 'RFC2833' });
    else if (word === 'hold') session.hold({}, () => say('held'));
    else if (word === 'unhold') session.unhold({}, () => say('resumed'));
    else if (word === 'stats') figures();
    else if (word === 'hangup') session.terminate();
  } catch (error) { say('error', line, error.message); }
}
