// JsSIP outside a browser: its signalling is the real thing, its RTCPeerConnection a stand-in whose sound comes back from an RTP echo.
// node --experimental-websocket jssip.js MODULES WS-URI USER HOST RTP-PORT: registers, answers every call, prints a line per event, and
// takes commands from standard input: call URI, message URI TEXT, dtmf KEYS, hold, unhold, hangup, quit.
'use strict';
const [modules, uri, user, host, rtp] = process.argv.slice(2);
const say = (...words) => console.log(words.join(' '));

class PeerConnection extends EventTarget {
  constructor() { super(); this.iceGatheringState = 'complete'; this.iceConnectionState = 'connected'; this.signalingState = 'stable'; this.version = 0; }
  describe(type) {
    this.version += 1;
    const sdp = ['v=0', `o=jssip 1 ${this.version} IN IP4 127.0.0.1`, 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', `m=audio ${rtp} RTP/AVP 0 101`,
      'a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000', 'a=sendrecv', ''].join('\r\n');
    return Promise.resolve({ type, sdp });
  }
  createOffer() { return this.describe('offer'); }
  createAnswer() { return this.describe('answer'); }
  setLocalDescription(description) {
    this.localDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    return Promise.resolve();
  }
  setRemoteDescription(description) {
    if (!/^m=audio /m.test(description.sdp)) return Promise.reject(new Error('no audio'));
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    return Promise.resolve();
  }
  getSenders() { return []; }
  getLocalStreams() { return []; }
  addTrack() { }
  close() { this.signalingState = 'closed'; }
}
globalThis.window = globalThis;
globalThis.RTCPeerConnection = PeerConnection;
globalThis.RTCSessionDescription = class { constructor(init) { Object.assign(this, init); } };
const JsSIP = require(`${modules}/jssip`);

const none = { getTracks: () => [], getAudioTracks: () => [], getVideoTracks: () => [] };
const media = { mediaStream: none, mediaConstraints: { audio: false, video: false } };
const ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(uri)], uri: `sip:${user}@${host}`, password: `secret-${user}`,
  register: true, register_expires: 60, session_timers: true });
let session;
ua.on('connected', () => say('connected'));
ua.on('registered', () => say('registered'));
ua.on('registrationFailed', (e) => say('registration failed', e.cause));
ua.on('newMessage', (e) => e.originator === 'remote' && say('message', e.message.remote_identity.uri.user, e.request.body));
ua.on('newRTCSession', (e) => {
  session = e.session;
  say(e.originator === 'remote' ? `called by ${e.request.from.uri.user}` : 'calling');
  session.on('confirmed', () => say('confirmed'));
  session.on('hold', (h) => say('hold', h.originator));
  session.on('unhold', (h) => say('unhold', h.originator));
  session.on('newDTMF', (d) => d.originator === 'remote' && say('key', d.dtmf.tone));
  session.on('ended', (d) => say('ended', d.originator, d.cause));
  session.on('failed', (d) => say('failed', d.originator, d.cause));
  if (e.originator === 'remote') session.answer(media);
});
ua.start();

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [command, ...rest] = line.split(' ');
  try {
    if (command === 'call') ua.call(rest[0], media);
    else if (command === 'message') ua.sendMessage(rest[0], rest.slice(1).join(' '), { eventHandlers: { succeeded: () => say('message taken') } });
    else if (command === 'dtmf') session.sendDTMF(rest[0], { transportType: 'INFO' });
    else if (command === 'hold') session.hold({}, () => say('held'));
    else if (command === 'unhold') session.unhold({}, () => say('resumed'));
    else if (command === 'hangup') session.terminate();
    else if (command === 'quit') { ua.stop(); setTimeout(() => process.exit(0), 500); }
  } catch (error) { say('error', command, error.message); }
});
