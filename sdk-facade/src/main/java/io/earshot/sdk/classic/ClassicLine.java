package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Encryption;
import io.earshot.api.CallPath;
import io.earshot.api.CallQuality;
import io.earshot.api.CallRecord;
import io.earshot.api.IncomingCall;
import io.earshot.api.calls.HoldMode;
import io.earshot.sdk.classic.Notification.Endpoint;
import io.earshot.sdk.internal.loop.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One call under its line number: turns its events into notifications. Its events come one at a time. */
final class ClassicLine {
    private static final int MOVED = 302;
    /** Calls that last longer have their counters in the log (B-160). */
    private static final Duration COUNTED_FROM = Duration.ofSeconds(7);

    private final ClassicPhone phone;
    private final int number;
    private final Call call;
    private final Optional<IncomingCall> incoming;
    private final String peer;
    private final ClassicMute mute = new ClassicMute();
    private final Published<Optional<Instant>> connected = new Published<>(Optional.empty());
    private final Published<Optional<HoldMode>> holdMode = new Published<>(Optional.empty());
    private final Published<String> codec = new Published<>("");
    private final Published<String> because = new Published<>("");
    private final Published<Boolean> hungUp = new Published<>(false);
    /** When the last event was: the clock of this line. */
    private final Published<Instant> now = new Published<>(Instant.EPOCH);

    ClassicLine(ClassicPhone phone, int number, Call call, Optional<IncomingCall> incoming) {
        this.phone = phone;
        this.number = number;
        this.call = call;
        this.incoming = incoming;
        this.peer = userOf(call.remote().address());
    }

    int number() {
        return number;
    }

    Call call() {
        return call;
    }

    Optional<IncomingCall> incoming() {
        return incoming;
    }

    ClassicMute mute() {
        return mute;
    }

    /** Returns the codec with its rate, as {@code PCMU/8000}; empty before there is one. */
    String codec() {
        return codec.get();
    }

    /** Returns how we hold the call, if we do. */
    Optional<HoldMode> holdMode() {
        return holdMode.get();
    }

    void holdMode(Optional<HoldMode> way) {
        holdMode.set(way);
    }

    /** Returns the user part of the peer's address. */
    String peer() {
        return peer;
    }

    /** Returns when the call was connected; empty before. */
    Optional<Instant> connected() {
        return connected.get();
    }

    /** Returns for how long the call has been connected. */
    long seconds() {
        return connected.get().map(since -> Duration.between(since, now.get()).toSeconds()).orElse(0L);
    }

    void on(CallEvent event) {
        now.set(event.header().time());
        if (event instanceof CallEvent.Started started) {
            onStarted(started);
        } else if (event instanceof CallEvent.Ringing ringing) {
            status(ClassicTones.word(phone.parameters(), ringing.status()));
            phone.calls().onRinging(this, ringing.earlyMedia());
            phone.send(Notification.status("Ringing..."));
        } else if (event instanceof CallEvent.Answered) {
            onAnswered();
        } else if (event instanceof CallEvent.Held) {
            status("Hold");
        } else if (event instanceof CallEvent.Resumed) {
            say();
        } else if (event instanceof CallEvent.Quality news) {
            onQuality(news.quality());
        } else if (event instanceof CallEvent.TransferProgress || event instanceof CallEvent.Transferred
                || event instanceof CallEvent.TransferFailed || event instanceof CallEvent.TransferRequested) {
            onTransfer(event);
        } else if (event instanceof CallEvent.ReplacedBy replaced) {
            phone.parts().lines().adopt(ClassicPhone.CURRENT, replaced.call(), Optional.empty());
        } else if (event instanceof CallEvent.Dtmf key) {
            phone.send(new Notification(1, List.of("DTMF", Integer.toString(number), String.valueOf(key.key()))));
        } else if (event instanceof CallEvent.DtmfFellBack other) {
            phone.send(info("WARNING", ClassicKeys.fallBack(other)));
        } else if (event instanceof CallEvent.Info info) {
            phone.send(info("REC", info.body()));
        } else if (event instanceof CallEvent.Warning warning) {
            phone.send(Notification.event("WARNING", warning.failure().sentence()));
        } else if (event instanceof CallEvent.MediaMissing) {
            phone.send(Notification.event("WARNING", "media timeout (notify)"));
        } else if (event instanceof CallEvent.MediaChanged media) {
            codec.set(media.codec());
            phone.send(Notification.log("media " + media.codec() + " " + media.local() + " to " + media.remote()
                    + (media.sending() ? " sending" : "") + (media.receiving() ? " receiving" : "")));
        } else if (event instanceof CallEvent.EncryptionChanged change) {
            phone.send(Notification.log("media " + change.encryption().map(how -> "encrypted " + how.suite() + " by " + how.keys()
                    + words(how))
                    .orElse("in clear")));
        } else if (event instanceof CallEvent.PathChanged change) {
            phone.send(Notification.log("media path " + change.path().name() + " to " + change.path().peer()));
        } else if (event instanceof CallEvent.Ended ended) {
            onEnded(ended);
        }
    }

    /** Returns what tells of keys and INFO: OK, ERROR, REC. */
    Notification info(String type, String text) {
        return new Notification(1, List.of("INFO", type, Integer.toString(number), peer, text));
    }

    private void onStarted(CallEvent.Started started) {
        status("CallSetup", CallQuality.NONE);
        if (started.direction() == Call.Direction.INCOMING) {
            status("Ringing");
            phone.send(Notification.status("Incoming..."));
        } else {
            status("Routed");
            phone.parts().silence().onDialled(this);
            status("InProgress");
            phone.send(Notification.status("Calling..."));
        }
    }

    private void onAnswered() {
        connected.set(Optional.of(now.get()));
        status("CallConnect", call.quality());
        status("Speaking");
        phone.send(Notification.status("Speaking (0 sec)"));
        phone.calls().onConnected(this);
    }

    private void onTransfer(CallEvent event) {
        status("Midcall");
        if (event instanceof CallEvent.TransferProgress progress) {
            phone.send(Notification.event("EVENT", "transfer progress: " + progress.status() + " " + progress.reason().replace(',', ';')));
        } else if (event instanceof CallEvent.Transferred done) {
            because("transfer done");
            phone.send(Notification.event("EVENT", "transfer done: " + done.status()));
        } else if (event instanceof CallEvent.TransferFailed failed) {
            because("");
            phone.send(Notification.event("WARNING", "transfer fail: " + failed.failure().sentence()));
            if (phone.parameters().number("checksubscriptionstate") == 1) {
                call.hangup();
            }
        } else if (event instanceof CallEvent.TransferRequested asked) {
            because("refer received");
            phone.send(Notification.event("EVENT", "transfer to " + asked.target() + " asked for by the peer"));
        }
    }

    /** What the users are to read to each other, where the keys came by ZRTP. */
    private static String words(Encryption how) {
        return how.shortString().map(text -> (how.verified() ? ", compared: " : ", compare: ") + text).orElse("");
    }

    private void onEnded(CallEvent.Ended ended) {
        CallRecord record = ended.record();
        CallQuality quality = record.quality().orElse(CallQuality.NONE);
        status("CallDisconnect", quality);
        phone.send(Notification.status("Call Finished"));
        boolean forwarded = incoming.isPresent() && record.status() == MOVED && because.get().isEmpty();
        String reason = ReasonText.of(ended, forwarded ? "forwardnonoanswer" : because.get(), ReasonText.told(call.details()))
                .replace(',', ';');
        phone.send(cdr(number, record, reason));
        status("Finishing");
        ended.failure().ifPresent(failure -> phone.send(Notification.event("WARNING", failure.sentence())));
        phone.send(Notification.event("EVENT", "Call duration: " + record.duration().toSeconds() + " sec [ep: " + number + " "
                + record.callId() + "]"));
        if (record.duration().compareTo(COUNTED_FROM) > 0) {
            phone.send(stat(quality));
        }
        phone.send(rtp(quality));
        record.quality().map(CallQuality::path).ifPresent(path -> phone.send(way(path)));
        record.quality().map(CallQuality::repair).flatMap(ClassicLine::repairs).ifPresent(phone::send);
        far(quality).ifPresent(phone::send);
        phone.parts().measurement().onFinished(this, quality);
        if (incoming.isEmpty()) {
            phone.running().ifPresent(on -> on.presence().get().called(peer, phone.parts().people().knows(peer)));
        }
        boolean missed = incoming.isPresent() && !record.answered() && ended.by() == CallEvent.Side.REMOTE
                && !call.details().isAnsweredElsewhere();
        if (missed) {
            phone.send(Notification.popup("Missed call from " + peer));
        }
        phone.parts().lines().onFinished(this, record, reason);
        status("Finished");
    }

    /** Which way the sound of a call that is over went, and what was not let in. */
    static Notification way(CallPath path) {
        CallPath.Refused refused = path.refused();
        return Notification.log("media path was " + path.name() + ", refused: " + refused.strangers() + " of strangers, "
                + refused.unprotected() + " unprotected, " + refused.stun() + " of stun, " + refused.handshake() + " of dtls, "
                + refused.malformed() + " malformed");
    }

    /** Packets of a call that is over that were asked for and repeated; empty if none were. */
    static Optional<Notification> repairs(CallQuality.Repair repair) {
        return repair.equals(CallQuality.Repair.NONE) ? Optional.empty() : Optional.of(Notification.log("lost packets: asked for "
                + repair.requested() + ", " + repair.repaired() + " came; repeated for the peer " + repair.repeated()));
    }

    /** How the peer of a call that is over heard us, by its RTCP; empty if none came that answers ours. */
    static Optional<Notification> far(CallQuality quality) {
        return quality.roundTrip().isZero() ? Optional.empty() : Optional.of(Notification.log("reports of the peer: round trip "
                + quality.roundTrip().toNanos() / 1000 + " us, " + Math.round(quality.far().lossPercent()) + "% lost"));
    }

    /** The counters of a call that is over. */
    static Notification stat(CallQuality quality) {
        return Notification.event("EVENT", "rtp stat: sent " + quality.packetsSent() + " rec " + quality.packetsReceived() + " loss "
                + quality.packetsLost() + " " + Math.round(quality.lossPercent()) + "%");
    }

    /** The counters of a call that is over, as the log has them; there is one way for packets, and no server counts them. */
    private static Notification rtp(CallQuality quality) {
        String sent = Long.toString(quality.packetsSent());
        return Notification.log("RTP", "RTP: sent " + sent + " lasts: 0 (p2p: 0 sdp: 0 rrp: " + sent + " tnl: 0), rec: "
                + quality.packetsReceived() + " lastr: 0, loss: " + quality.packetsLost() + " " + Math.round(quality.lossPercent())
                + "%, cpu: 0.0%, cpurel: 0.0% (0.0), srvsent: 0 srvrec: 0 srvloss: 0 0%");
    }

    /** Returns the CDR line of a call that is over. */
    static Notification cdr(int line, CallRecord record, String reason) {
        boolean outgoing = record.direction() == Call.Direction.OUTGOING;
        String local = userOf(record.local());
        String peer = userOf(record.remote());
        int party = switch (record.endedBy()) {
            case LOCAL -> 1;
            case REMOTE -> 2;
            case NETWORK -> 3;
        };
        return Notification.cdr(List.of(Integer.toString(line), peer, outgoing ? local : peer, outgoing ? peer : local,
                hostOf(record.remote()), Long.toString(record.setup().toMillis()), Long.toString(record.duration().toMillis()),
                Integer.toString(party), reason, "[" + record.callId() + "]"));
    }

    /** Tells why the call is about to end, in the words of its CDR. */
    void because(String why) {
        because.set(why);
    }

    /** Our user ends the call. */
    void hungUp() {
        hungUp.set(true);
    }

    /** The phone stops, which ends what nobody has ended yet. */
    void destroyed() {
        if (!hungUp.get() && call.state() != Call.State.ENDED) {
            because("endpoint destroy");
        }
    }

    /** Says again how a connected call stands (B-205). */
    void say() {
        status(text());
    }

    /** Returns the state of the call as STATUS has it. */
    String text() {
        return switch (call.state()) {
            case DIALLING -> "InProgress";
            case RINGING -> "Ringing";
            case ESTABLISHED -> phone.parts().lines().hold(this) != 0 ? "Hold" : mute.mark() != 0 ? "Muted" : "Speaking";
            case ENDED -> "Finished";
        };
    }

    private void onQuality(CallQuality quality) {
        say();
        phone.parts().reports().onQuality(this, quality);
    }

    /** Says how the call stands, with its counters. */
    void sayWithMedia() {
        status(text(), call.quality());
    }

    private void status(String text) {
        phone.send(Notification.status(number, text, endpoint(), phone.parts().lines().flags(), phone.parts().lines().marks(this)));
    }

    private void status(String text, CallQuality quality) {
        phone.send(Notification.status(number, text, endpoint(), phone.parts().lines().flags(), phone.parts().lines().marks(this))
                .withMedia(quality.packetsSent(), quality.packetsReceived(), quality.packetsLost(), quality.lossPercent()));
    }

    private Endpoint endpoint() {
        return new Endpoint(peer, userOf(call.account().address()), call.direction() == Call.Direction.OUTGOING ? 1 : 2,
                call.remote().displayName().replace(',', ' '), call.callId());
    }

    /** Returns the user part of a SIP URI, or the host when it has none. */
    static String userOf(String uri) {
        int start = uri.indexOf(':') + 1;
        int at = uri.indexOf('@');
        return at > start ? uri.substring(start, at) : hostOf(uri);
    }

    /** Returns host and port of a SIP URI. */
    static String hostOf(String uri) {
        int start = uri.indexOf('@') >= 0 ? uri.indexOf('@') + 1 : uri.indexOf(':') + 1;
        int end = uri.indexOf(';', start);
        return end < 0 ? uri.substring(start) : uri.substring(start, end);
    }
}
