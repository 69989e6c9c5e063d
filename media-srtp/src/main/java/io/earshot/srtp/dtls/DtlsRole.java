package io.earshot.srtp.dtls;

import java.util.Optional;

/** Which side of the handshake we are. */
public enum DtlsRole {
    /** Sends the first message: {@code a=setup:active}. */
    CLIENT,
    /** Waits for it: {@code a=setup:passive}. */
    SERVER;

    /** Returns the role that our answer gives us; none for holdconn. */
    public static Optional<DtlsRole> answering(Setup ours) {
        return switch (ours) {
            case ACTIVE -> Optional.of(CLIENT);
            case PASSIVE -> Optional.of(SERVER);
            default -> Optional.empty();
        };
    }

    /** Returns the role that the peer's answer leaves to us; none for holdconn, nor for actpass, which is no answer. */
    public static Optional<DtlsRole> answeredBy(Setup theirs) {
        return switch (theirs) {
            case ACTIVE -> Optional.of(SERVER);
            case PASSIVE -> Optional.of(CLIENT);
            default -> Optional.empty();
        };
    }
}
