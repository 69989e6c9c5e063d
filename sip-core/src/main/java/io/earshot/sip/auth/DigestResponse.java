package io.earshot.sip.auth;

import java.util.Optional;

/**
 * The arithmetic of RFC 7616 §3.4.1 to §3.4.3.
 *
 * @param algorithm the hash
 * @param nonce the server's
 * @param nc eight hexadecimal digits; unused without qop
 * @param cnonce the client's; unused without qop and without {@code -sess}
 * @param qop empty for RFC 2069
 * @param method of the request
 * @param uri the {@code uri} parameter
 */
record DigestResponse(DigestAlgorithm algorithm, String nonce, String nc, String cnonce, Optional<Qop> qop, String method, String uri) {

    /** Returns the response for the hash of {@code user:realm:password} and a body, which only {@code auth-int} looks at. */
    String compute(String ha1, byte[] body) {
        String key = algorithm.isSession() ? algorithm.hash(ha1 + ":" + nonce + ":" + cnonce) : ha1;
        String entity = qop.filter(Qop.AUTH_INT::equals).map(integrity -> ":" + algorithm.hash(body)).orElse("");
        String ha2 = algorithm.hash(method + ":" + uri + entity);
        String middle = qop.map(quality -> nonce + ":" + nc + ":" + cnonce + ":" + quality.token()).orElse(nonce);
        return algorithm.hash(key + ":" + middle + ":" + ha2);
    }
}
