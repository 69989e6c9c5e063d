package io.earshot.sdk.internal.secure;

import io.earshot.api.Failure;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import io.earshot.api.VoipException;
import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeIdentity;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.rtp.secure.SecretShelf;
import io.earshot.rtp.secure.ZrtpProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What a phone has to encrypt media with: the plug-in, if it is there, and our certificate. */
public final class KeyDesk implements AutoCloseable {
    private final Optional<KeyExchangeProvider> provider;
    private final Optional<ZrtpProvider> zrtp;
    private final Optional<KeptSecrets> secrets;
    private final Executor workers;
    private final InstantSource clock;
    private final IdSource ids = IdSource.secure();
    /** Confined to the signalling loop: made when the first call asks for it, as that takes some milliseconds. */
    private Optional<CompletableFuture<HandshakeIdentity>> identity = Optional.empty();
    /** Confined to the signalling loop; what it holds is for the media loop. */
    private Optional<HandshakeIdentity> memory = Optional.empty();

    /**
     * What there is to encrypt with.
     *
     * @param provider SRTP, and keys that come with SDP
     * @param zrtp keys that are agreed on over the media port
     */
    public record PlugIns(Optional<KeyExchangeProvider> provider, Optional<ZrtpProvider> zrtp) { }

    /**
     * Makes the desk of one phone.
     *
     * @param folder where what is remembered of peers is kept; reads it
     * @param workers for what blocks: the certificate, and handshakes
     */
    public KeyDesk(PlugIns plugIns, Optional<Path> folder, Executor workers, InstantSource clock) {
        this.provider = plugIns.provider;
        this.zrtp = provider.flatMap(srtp -> plugIns.zrtp);
        this.secrets = zrtp.flatMap(any -> folder).flatMap(path -> KeptSecrets.open(path, workers));
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Checks what a program wants; from any thread.
     *
     * @throws VoipException when there is nothing to encrypt with, or a suite is not known
     */
    public void check(MediaEncryption wanted) {
        if (wanted.demand() == Demand.NONE) {
            return;
        }
        if (provider.isEmpty()) {
            if (wanted.demand() == Demand.REQUIRED) {
                throw new VoipException(new Failure.NoProvider("media encryption", wanted.keys().name(), "io.earshot:media-srtp"));
            }
            return;
        }
        if (zrtp.isEmpty() && wanted.keys() == KeyMethod.ZRTP && wanted.demand() == Demand.REQUIRED) {
            throw new VoipException(new Failure.NoProvider("media encryption", "ZRTP", "io.earshot:media-zrtp"));
        }
        try {
            provider.get().sdes(policy(wanted), ids);
            if (wanted.keys() == KeyMethod.DTLS) {
                provider.get().checkDtls(policy(wanted));
            } else if (wanted.keys() == KeyMethod.ZRTP) {
                zrtp.ifPresent(any -> any.check(policy(wanted)));
            }
        } catch (IllegalArgumentException unknown) {
            String why = "The encryption of media cannot be had: " + unknown.getMessage() + ".";
            throw new VoipException(new Failure.BadArgument(why), unknown);
        }
    }

    /** Completes when a handshake can be offered or answered; on the signalling loop. */
    public CompletableFuture<HandshakeIdentity> identity() {
        if (identity.isEmpty()) {
            CompletableFuture<HandshakeIdentity> made = new CompletableFuture<>();
            identity = Optional.of(made);
            workers.execute(() -> {
                try {
                    made.complete(provider.orElseThrow().identity(ids, clock.instant()));
                } catch (RuntimeException defect) {
                    made.completeExceptionally(defect);
                }
            });
        }
        return identity.get();
    }

    /** Tells whether calls can be encrypted at all. */
    public boolean isAvailable() {
        return provider.isPresent();
    }

    /** Makes what writes and reads the keys of one call; on the signalling loop. */
    public SecureLine line(MediaEncryption wanted, boolean signallingEncrypted) {
        if (provider.isEmpty() || wanted.demand() == Demand.NONE) {
            return SecureLine.plain();
        }
        // Who wants ZRTP demands nothing of what stands in the SDP.
        boolean zrtp = wanted.keys() == KeyMethod.ZRTP;
        MediaEncryption signalled = zrtp ? wanted.withDemand(Demand.WHEN_OFFERED).withSuites() : wanted;
        KeyExchange sdes = provider.get().sdes(policy(signalled), ids);
        Agreements agreements = new Agreements(zrtp ? wanted : wanted.withDemand(Demand.WHEN_OFFERED).withSuites());
        return new SecureLine(new SecureLine.Exchanges(sdes, new Handshakes(signalled), agreements), wanted, signallingEncrypted);
    }

    /** The one agreement by ZRTP of a call, once it is needed; what is remembered of peers is the phone's. */
    private final class Agreements implements Supplier<Optional<HandshakeExchange>> {
        private final KeyPolicy policy;
        private Optional<HandshakeExchange> made = Optional.empty();

        Agreements(MediaEncryption wanted) {
            policy = policy(wanted);
        }

        @Override
        public Optional<HandshakeExchange> get() {
            if (made.isEmpty() && zrtp.isPresent()) {
                HandshakeIdentity known = memory.orElseGet(() -> zrtp.get().memory(ids, clock,
                        secrets.<SecretShelf>map(kept -> kept).orElse(SecretShelf.NONE)));
                memory = Optional.of(known);
                made = Optional.of(zrtp.get().exchange(policy, known, ids, workers));
            }
            return made;
        }
    }

    /** The one exchange of fingerprints of a call, as soon as there is a certificate. */
    private final class Handshakes implements Supplier<Optional<HandshakeExchange>> {
        private final KeyPolicy policy;
        private Optional<HandshakeExchange> made = Optional.empty();

        Handshakes(MediaEncryption wanted) {
            policy = policy(wanted.keys() == KeyMethod.DTLS ? wanted : wanted.withSuites());
        }

        @Override
        public Optional<HandshakeExchange> get() {
            CompletableFuture<HandshakeIdentity> certificate = identity();
            if (made.isEmpty() && certificate.isDone() && !certificate.isCompletedExceptionally()) {
                made = Optional.of(provider.orElseThrow().dtls(policy, certificate.join(), ids, workers));
            }
            return made;
        }
    }

    /** Writes what waits to be written; before the workers end. */
    @Override
    public void close() {
        secrets.ifPresent(KeptSecrets::close);
    }

    private static KeyPolicy policy(MediaEncryption wanted) {
        KeyPolicy.Demand demand = switch (wanted.demand()) {
            case REQUIRED -> KeyPolicy.Demand.REQUIRED;
            case OPTIONAL -> KeyPolicy.Demand.OPPORTUNISTIC;
            default -> KeyPolicy.Demand.WHEN_OFFERED;
        };
        return new KeyPolicy(demand, List.copyOf(wanted.suites()), wanted.keysInClear());
    }
}
