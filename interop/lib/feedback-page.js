// More of the web phone: lost packets of sound are asked for, and its media goes by a relay that loses some. Stands behind browser-page.js.
// Commands: relay FIRST SECOND (ports of lossy.py, this side of it and the other), losses. Chromium repeats sound only for pages that write so into their descriptions.
const relay = {};
const nack = (sdp) => sdp.replace(/a=rtpmap:(\d+) (opus\/48000\/2|PCMU\/8000)\r\n/g, '$&a=rtcp-fb:$1 nack\r\n');
const by = (sdp, port) => sdp.replace(/(a=candidate:\S+ 1 udp \d+) \S+ \d+/gi, `$1 127.0.0.1 ${port}`).replace(/m=audio \d+/, `m=audio ${port}`)
  .replace(/a=candidate:\S+ \d (tcp|TCP)[^\r]*\r\n/g, '').replace(/c=IN IP4 \S+/g, 'c=IN IP4 127.0.0.1');

const setLocal = RTCPeerConnection.prototype.setLocalDescription;
RTCPeerConnection.prototype.setLocalDescription = function (description) {
  return setLocal.call(this, { type: description.type, sdp: nack(description.sdp) });
};

ua.on('newRTCSession', (e) => e.session.on('sdp', (each) => {
  if (relay.near) each.sdp = by(each.sdp, each.originator === 'local' ? relay.far : relay.near);
}));

async function losses() {
  const all = [...(await session.connection.getStats()).values()];
  const into = all.find((each) => each.type === 'inbound-rtp');
  const out = all.find((each) => each.type === 'outbound-rtp');
  say('losses', `asked=${into.nackCount}`, `lost=${into.packetsLost}`, `received=${into.packetsReceived}`,
    `wanted=${out.nackCount}`, `repeated=${out.retransmittedPacketsSent}`, `sent=${out.packetsSent}`);
}

const plain = command;
command = (line) => { // eslint-disable-line no-func-assign
  const [word, ...rest] = line.split(' ');
  if (word === 'relay') Object.assign(relay, { near: rest[0], far: rest[1] });
  else if (word === 'losses') losses();
  else plain(line);
};
