package io.earshot.rtp.secure;

import static java.util.Objects.requireNonNull;

/**
 * What the two users are to compare, where nothing but an earlier comparison vouches for the peer (RFC 6189 §4.5.2).
 *
 * @param text what both read to each other
 * @param verified whether they have done so, now or in an earlier call to which a secret that both kept binds this one
 * @param broken whether a secret was kept of earlier calls that the peer does not know: it lost its own, or somebody is in between
 */
public record ShortString(String text, boolean verified, boolean broken) {
    public ShortString {
        requireNonNull(text);
    }
}
