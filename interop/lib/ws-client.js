// A client of RFC 7118 that calls whom it finds behind a WebSocket, byte by byte over a socket, as a browser would.
// node ws-client.js URI ORIGIN [RTP-PORT]: prints the first line of each message; ends when it was hung up on.
'use strict';
const net = require('net');
const crypto = require('crypto');

const url = new URL(process.argv[2]);
const rtp = process.argv[4] || '4000';
const host = crypto.randomBytes(6).toString('hex') + '.invalid';
const key = crypto.randomBytes(16).toString('base64');
const socket = net.connect(Number(url.port), url.hostname);
let input = Buffer.alloc(0);
let open = false;

setTimeout(() => { console.log('no end within 20 s'); process.exit(1); }, 20000);
socket.on('connect', () => socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\n`
  + `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n`
  + `Origin: ${process.argv[3]}\r\n\r\n`));
socket.on('close', () => process.exit(0));
socket.on('data', (data) => {
  input = Buffer.concat([input, data]);
  const end = open ? -1 : input.indexOf('\r\n\r\n');
  if (!open && end >= 0) {
    console.log(input.toString('latin1').split('\r\n')[0]);
    if (!input.toString('latin1').startsWith('HTTP/1.1 101')) process.exit(1);
    input = input.subarray(end + 4);
    open = true;
    invite();
  }
  while (open && input.length >= 2) {
    let length = input[1] & 127;
    let head = 2;
    if (length === 126) { if (input.length < 4) return; length = input.readUInt16BE(2); head = 4; }
    if (input.length < head + length) return;
    const opcode = input[0] & 15;
    const payload = input.subarray(head, head + length);
    input = input.subarray(head + length);
    if (opcode === 9) frame(10, payload);
    else if (opcode === 8) socket.end();
    else if (opcode === 1 || opcode === 2) message(payload.toString());
  }
});

function frame(opcode, payload) {
  const mask = crypto.randomBytes(4);
  const head = payload.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | payload.length])
    : Buffer.from([0x80 | opcode, 0xFE, payload.length >> 8, payload.length & 255]);
  socket.write(Buffer.concat([head, mask, Buffer.from(payload.map((byte, i) => byte ^ mask[i % 4]))]));
}

const send = (text) => frame(1, Buffer.from(text));
const branch = () => 'z9hG4bK' + crypto.randomBytes(8).toString('hex');
const common = (method, to) => `Via: SIP/2.0/WS ${host};branch=${branch()}\r\nMax-Forwards: 70\r\n`
  + `From: <sip:bob@example.com>;tag=n1\r\nTo: ${to}\r\nCall-ID: node-${key.slice(0, 8).replace(/[^a-z0-9]/gi, 'x')}\r\nCSeq: 1 ${method}\r\n`;

function invite() {
  const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtp} RTP/AVP 0\r\n`;
  send(`INVITE sip:1001@${url.hostname} SIP/2.0\r\n` + common('INVITE', `<sip:1001@${url.hostname}>`)
    + `Contact: <sip:bob@${host};transport=ws>\r\nContent-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`);
}

function message(text) {
  console.log(text.split('\r\n')[0]);
  const header = (name) => (text.match(new RegExp(`^${name}: *(.*)$`, 'mi')) || [])[1];
  if (/^SIP\/2.0 2.. /.test(text) && /INVITE/.test(header('CSeq'))) {
    const target = header('Contact').match(/<([^>]*)>/)[1];
    console.log('contact ' + target);
    send(`ACK ${target} SIP/2.0\r\n` + common('ACK', header('To')) + 'Content-Length: 0\r\n\r\n');
  } else if (text.startsWith('BYE ')) {
    send('SIP/2.0 200 OK\r\n' + ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(name)}\r\n`).join('')
      + 'Content-Length: 0\r\n\r\n');
    setTimeout(() => socket.end(), 300);
  }
}
