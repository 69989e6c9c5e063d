package io.earshot.sdk.internal.media;

import io.earshot.api.CallPath;
import io.earshot.api.CallQuality;
import io.earshot.api.audio.MediaFeed.Side;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.AudioSender;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpEvent;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The RTP stream of a call. The order of its stages, in one place:
 *
 * <pre>
 * receive: socket > RtpSession (validate, latch, count) > CallKeys (events) > AudioReceiver (jitter buffer, decode, conceal)
 *          > CallKeys (tones) > bridge
 * send:    bridge > CallKeys (tones, events) > AudioSender (encode, packetise) > socket
 * </pre>
 *
 * <p>Confined to the media loop; allocates nothing per packet.
 */
final class MediaStream implements MediaEngine.Timed {
    private static final int RTCP_ROOM = 700;
    /** The fixed payload type of comfort noise: gateways send it without having been offered any. */
    private static final int NOISE = 13;

    private final MediaEngine engine;
    private final PortAllocator.Pair sockets;
    private final RtpSession session;
    private final RtpSettings settings;
    private final CallKeys keys;
    private final List<AudioCodec> open = new ArrayList<>();
    private final byte[] rtcp = new byte[RTCP_ROOM];
    private final ByteBuffer rtcpBuffer = ByteBuffer.wrap(rtcp);
    private byte[] packet = new byte[0];
    private ByteBuffer packetBuffer = ByteBuffer.wrap(packet);
    private PacketTaps taps = new PacketTaps();
    private AudioReceiver receiver;
    private AudioSender sender;
    private final SendExtras extras = new SendExtras();
    private final LossControl losses;
    private State state = State.IDLE;
    private boolean routed;
    private long receivingSince;
    private long leftOut;
    private Optional<NegotiatedAudio> agreed = Optional.empty();

    /** What may flow. */
    private record State(boolean sending, boolean receiving, boolean held) {
        static final State IDLE = new State(false, false, false);
    }

    MediaStream(MediaEngine engine, PortAllocator.Pair sockets, IdSource ids, NtpTime ntp, RtpSettings settings, CallKeys keys, long now) {
        this(engine, sockets, Optional.empty(), ids, ntp, settings, keys, now);
    }

    /** Makes a stream over a way that keeps what was sent. */
    MediaStream(MediaEngine engine, PortAllocator.Pair sockets, Optional<MediaPath> path, IdSource ids, NtpTime ntp, RtpSettings settings,
            CallKeys keys, long now) {
        this.engine = engine;
        this.sockets = sockets;
        this.session = new RtpSession(RtpSessionConfig.forCall(ids.token(96)).withKeepAlive(settings.keepAlive().toNanos()), ids, ntp,
                now);
        this.losses = new LossControl(session, path);
        this.settings = settings;
        this.keys = keys;
        this.receivingSince = now;
        this.leftOut = engine.skippedFrames();
    }

    /** Tells whether packets find their way whatever address they go to, as from the next {@link #apply}. */
    void routed(boolean way) {
        routed = way;
    }

    /** Sends and receives as negotiated from now on. */
    void apply(NegotiatedAudio audio, InetSocketAddress rtp, InetSocketAddress remoteRtcp, boolean held, long now) {
        if (agreed.isEmpty() || !agreed.get().codecs().equals(audio.codecs()) || agreed.get().sendPtime() != audio.sendPtime()
                || !agreed.get().companions().equals(audio.companions())) {
            openCodecs(audio);
        }
        agreed = Optional.of(audio);
        session.negotiated(rtp, remoteRtcp);
        session.rtcpMux(audio.rtcpMux());
        boolean nowhere = !routed && MediaPath.isNowhere(rtp);
        boolean deaf = !state.receiving;
        state = new State(audio.direction().sends() && !nowhere, audio.direction().receives(), held);
        if (deaf && state.receiving) {
            receiver.reset();
            receivingSince = now;
        }
        leftOut = engine.skippedFrames();
        losses.apply(audio, receiver, now);
        keys.negotiated(session.sender(), audio.telephoneEvent(), state.sending, sender.sampleRate(), receiver.sampleRate());
        if (state.sending) {
            sender.resume(now);
        } else {
            sender.pause(now);
        }
    }

    private void openCodecs(NegotiatedAudio audio) {
        List<AudioCodec> old = List.copyOf(open);
        open.clear();
        List<PayloadFormat> incoming = new ArrayList<>();
        PayloadTypes types = PayloadTypes.none();
        for (NegotiatedAudio.Codec codec : audio.codecs()) {
            incoming.add(new PayloadFormat(codec.receivePayloadType(), codec.descriptor(), opened(codec)));
            types = types.with(codec.receivePayloadType(), codec.descriptor().rtpClockRate());
        }
        if (audio.telephoneEvent().isPresent()) {
            for (var entry : audio.telephoneEvent().get().receivedTypes().entrySet()) {
                types = types.with(entry.getKey(), entry.getValue());
            }
        }
        session.payloadTypes(SendExtras.types(audio, types.with(NOISE, 8000)));
        if (receiver == null) {
            receiver = new AudioReceiver(StreamFigures.jitter(settings.playout()), MediaEngine.FRAME_MILLIS, incoming);
        } else {
            receiver.formats(incoming);
        }
        receiver.conceal(settings.concealment());
        receiver.comfortNoise(audio.companions().comfortNoise().map(NegotiatedAudio.Mapping::receivePayloadType).orElse(NOISE));
        receiver.redundancy(audio.companions().redundancy().map(NegotiatedAudio.Mapping::receivePayloadType).orElse(-1));
        NegotiatedAudio.Codec best = audio.codec();
        PayloadFormat outgoing = new PayloadFormat(best.sendPayloadType(), best.descriptor(), opened(best));
        if (sender == null) {
            sender = new AudioSender(session.sender(), outgoing, audio.sendPtime());
        } else {
            sender.switchTo(outgoing, audio.sendPtime());
        }
        SendExtras.apply(audio, sender);
        packet = new byte[sender.maxPacket()];
        packetBuffer = ByteBuffer.wrap(packet);
        old.forEach(AudioCodec::close);
    }

    private AudioCodec opened(NegotiatedAudio.Codec codec) {
        AudioCodec made = codec.provider().open(codec.descriptor(), codec.localParameters(), codec.remoteParameters());
        open.add(made);
        return made;
    }

    int receiveRate() {
        return receiver == null ? 8000 : receiver.sampleRate();
    }

    int sendRate() {
        return sender == null ? 8000 : sender.sampleRate();
    }

    /** Tells whether we hold the peer: it hears silence. */
    boolean isHeld() {
        return state.held;
    }

    /** Shows packets as they come and go. */
    void show(PacketTaps observers) {
        taps = observers;
    }

    /** Takes a datagram of either socket. */
    void received(InetSocketAddress source, ByteBuffer datagram, long now) {
        ReceiveVerdict verdict = session.receive(datagram.array(), datagram.arrayOffset() + datagram.position(), datagram.remaining(),
                source, now);
        if (verdict == ReceiveVerdict.RTCP) {
            losses.repeat();
        }
        if (receiver == null || !state.receiving) {
            return;
        }
        if (losses.isDue(now)) {
            report(session.poll(rtcp, 0, now));
        }
        if (verdict == ReceiveVerdict.ACCEPTED || verdict == ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
            for (RtpEvent event = session.pollEvent(); event != RtpEvent.NONE; event = session.pollEvent()) {
                if (event == RtpEvent.REMOTE_SSRC_CHANGED) {
                    receiver.reset();
                    keys.reset();
                }
            }
            if (!keys.take(session.packet(), now)) {
                if (session.isRepair()) {
                    receiver.onRepeat(session.packet(), now);
                } else {
                    receiver.onPacket(session.packet(), now);
                }
                taps.show(Side.INCOMING, datagram.array(), datagram.arrayOffset() + datagram.position(), datagram.remaining());
            }
        }
    }

    /** Gives one frame of what the peer says. */
    boolean read(short[] frame) {
        if (receiver == null || !state.receiving) {
            return false;
        }
        receiver.read(engine.now(), frame, 0);
        keys.listen(frame, receiver.sampleRate() / 1000 * MediaEngine.FRAME_MILLIS, engine.now());
        return true;
    }

    /** Puts the tones of keys into the place of what the peer is to hear, if any are sent, and tells whether that is so. */
    boolean speak(short[] frame, int samples) {
        return sender != null && state.sending && keys.speak(frame, samples);
    }

    /** Takes one frame of what the peer is to hear. */
    void write(short[] frame, int samples) {
        if (sender == null || !state.sending) {
            return;
        }
        followStalls();
        if (keys.isTelling()) {
            tell();
            return;
        }
        sender.resume(engine.now());
        sender.write(frame, 0, samples);
        InetSocketAddress peer = session.remoteRtp().orElse(null);
        for (int length = sender.next(packet, 0, engine.now()); length > 0; length = sender.next(packet, 0, engine.now())) {
            taps.show(Side.OUTGOING, packet, 0, length);
            if (peer != null) {
                packetBuffer.clear().limit(length);
                sockets.rtp().send(peer, packetBuffer);
            }
        }
    }

    /** What the engine left out after a stall took its time all the same. */
    private void followStalls() {
        int frames = (int) (engine.skippedFrames() - leftOut);
        leftOut = engine.skippedFrames();
        if (frames > 0) {
            sender.leaveOut(frames * MediaEngine.FRAME_MILLIS);
        }
    }

    /** Sends packets of silence at once, before any frame; tells whether the peer may be sent to. */
    boolean sendSilence(int packets) {
        if (sender == null || !state.sending) {
            return false;
        }
        short[] silence = new short[sender.sampleRate() * agreed.orElseThrow().sendPtime() / 1000];
        for (int sent = 0; sent < packets; sent++) {
            write(silence, silence.length);
        }
        return true;
    }

    /** Tells whether any packet of RTP went out. */
    boolean hasSent() {
        return session.sender().packets() > 0;
    }

    /** Lets the time of a frame go by without sending it; a telephone event is sent all the same. */
    void skip() {
        if (sender != null && state.sending) {
            followStalls();
            if (keys.isTelling()) {
                tell();
            }
            sender.pause(engine.now());
        }
    }

    /** Sends what is due of a telephone event; the timestamp of the audio goes on meanwhile. */
    private void tell() {
        long now = engine.now();
        InetSocketAddress peer = session.remoteRtp().orElse(null);
        while (keys.isTelling()) {
            int length = keys.next(packet, sender.mediaTicks(), now);
            sender.pause(now);
            if (length == 0) {
                break;
            }
            if (peer != null) {
                packetBuffer.clear().limit(length);
                sockets.rtp().send(peer, packetBuffer);
            }
        }
        if (!keys.isTelling()) {
            sender.resume(now);
        }
    }

    @Override
    public long onTime(long now) {
        if (now >= session.deadline()) {
            if (settings.extendedReports() && receiver != null) {
                session.voipMetrics(receiver.figures(), receiver.bursts(), agreed.orElseThrow().receivePtime());
            }
            report(session.poll(rtcp, 0, now));
            send(sockets.rtp(), session.remoteRtp(), session.pollKeepAlive(rtcp, 0, now));
        }
        if (receiver != null) {
            extras.adapt(session, sender);
            losses.follow(receiver, now);
        }
        return Math.max(session.deadline(), now + Ticker.MILLISECOND);
    }

    private void report(int length) {
        if (settings.rtcp()) {
            send(session.isRtcpMux() ? sockets.rtp() : sockets.rtcp(), session.remoteRtcp(), length);
        }
    }

    private void send(MediaSocket socket, Optional<InetSocketAddress> peer, int length) {
        if (length > 0 && peer.isPresent() && peer.get().getPort() != 0) {
            rtcpBuffer.clear().limit(length);
            socket.send(peer.get(), rtcpBuffer);
        }
    }

    CallQuality quality(CallPath way) {
        QualityFigures now = new QualityFigures();
        measure(now, way);
        return now.read();
    }

    /** Measures how it sounds, once there is something to hear. */
    void measure(QualityFigures into, CallPath way) {
        if (receiver != null) {
            into.measure(session.figures(receiver.figures()), session.peerFigures(), receiver.figures(), session.repairs(), way);
        }
    }

    /** Returns for how many nanoseconds nothing has come of a peer that is to send. */
    long silentFor(long now) {
        long last = Math.max(receivingSince, Math.max(session.lastRtpReceived(), session.lastRtcpReceived()));
        return state.receiving ? now - last : 0;
    }

    /** Tells whether any sound ever came. */
    boolean everHeard() {
        return session.lastRtpReceived() >= 0;
    }

    /** Says goodbye by RTCP and closes sockets and codecs. */
    void close(long now) {
        report(session.leave(rtcp, 0, now));
        sockets.close();
        keys.end();
        open.forEach(AudioCodec::close);
        open.clear();
        receiver = null;
        sender = null;
        state = State.IDLE;
    }
}
