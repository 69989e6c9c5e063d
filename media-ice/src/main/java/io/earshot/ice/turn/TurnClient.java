package io.earshot.ice.turn;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.LongTermAuth;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.ice.stun.StunTimers;
import io.earshot.ice.stun.StunTransaction;
import io.earshot.ice.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;

/**
 * One allocation on one relay, from one local port or connection: RFC 8656. Sans-IO: after every call drain {@link #poll} until
 * {@link TurnOutput.Wait}.
 */
public final class TurnClient {
    private static final int MAX_STALE = 3;
    private static final int UDP = 17 << 24;
    private static final int FAMILY_6 = 2 << 24;
    /** What servers answer that do not know, or do not have, addresses of both families. */
    private static final List<Integer> MORE_THAN_IT_CAN = List.of(Stun.BAD_REQUEST, Stun.UNKNOWN_ATTRIBUTE, Stun.FAMILY_UNSUPPORTED);

    private enum State { IDLE, ALLOCATING, READY, CLOSING, ENDED }

    private enum Purpose { ALLOCATE, REFRESH, PERMISSION, CHANNEL, RELEASE }

    private record Ask(Purpose purpose, int method, Optional<InetSocketAddress> peer, UnaryOperator<StunBuilder> fill, int stale) { }

    private record Pending(Ask ask, StunTransaction transaction) { }

    private final TurnConfig config;
    private final IdSource ids;
    private final LongTermAuth auth;
    private final TurnFramer framer = new TurnFramer();
    private final TurnPeers peers = new TurnPeers();
    private final Map<TransactionId, Pending> pending = new LinkedHashMap<>();
    private final Queue<TurnOutput> outputs = new ArrayDeque<>();
    private State state = State.IDLE;
    private long refreshAt = Ticker.NEVER;
    private long expiresAt = Ticker.NEVER;
    private long rejected;
    /** What is asked for; less than what is wanted, once a server has refused more. */
    private TurnConfig.Family family;
    private List<InetSocketAddress> relayed = List.of();

    /** Makes a client that does nothing until {@link #start}. */
    public TurnClient(TurnConfig config, IdSource ids) {
        this.config = requireNonNull(config);
        this.ids = requireNonNull(ids);
        family = config.family();
        auth = new LongTermAuth(config.user(), config.password());
    }

    /** Returns what it was made with. */
    public TurnConfig config() {
        return config;
    }

    private boolean stream() {
        return config.transport() != TurnConfig.Transport.UDP;
    }

    /** Asks for the allocation; over TCP and TLS the connection must be up. */
    public void start(long now) {
        if (state == State.IDLE) {
            state = State.ALLOCATING;
            allocate(now);
        }
    }

    private void allocate(long now) {
        ask(new Ask(Purpose.ALLOCATE, Stun.ALLOCATE, Optional.empty(), request -> {
            request.number(Stun.REQUESTED_TRANSPORT, UDP).number(Stun.LIFETIME, (int) config.lifetime().toSeconds());
            if (family == TurnConfig.Family.IPV6) {
                request.number(Stun.REQUESTED_ADDRESS_FAMILY, FAMILY_6);
            } else if (family == TurnConfig.Family.BOTH) {
                // coturn has kept the number that the draft had before there was an RFC.
                request.number(Stun.ADDITIONAL_ADDRESS_FAMILY, FAMILY_6).number(Stun.ADDITIONAL_ADDRESS_FAMILY_OF_DRAFT, FAMILY_6);
            }
            return request;
        }, 0), now);
    }

    private void ask(Ask ask, long now) {
        TransactionId id = TransactionId.next(ids);
        byte[] request = auth.finish(ask.fill.apply(StunBuilder.request(ask.method, id)));
        pending.put(id, new Pending(ask, new StunTransaction(id, request, stream() ? StunTimers.RELIABLE : StunTimers.STANDARD, now)));
        advance(now);
    }

    /** Gives new credentials, before or after {@link TurnOutput.CredentialsExpired}. */
    public void credentials(String user, String password, long now) {
        auth.credentials(user, password);
        if (refreshAt == Ticker.NEVER) {
            check(now);
        }
    }

    /** Renews the allocation now, which shows whether the server still knows of it; not more often than each is answered. */
    public void check(long now) {
        if (state == State.READY && pending.values().stream().noneMatch(each -> each.ask.purpose == Purpose.REFRESH)) {
            refresh(Purpose.REFRESH, config.lifetime(), now);
        }
    }

    private void refresh(Purpose purpose, Duration lifetime, long now) {
        refreshAt = Ticker.NEVER;
        ask(new Ask(purpose, Stun.REFRESH, Optional.empty(), request -> request.number(Stun.LIFETIME, (int) lifetime.toSeconds()), 0),
            now);
    }

    /** Sends to a peer through the relay; the permission is asked for when there is none, and a few datagrams wait for it. */
    public void send(InetSocketAddress peer, byte[] data, long now) {
        if (!reaches(peer) || data.length > 65_000) {
            return;
        }
        Optional<TurnPeers.Channel> channel = peers.bound(peer);
        Optional<TurnPeers.Permission> found = peers.permission(peer, now);
        found.ifPresent(permission -> permission.lastUse = now);
        if (channel.isPresent()) {
            outputs.add(new TurnOutput.Transmit(ChannelData.wrap(channel.get().number, data, stream())));
        } else if (found.isPresent()) {
            if (found.get().state == TurnPeers.State.GRANTED) {
                indicate(peer, data);
            } else if (found.get().state != TurnPeers.State.REFUSED) {
                peers.hold(found.get(), peer, data);
                permit(peer, now);
            }
        }
    }

    /** Tells whether the relay is ours, and has an address of the peer's family. */
    private boolean reaches(InetSocketAddress peer) {
        return state == State.READY && relayed.stream().anyMatch(each -> Stun.isSix(each) == Stun.isSix(peer));
    }

    private void indicate(InetSocketAddress peer, byte[] data) {
        outputs.add(new TurnOutput.Transmit(StunBuilder.indication(Stun.SEND, TransactionId.next(ids))
            .xorAddress(Stun.XOR_PEER_ADDRESS, peer).bytes(Stun.DATA, data).build()));
    }

    /** Lets a peer's address reach us. */
    public void permit(InetSocketAddress peer, long now) {
        if (reaches(peer)) {
            peers.permission(peer, now).filter(permission -> permission.state == TurnPeers.State.NONE).ifPresent(permission -> {
                permission.state = TurnPeers.State.ASKED;
                askPermission(peer, now);
            });
        }
    }

    private void askPermission(InetSocketAddress peer, long now) {
        ask(new Ask(Purpose.PERMISSION, Stun.CREATE_PERMISSION, Optional.of(peer),
            request -> request.xorAddress(Stun.XOR_PEER_ADDRESS, peer), 0), now);
    }

    /** Binds a channel to a peer, so that media to and from it costs 4 bytes a packet instead of 36. */
    public void bind(InetSocketAddress peer, long now) {
        if (reaches(peer)) {
            peers.bind(peer).ifPresent(channel -> askChannel(peer, channel.number, now));
        }
    }

    private void askChannel(InetSocketAddress peer, int number, long now) {
        ask(new Ask(Purpose.CHANNEL, Stun.CHANNEL_BIND, Optional.of(peer), request -> request
            .number(Stun.CHANNEL_NUMBER, number << 16).xorAddress(Stun.XOR_PEER_ADDRESS, peer), 0), now);
    }

    /** Takes what the server sent: one datagram, or bytes of the stream. */
    public void received(byte[] data, int offset, int length, long now) {
        if (!stream()) {
            message(data, offset, length, now);
            return;
        }
        framer.add(data, offset, length);
        for (Optional<byte[]> next = framer.next(); next.isPresent(); next = framer.next()) {
            message(next.get(), 0, next.get().length, now);
        }
        if (framer.broken()) {
            disconnected(now);
        }
    }

    /** The connection to the server is gone. */
    public void disconnected(long now) {
        end(TurnOutput.Reason.DISCONNECTED, 0, "the connection to " + config.server() + " broke");
    }

    private void message(byte[] data, int offset, int length, long now) {
        if (ChannelData.looksLike(data, offset, length)) {
            Optional<InetSocketAddress> peer = peers.peerOf(ChannelData.number(data, offset));
            if (peer.isPresent() && ChannelData.declared(data, offset) <= length - 4) {
                outputs.add(new TurnOutput.Data(peer.get(), ChannelData.payload(data, offset)));
            } else {
                rejected++;
            }
            return;
        }
        if (!(StunMessage.parse(data, offset, length) instanceof StunResult.Parsed parsed)) {
            rejected++;
            return;
        }
        StunMessage message = parsed.message();
        if (message.kind() == StunMessage.Kind.INDICATION) {
            indication(message);
        } else if (message.kind() != StunMessage.Kind.REQUEST) {
            response(message, now);
        }
    }

    private void indication(StunMessage message) {
        Optional<InetSocketAddress> peer = message.xorAddress(Stun.XOR_PEER_ADDRESS).filter(peers::permits);
        Optional<byte[]> data = message.bytes(Stun.DATA);
        if (message.method() == Stun.DATA_METHOD && peer.isPresent() && data.isPresent()) {
            outputs.add(new TurnOutput.Data(peer.get(), data.get()));
        } else {
            rejected++;
        }
    }

    private void response(StunMessage message, long now) {
        Pending answered = pending.get(message.id());
        if (answered == null || answered.ask.method != message.method() || !auth.believes(message)) {
            rejected++;
            return;
        }
        int code = message.error().map(StunMessage.Error::code).orElse(0);
        if (message.kind() == StunMessage.Kind.ERROR && (code == Stun.UNAUTHENTICATED || code == Stun.STALE_NONCE)) {
            challenged(answered, message, code, now);
            return;
        }
        pending.remove(message.id());
        if (message.kind() == StunMessage.Kind.SUCCESS) {
            succeeded(answered.ask, message, now);
        } else {
            failed(answered.ask, code, message, now);
        }
    }

    private void challenged(Pending answered, StunMessage message, int code, long now) {
        LongTermAuth.Verdict verdict = answered.ask.stale >= MAX_STALE ? LongTermAuth.Verdict.REFUSED : auth.challenge(message);
        if (verdict == LongTermAuth.Verdict.IGNORE) {
            rejected++;
            return;
        }
        pending.remove(message.id());
        Ask old = answered.ask;
        if (verdict == LongTermAuth.Verdict.RETRY) {
            ask(new Ask(old.purpose, old.method, old.peer, old.fill, old.stale + 1), now);
        } else if (state == State.READY) {
            outputs.add(new TurnOutput.CredentialsExpired(expiresAt));
            old.peer.ifPresent(peer -> refuse(old, peer, code));
        } else {
            end(TurnOutput.Reason.UNAUTHORIZED, code, "the TURN server " + config.server() + " refused the user \"" + config.user()
                + "\": check user name and password");
        }
    }

    private void refuse(Ask ask, InetSocketAddress peer, int code) {
        if (ask.purpose == Purpose.PERMISSION) {
            peers.refused(peer);
            outputs.add(new TurnOutput.Refused(peer, code));
        } else {
            peers.channelRefused(peer);
        }
    }

    private void succeeded(Ask ask, StunMessage message, long now) {
        switch (ask.purpose) {
            case ALLOCATE -> allocated(message, now);
            case REFRESH -> lifetime(message, now);
            case PERMISSION -> peers.granted(ask.peer.orElseThrow(), now).forEach(held -> indicate(held.peer(), held.data()));
            case CHANNEL -> peers.channelGranted(ask.peer.orElseThrow(), now);
            case RELEASE -> end(TurnOutput.Reason.CLOSED, 0, "closed");
        }
    }

    private void allocated(StunMessage message, long now) {
        relayed = message.xorAddresses(Stun.XOR_RELAYED_ADDRESS);
        if (relayed.isEmpty()) {
            end(TurnOutput.Reason.REFUSED, 0, "the TURN server " + config.server() + " answered without a relayed address");
            return;
        }
        state = State.READY;
        Duration granted = lifetime(message, now);
        outputs.add(new TurnOutput.Allocated(relayed, message.xorAddress(Stun.XOR_MAPPED_ADDRESS), granted));
    }

    private Duration lifetime(StunMessage message, long now) {
        long seconds = Math.max(10, Math.min(86_400, message.number(Stun.LIFETIME).orElse(600)));
        expiresAt = now + seconds * Ticker.SECOND;
        refreshAt = now + Math.max(seconds / 2, seconds - 60) * Ticker.SECOND;
        return Duration.ofSeconds(seconds);
    }

    private void failed(Ask ask, int code, StunMessage message, long now) {
        String reason = message.error().map(error -> error.code() + " " + error.reason()).orElse("an error without a code");
        Optional<InetSocketAddress> alternate = message.address(Stun.ALTERNATE_SERVER);
        if (code == Stun.TRY_ALTERNATE && ask.purpose == Purpose.ALLOCATE && alternate.isPresent()) {
            state = State.ENDED;
            pending.clear();
            outputs.add(new TurnOutput.Redirected(named(alternate.get(), message)));
        } else if (ask.purpose == Purpose.ALLOCATE && family == TurnConfig.Family.BOTH && MORE_THAN_IT_CAN.contains(code)) {
            family = TurnConfig.Family.IPV4;
            allocate(now);
        } else if (ask.purpose == Purpose.ALLOCATE) {
            end(switch (code) {
                case Stun.QUOTA_REACHED, Stun.INSUFFICIENT_CAPACITY -> TurnOutput.Reason.BUSY;
                case Stun.ALLOCATION_MISMATCH -> TurnOutput.Reason.PORT_IN_USE;
                default -> TurnOutput.Reason.REFUSED;
            }, code, "the TURN server " + config.server() + " answered " + reason);
        } else if (ask.purpose == Purpose.RELEASE) {
            end(TurnOutput.Reason.CLOSED, 0, "closed");
        } else if (ask.purpose == Purpose.REFRESH || code == Stun.ALLOCATION_MISMATCH) {
            end(TurnOutput.Reason.LOST, code, "the TURN server " + config.server() + " answered " + reason);
        } else {
            refuse(ask, ask.peer.orElseThrow(), code);
        }
    }

    /** The certificate of that server is to be of the domain that the first one tells, or of its own (RFC 8489 §14.16). */
    private InetSocketAddress named(InetSocketAddress alternate, StunMessage message) {
        String name = message.text(Stun.ALTERNATE_DOMAIN).filter(domain -> domain.matches("[A-Za-z0-9.-]{1,253}"))
            .orElseGet(() -> config.server().getHostString());
        try {
            return new InetSocketAddress(InetAddress.getByAddress(name, alternate.getAddress().getAddress()), alternate.getPort());
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }

    private void end(TurnOutput.Reason reason, int code, String detail) {
        if (state != State.ENDED) {
            state = State.ENDED;
            pending.clear();
            outputs.add(new TurnOutput.Ended(reason, code, detail));
        }
    }

    /** Gives the relay back; {@link TurnOutput.Ended} follows when the server knows. */
    public void close(long now) {
        if (state == State.READY) {
            state = State.CLOSING;
            pending.clear();
            refresh(Purpose.RELEASE, Duration.ZERO, now);
        } else if (state != State.CLOSING) {
            end(TurnOutput.Reason.CLOSED, 0, "closed");
        }
    }

    /** Advances to this time. */
    public void timer(long now) {
        if (state == State.READY) {
            if (now >= expiresAt) {
                end(TurnOutput.Reason.LOST, 0, "the allocation on " + config.server() + " ran out");
                return;
            }
            if (now >= refreshAt) {
                refresh(Purpose.REFRESH, config.lifetime(), now);
            }
            peers.permissionsDue(now).forEach(peer -> askPermission(peer, now));
            peers.channelsDue(now).forEach((peer, number) -> askChannel(peer, number, now));
        }
        advance(now);
    }

    private void advance(long now) {
        for (Pending each : new ArrayList<>(pending.values())) {
            switch (each.transaction.step(now)) {
                case SEND -> outputs.add(new TurnOutput.Transmit(each.transaction.request()));
                case EXPIRED -> expired(each);
                case WAIT -> { }
            }
        }
    }

    private void expired(Pending each) {
        pending.remove(each.transaction.id());
        if (each.ask.peer.isPresent()) {
            refuse(each.ask, each.ask.peer.get(), 0);
        } else {
            TurnOutput.Reason reason = switch (each.ask.purpose) {
                case RELEASE -> TurnOutput.Reason.CLOSED;
                case REFRESH -> TurnOutput.Reason.LOST;
                default -> TurnOutput.Reason.TIMEOUT;
            };
            end(reason, 0, "the TURN server " + config.server() + " does not answer");
        }
    }

    /** Tells whether the relay is ours. */
    public boolean ready() {
        return state == State.READY;
    }

    /** Tells whether there is nothing more to come. */
    public boolean ended() {
        return state == State.ENDED;
    }

    /** Counts what came from the server's address and was dropped: broken, unasked for, unauthenticated, of strangers. */
    public long rejected() {
        return rejected;
    }

    /** Returns the next output; the last is {@link TurnOutput.Wait}. */
    public TurnOutput poll() {
        TurnOutput next = outputs.poll();
        if (next != null) {
            return next;
        }
        if (state == State.ENDED) {
            return new TurnOutput.Wait(Ticker.NEVER);
        }
        long deadline = state == State.READY ? Math.min(Math.min(refreshAt, expiresAt), peers.deadline()) : Ticker.NEVER;
        for (Pending each : pending.values()) {
            deadline = Math.min(deadline, each.transaction.deadline());
        }
        return new TurnOutput.Wait(deadline);
    }
}
