package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import java.util.Optional;

/** How a gateway finds out whether to let somebody in. Nobody learns which users there are. */
final class GatewayGreeting {
    private final Frame.Hello hello;
    private final Frame.Challenge challenge;
    private final byte[] secret;
    private final byte[] transcript;
    private final Optional<byte[]> agreed;

    private GatewayGreeting(Frame.Hello hello, Frame.Challenge challenge, byte[] secret, Optional<byte[]> agreed) {
        this.hello = hello;
        this.challenge = challenge;
        this.secret = secret;
        this.agreed = agreed;
        this.transcript = Auth.transcript(hello, challenge);
    }

    /** Begins; empty for a greeting that makes no sense. @param known the key of the user, if there is such a user */
    static Optional<GatewayGreeting> of(Frame.Hello hello, Optional<byte[]> known, IdSource ids) {
        boolean sealed = hello.key().length > 0;
        KeyAgreement own = sealed ? new KeyAgreement() : null;
        Optional<byte[]> agreed = sealed ? own.with(hello.key()) : Optional.empty();
        if (hello.version() != Frame.VERSION || sealed && agreed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GatewayGreeting(hello, new Frame.Challenge(Nonces.next(ids), sealed ? own.publicKey() : new byte[0]),
            known.orElseGet(() -> Nonces.next(ids)), agreed));
    }

    String user() {
        return hello.user();
    }

    Frame.Challenge challenge() {
        return challenge;
    }

    boolean isProven(Frame.Proof proof) {
        return Auth.same(proof.mac(), Auth.client(secret, transcript, proof.token()));
    }

    byte[] answer(Frame.Proof proof, byte[] token, boolean resumed) {
        return Auth.gateway(secret, transcript, proof, token, resumed);
    }

    Optional<Seal> seal(String direction) {
        return agreed.map(key -> new Seal(Auth.sealKey(secret, transcript, key, direction)));
    }
}
