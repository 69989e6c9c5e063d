package io.earshot.sdk.internal.route;

import io.earshot.sip.sdp.Attribute;
import io.earshot.sip.sdp.Connection;
import io.earshot.sip.sdp.Direction;
import io.earshot.sip.sdp.MediaDescription;
import io.earshot.sip.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The line of a bundle whose port and ways all its lines use (RFC 9143 §7): the first that it names. Where that is one of video, which we
 * do not take, it is kept all the same and nothing flows on it, as the line of audio behind it may have no port of its own
 * ({@code bundle-only}) and the browser gives up the ways of a line that is refused.
 *
 * @param index of that line
 * @param theirs what the peer wrote of it
 */
record BundleCarrier(int index, MediaDescription theirs) {
    private static final List<String> WAYS = List.of("candidate", "ice-ufrag", "ice-pwd", "ice-options", "remote-candidates",
            "end-of-candidates", "fingerprint", "setup", "tls-id");

    /** Returns the line that carries the one of that index; empty where that carries itself, or there is no bundle. */
    static Optional<BundleCarrier> of(SessionDescription offer, int index) {
        Optional<String> own = offer.media().get(index).mid();
        Optional<String> first = own.flatMap(tag -> offer.groups().stream().map(group -> List.of(group.strip().split(" +")))
                .filter(words -> words.get(0).equals("BUNDLE") && words.lastIndexOf(tag) > 0).map(words -> words.get(1)).findFirst());
        for (int i = 0; first.isPresent() && i < offer.media().size(); i++) {
            MediaDescription media = offer.media().get(i);
            if (i != index && media.mid().equals(first) && media.port() != 0 && !media.isType("audio")) {
                return Optional.of(new BundleCarrier(i, media));
            }
        }
        return Optional.empty();
    }

    /** Returns what the peer wrote, each line of audio in a bundle with the port, keys and ways that are told for all with the first. */
    static SessionDescription opened(SessionDescription theirs) {
        SessionDescription out = theirs;
        for (int i = 0; i < theirs.media().size(); i++) {
            MediaDescription media = theirs.media().get(i);
            Optional<BundleCarrier> carrier = media.isType("audio") ? of(theirs, i) : Optional.empty();
            if (carrier.isPresent() && (media.port() != 0 || media.attribute("bundle-only").isPresent())) {
                out = out.withMedia(i, carrier.get().opened(theirs, media));
            }
        }
        return out;
    }

    private MediaDescription opened(SessionDescription session, MediaDescription media) {
        MediaDescription out = media.withPort(theirs.port());
        Optional<Connection> where = session.connection(theirs);
        out = where.isPresent() ? out.withConnection(where.get()) : out;
        List<String> known = media.attributes().stream().map(Attribute::name).toList();
        for (Attribute each : theirs.attributes()) {
            boolean missing = (WAYS.contains(each.name()) || each.is("rtcp-mux")) && !known.contains(each.name());
            out = missing ? out.with(each) : out;
        }
        return out;
    }

    /** Returns a description of ours in which the carrier stands for the line of that index: its port, keys and ways. */
    SessionDescription carry(SessionDescription ours, int audio) {
        if (index >= ours.media().size() || audio >= ours.media().size()) {
            return ours;
        }
        MediaDescription sound = ours.media().get(audio);
        String format = theirs.formats().get(0);
        MediaDescription line = MediaDescription.of(theirs.type(), sound.port(), theirs.protocol(), List.of(format));
        Optional<Connection> where = sound.connection();
        line = where.isPresent() ? line.withConnection(where.get()) : line;
        List<Attribute> attributes = new ArrayList<>(theirs.attributes().stream().filter(each -> each.is("mid")
                || (each.is("rtpmap") || each.is("fmtp")) && each.value().startsWith(format + " ")).toList());
        attributes.addAll(sound.attributes().stream().filter(each -> WAYS.contains(each.name()) || each.is("rtcp-mux")).toList());
        for (Attribute each : attributes) {
            line = line.with(each);
        }
        // RFC 9143 §7.1.3 has keys and ways told once; Chromium tells them twice, and Firefox 153 crashes where the sound has none.
        for (String name : List.of("candidate", "end-of-candidates")) {
            sound = sound.without(name);
        }
        return ours.withMedia(audio, sound).withMedia(index, line.withDirection(Direction.INACTIVE));
    }
}
