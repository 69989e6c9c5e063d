package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.info.DtmfBody;
import io.earshot.sip.message.MediaType;
import java.util.Optional;

/**
 * What an INFO carries.
 *
 * @param type of the body
 * @param body the body; not copied
 * @param infoPackage the Info Package, which the peer must have named in Recv-Info; empty for an INFO of the old kind (RFC 6086 §1)
 */
public record InfoRequest(MediaType type, byte[] body, Optional<String> infoPackage) {
    public InfoRequest {
        requireNonNull(type, "type");
        requireNonNull(body, "body");
        requireNonNull(infoPackage, "infoPackage");
    }

    /** Returns a key in {@code application/dtmf-relay}. */
    public static InfoRequest relay(DtmfBody key) {
        return new InfoRequest(MediaType.APPLICATION_DTMF_RELAY, key.relay(), Optional.empty());
    }

    /** Returns a key in {@code application/dtmf}. */
    public static InfoRequest plain(DtmfBody key) {
        return new InfoRequest(DtmfBody.PLAIN, key.plain(), Optional.empty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InfoRequest same && type.equals(same.type) && java.util.Arrays.equals(body, same.body)
            && infoPackage.equals(same.infoPackage);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + java.util.Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "InfoRequest[" + type + ", " + body.length + " bytes]";
    }
}
