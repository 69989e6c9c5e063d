package io.earshot.sdk.internal.route;

import io.earshot.sip.sdp.Attribute;
import io.earshot.sip.sdp.MediaDescription;
import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;

/**
 * What browsers read and write besides keys and ways (RFC 8829): a bundle of one line (RFC 9143) and the stream that it belongs to (RFC
 * 8830). A peer that bundles is answered so; our own offers do it where they are made for browsers, and after a peer has. Confined to the
 * signalling loop.
 */
public final class BundleLine {
    /** Two words of our own choice: the stream, and its one track. */
    private static final String STREAM = "earshot sound";
    private static final String BUNDLE = "BUNDLE";
    private boolean bundling;
    private Optional<BundleCarrier> carrier = Optional.empty();

    /** Makes the bundle of one call; {@code forBrowsers} tells whether our first offer has one. */
    public BundleLine(boolean forBrowsers) {
        bundling = forBrowsers;
    }

    /** Returns our offer with its bundle. */
    public SessionDescription offer(SessionDescription plain, int index) {
        if (!bundling) {
            return plain;
        }
        MediaDescription media = plain.media().get(index);
        String tag = media.mid().orElse(Integer.toString(index));
        media = media.mid().isPresent() ? media : media.with(Attribute.of("mid", tag));
        return bundled(plain.withMedia(index, media), index, tag);
    }

    /** Returns our answer: a bundle of the one line that we take, where the offer bundles it (RFC 9143 §7.3). */
    public SessionDescription answer(SessionDescription plain, int index, SessionDescription offer) {
        Optional<String> tag = offer.media().get(index).mid().filter(own -> bundles(offer, own));
        bundling |= tag.isPresent();
        carrier = BundleCarrier.of(offer, index);
        return tag.map(own -> bundled(plain, index, own)).orElse(plain);
    }

    /** Returns what the peer wrote, each line of audio in a bundle with the port, keys and ways that its first line tells. */
    public static SessionDescription opened(SessionDescription theirs) {
        return BundleCarrier.opened(theirs);
    }

    /** Returns our offer or answer, its keys and ways told with the line that the bundle has them from. */
    public SessionDescription carried(SessionDescription ours, int index) {
        return carrier.map(line -> line.carry(ours, index)).orElse(ours);
    }

    private static boolean bundles(SessionDescription offer, String tag) {
        return offer.groups().stream().map(group -> List.of(group.strip().split(" +")))
                .anyMatch(words -> words.get(0).equals(BUNDLE) && words.lastIndexOf(tag) > 0);
    }

    private SessionDescription bundled(SessionDescription plain, int index, String tag) {
        MediaDescription media = plain.media().get(index);
        return plain.with(Attribute.of("group", BUNDLE + carrier.flatMap(line -> line.theirs().mid())
                .map(first -> " " + first).orElse("") + " " + tag)).withMedia(index, media.with(Attribute.of("msid", STREAM)));
    }
}
