package io.earshot.srtp.dtls;

import org.bouncycastle.tls.TlsFatalAlert;

/** Ends a handshake with an alert to the peer and a reason for us. */
final class HandshakeFailure extends TlsFatalAlert {
    private static final long serialVersionUID = 1L;
    private final transient DtlsFailure failure;

    HandshakeFailure(short alert, DtlsFailure.Cause cause, String reason) {
        super(alert, reason);
        failure = new DtlsFailure(cause, reason);
    }

    DtlsFailure failure() {
        return failure;
    }
}
