package io.earshot.transport.ws;

import java.security.cert.CertificateException;

/** A certificate that the policy does not accept; the message is a sentence. */
final class RejectedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1;

    RejectedCertificateException(String sentence) {
        super(sentence);
    }
}
