package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import java.util.Optional;

/** How the client is let in, once per connection. */
final class ClientHandshake {
    private final ClientSettings settings;
    private final byte[] token;
    private final Optional<KeyAgreement> agreement;
    private final Frame.Hello hello;
    private byte[] transcript = new byte[0];
    private Optional<Frame.Proof> proof = Optional.empty();
    private Optional<byte[]> agreed = Optional.empty();

    ClientHandshake(ClientSettings settings, byte[] token, IdSource ids) {
        this.settings = settings;
        this.token = token;
        this.agreement = settings.sealed() ? Optional.of(new KeyAgreement()) : Optional.empty();
        this.hello = new Frame.Hello(Frame.VERSION, Nonces.next(ids), agreement.map(KeyAgreement::publicKey).orElse(new byte[0]),
            settings.user());
    }

    Frame.Hello hello() {
        return hello;
    }

    /** Returns the answer to a challenge; empty for one that makes no sense. */
    Optional<Frame.Proof> answer(Frame.Challenge challenge) {
        if (proof.isPresent() || settings.sealed() == (challenge.key().length == 0)) {
            return Optional.empty();
        }
        agreed = agreement.flatMap(own -> own.with(challenge.key()));
        if (settings.sealed() && agreed.isEmpty()) {
            return Optional.empty();
        }
        transcript = Auth.transcript(hello, challenge);
        proof = Optional.of(new Frame.Proof(Auth.client(settings.secret(), transcript, token), token));
        return proof;
    }

    /** Tells whether it is the gateway that says this. */
    boolean isGenuine(Frame.Welcome welcome) {
        return proof.isPresent() && Auth.same(welcome.mac(), Auth.gateway(settings.secret(), transcript, proof.get(), welcome.token(),
            welcome.resumed()));
    }

    /** Returns the encryption of one direction. */
    Optional<Seal> seal(String direction) {
        return agreed.map(key -> new Seal(Auth.sealKey(settings.secret(), transcript, key, direction)));
    }
}
