package io.earshot.srtp.guard;

import io.earshot.rtp.secure.PacketGuard;
import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpReceiver;
import io.earshot.srtp.SrtpSender;
import io.earshot.srtp.SrtpVerdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Both directions of a stream under what was agreed last. A sender stays known after its suite was left: should a fork or a later offer
 * come back to it and to its key, its indices go on, so that no key stream is used twice.
 */
public final class StreamGuard implements PacketGuard {
    private final Map<SrtpParameters, Sending> senders = new HashMap<>();
    private StreamKeys agreed;
    private SrtpSender sender;
    private SrtpReceiver receiver;

    private record Sending(SrtpSender sender, SrtpMasterKey key) { }

    private StreamGuard(StreamKeys first) {
        agreed = first;
        sender = sender(first);
        receiver = receiver(first);
    }

    /** Returns the guard that follows: the current one with other keys where it is one of ours. */
    public static PacketGuard after(Optional<PacketGuard> current, StreamKeys agreed) {
        if (current.orElse(null) instanceof StreamGuard guard) {
            guard.change(agreed);
            return guard;
        }
        return new StreamGuard(agreed);
    }

    private void change(StreamKeys next) {
        sender = sender(next);
        if (next.sameReceiving(agreed)) {
            next.receiveKeys().forEach(receiver::rekey);
        } else {
            receiver = receiver(next);
        }
        agreed = next;
    }

    private SrtpSender sender(StreamKeys next) {
        Sending before = senders.get(next.send());
        SrtpSender made = before == null ? new SrtpSender(next.send(), next.sendKey()) : before.sender;
        if (before != null && !before.key.equals(next.sendKey())) {
            made.rekey(next.sendKey());
        }
        senders.put(next.send(), new Sending(made, next.sendKey()));
        return made;
    }

    private static SrtpReceiver receiver(StreamKeys next) {
        SrtpReceiver made = new SrtpReceiver(next.receive(), next.receiveKeys().get(0));
        next.receiveKeys().forEach(made::rekey);
        return made;
    }

    @Override
    public int overhead() {
        return sender.overhead();
    }

    @Override
    public String suite() {
        return agreed.send().suite().name();
    }

    @Override
    public int protectRtp(byte[] buffer, int offset, int length) {
        return sender.protectRtp(buffer, offset, length) == SrtpVerdict.OK ? sender.length() : REFUSED;
    }

    @Override
    public int protectRtcp(byte[] buffer, int offset, int length) {
        return sender.protectRtcp(buffer, offset, length) == SrtpVerdict.OK ? sender.length() : REFUSED;
    }

    @Override
    public int unprotectRtp(byte[] buffer, int offset, int length) {
        return receiver.unprotectRtp(buffer, offset, length) == SrtpVerdict.OK ? receiver.length() : REFUSED;
    }

    @Override
    public int unprotectRtcp(byte[] buffer, int offset, int length) {
        return receiver.unprotectRtcp(buffer, offset, length) == SrtpVerdict.OK ? receiver.length() : REFUSED;
    }
}
