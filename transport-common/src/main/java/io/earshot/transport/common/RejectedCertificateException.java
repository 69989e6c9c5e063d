package io.earshot.transport.common;

import java.security.cert.CertificateException;

/** A certificate that is not good enough; the message is a sentence that says why. */
final class RejectedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1;

    RejectedCertificateException(String sentence) {
        super(sentence);
    }
}
