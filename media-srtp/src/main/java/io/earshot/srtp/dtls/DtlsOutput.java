package io.earshot.srtp.dtls;

import static java.util.Objects.requireNonNull;

import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpSuite;

/** Everything that a {@link DtlsSession} asks of its owner. */
public sealed interface DtlsOutput {
    /** Send this datagram to the peer. */
    record Transmit(byte[] datagram) implements DtlsOutput { }

    /**
     * The handshake is complete and the peer is who its fingerprint says.
     *
     * @param suite the profile that was agreed
     * @param sendKey the key of what we send
     * @param receiveKey the key of what we receive
     */
    record Established(SrtpSuite suite, SrtpMasterKey sendKey, SrtpMasterKey receiveKey) implements DtlsOutput {
        public Established {
            requireNonNull(suite);
            requireNonNull(sendKey);
            requireNonNull(receiveKey);
        }
    }

    /** There is no key and will be none: media must not flow. */
    record Failed(DtlsFailure failure) implements DtlsOutput { }

    /** The peer has closed the association (close_notify). */
    record Closed() implements DtlsOutput { }

    /** Nothing more for now; call {@link DtlsSession#onTime} at this time, if nothing else happens before. */
    record Wait(long deadline) implements DtlsOutput { }
}
