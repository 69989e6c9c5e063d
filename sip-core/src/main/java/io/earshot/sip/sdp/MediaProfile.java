package io.earshot.sip.sdp;

import java.util.Optional;

/** The RTP profiles that an {@code m=} line may name. */
public enum MediaProfile {
    /** RFC 3551. */
    AVP("RTP/AVP", false),
    /** RFC 4585, with early feedback. */
    AVPF("RTP/AVPF", false),
    /** RFC 3711, keys in the description. */
    SAVP("RTP/SAVP", true),
    /** RFC 5124. */
    SAVPF("RTP/SAVPF", true),
    /** RFC 5764, keys by DTLS. */
    DTLS_SAVP("UDP/TLS/RTP/SAVP", true),
    /** RFC 5764 with feedback, what browsers offer. */
    DTLS_SAVPF("UDP/TLS/RTP/SAVPF", true);

    private final String protocol;
    private final boolean secure;

    MediaProfile(String protocol, boolean secure) {
        this.protocol = protocol;
        this.secure = secure;
    }

    /** Returns the profile's name in an {@code m=} line. */
    public String protocol() {
        return protocol;
    }

    /** Tells whether media is encrypted under this profile. */
    public boolean isSecure() {
        return secure;
    }

    /** Tells whether feedback may be negotiated under this profile (RFC 4585, RFC 5124). */
    public boolean hasFeedback() {
        return this == AVPF || this == SAVPF || this == DTLS_SAVPF;
    }

    /** Returns the profile of that name, in any case, or empty for a protocol that is none of RTP's. */
    public static Optional<MediaProfile> parse(String protocol) {
        for (MediaProfile profile : values()) {
            if (profile.protocol.equalsIgnoreCase(protocol)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
