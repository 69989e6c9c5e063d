package io.earshot.ice;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.PasswordAlgorithm;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunKey;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.ice.stun.TransactionId;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A STUN and TURN server on the virtual network, strict where it matters to a client: permissions, lifetimes, nonces, quota. */
public final class TestRelay {
    private static final String REALM = "test.example";

    private final VirtualHost host;
    private final String user;
    private final Map<InetSocketAddress, Allocation> allocations = new LinkedHashMap<>();
    private final VirtualSocket socket;
    private Optional<String> six = Optional.empty();
    public String password;
    public String nonce = "nonce-1";
    public int refuseWith;
    public boolean silent;
    public int requests;
    /** Sends whoever asks for a relay to this server. */
    public Optional<InetSocketAddress> alternate = Optional.empty();
    /** Knows of one family only, and takes more for a mistake. */
    public boolean old;
    public int channelDatas;

    private final class Allocation {
        private final List<VirtualSocket> relayed = new ArrayList<>();
        private final InetSocketAddress client;
        private final Map<InetAddress, Long> permissions = new HashMap<>();
        private final Map<Integer, InetSocketAddress> channels = new HashMap<>();
        private long expires;

        private Allocation(InetSocketAddress client, boolean both) {
            this.client = client;
            try {
                relayed.add(host.open(host.address(0), this::fromPeer));
                if (both && six.isPresent()) {
                    relayed.add(host.open(new InetSocketAddress(six.get(), 0), this::fromPeer));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void toPeer(InetSocketAddress peer, byte[] data) {
            relayed.stream().filter(each -> Stun.isSix(each.localAddress()) == Stun.isSix(peer)).findFirst()
                .ifPresent(each -> each.send(peer, data));
        }

        private void fromPeer(InetSocketAddress peer, byte[] data) {
            if (now() >= expires || permissions.getOrDefault(peer.getAddress(), 0L) <= now()) {
                return;
            }
            Optional<Integer> channel = channels.entrySet().stream().filter(each -> each.getValue().equals(peer)).map(Map.Entry::getKey)
                .findFirst();
            if (channel.isPresent()) {
                byte[] out = new byte[data.length + 4];
                out[0] = (byte) (channel.get() >> 8);
                out[1] = (byte) (int) channel.get();
                out[2] = (byte) (data.length >> 8);
                out[3] = (byte) data.length;
                System.arraycopy(data, 0, out, 4, data.length);
                socket.send(client, out);
            } else {
                socket.send(client, StunBuilder.indication(Stun.DATA_METHOD, new TransactionId(1, 2))
                    .xorAddress(Stun.XOR_PEER_ADDRESS, peer).bytes(Stun.DATA, data).build());
            }
        }
    }

    public TestRelay(VirtualHost host, String user, String password) {
        this.host = host;
        this.user = user;
        this.password = password;
        try {
            socket = host.open(host.address(Stun.PORT), this::received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has relays of IPv6 too. */
    public TestRelay withSix(String address) {
        host.addAddress(address);
        six = Optional.of(address);
        return this;
    }

    public InetSocketAddress address() {
        return host.address(Stun.PORT);
    }

    private long now() {
        return host.network().now();
    }

    public int live() {
        return (int) allocations.values().stream().filter(each -> each.expires > now()).count();
    }

    public void forget() {
        allocations.values().forEach(each -> each.relayed.forEach(VirtualSocket::close));
        allocations.clear();
    }

    private void received(InetSocketAddress source, byte[] data) {
        if (silent) {
            return;
        }
        if ((data[0] & 0xF0) == 0x40) {
            Allocation allocation = allocations.get(source);
            InetSocketAddress peer = allocation == null ? null : allocation.channels.get((data[0] & 0xFF) << 8 | data[1] & 0xFF);
            if (peer != null) {
                channelDatas++;
                allocation.toPeer(peer, Arrays.copyOfRange(data, 4, 4 + ((data[2] & 0xFF) << 8 | data[3] & 0xFF)));
            }
            return;
        }
        if (StunMessage.parse(data) instanceof StunResult.Parsed parsed) {
            message(source, parsed.message());
        }
    }

    private void message(InetSocketAddress source, StunMessage message) {
        if (message.kind() == StunMessage.Kind.INDICATION && message.method() == Stun.SEND) {
            Allocation allocation = allocations.get(source);
            Optional<InetSocketAddress> peer = message.xorAddress(Stun.XOR_PEER_ADDRESS);
            if (allocation != null && peer.isPresent() && allocation.permissions.getOrDefault(peer.get().getAddress(), 0L) > now()) {
                allocation.toPeer(peer.get(), message.bytes(Stun.DATA).orElseThrow());
            }
        } else if (message.kind() == StunMessage.Kind.REQUEST && message.method() == Stun.BINDING) {
            socket.send(source, StunBuilder.success(message).xorAddress(Stun.XOR_MAPPED_ADDRESS, source).fingerprint());
        } else if (message.kind() == StunMessage.Kind.REQUEST) {
            requests++;
            request(source, message);
        }
    }

    private void request(InetSocketAddress source, StunMessage message) {
        StunKey key = StunKey.longTerm(user, REALM, password, PasswordAlgorithm.MD5);
        boolean staleNonce = message.text(Stun.NONCE).filter(nonce::equals).isEmpty();
        if (message.integrity(key) != StunMessage.Integrity.VALID || staleNonce) {
            boolean stale = message.has(Stun.MESSAGE_INTEGRITY) && staleNonce;
            socket.send(source, StunBuilder.error(message, stale ? Stun.STALE_NONCE : Stun.UNAUTHENTICATED, "no").text(Stun.REALM, REALM)
                .text(Stun.NONCE, nonce).fingerprint());
        } else if (alternate.isPresent() && message.method() == Stun.ALLOCATE) {
            socket.send(source, StunBuilder.error(message, Stun.TRY_ALTERNATE, "elsewhere").address(Stun.ALTERNATE_SERVER, alternate.get())
                .integrity(key).fingerprint());
        } else if (old && message.has(Stun.ADDITIONAL_ADDRESS_FAMILY)) {
            socket.send(source, StunBuilder.error(message, Stun.FAMILY_UNSUPPORTED, "one").integrity(key).fingerprint());
        } else if (refuseWith != 0) {
            socket.send(source, StunBuilder.error(message, refuseWith, "refused").integrity(key).fingerprint());
        } else {
            socket.send(source, granted(source, message).integrity(key).fingerprint());
        }
    }

    private StunBuilder granted(InetSocketAddress source, StunMessage message) {
        Allocation allocation = allocations.get(source);
        if (allocation != null && now() >= allocation.expires) {
            allocations.remove(source).relayed.forEach(VirtualSocket::close);
            allocation = null;
        }
        if (message.method() == Stun.ALLOCATE && allocation == null) {
            allocation = new Allocation(source, message.has(Stun.ADDITIONAL_ADDRESS_FAMILY));
            allocations.put(source, allocation);
            allocation.expires = now() + 600 * Ticker.SECOND;
            StunBuilder answer = StunBuilder.success(message);
            allocation.relayed.forEach(each -> answer.xorAddress(Stun.XOR_RELAYED_ADDRESS, each.localAddress()));
            return answer.xorAddress(Stun.XOR_MAPPED_ADDRESS, source).number(Stun.LIFETIME, 600);
        }
        if (allocation == null || message.method() == Stun.ALLOCATE) {
            return StunBuilder.error(message, Stun.ALLOCATION_MISMATCH, "Allocation mismatch");
        }
        if (message.method() == Stun.REFRESH) {
            int seconds = message.number(Stun.LIFETIME).orElse(600);
            allocation.expires = now() + seconds * Ticker.SECOND;
            return StunBuilder.success(message).number(Stun.LIFETIME, seconds);
        }
        InetSocketAddress peer = message.xorAddress(Stun.XOR_PEER_ADDRESS).orElseThrow();
        allocation.permissions.put(peer.getAddress(), now() + 300 * Ticker.SECOND);
        if (message.method() == Stun.CHANNEL_BIND) {
            allocation.channels.put(message.number(Stun.CHANNEL_NUMBER).orElseThrow() >>> 16, peer);
        }
        return StunBuilder.success(message);
    }
}
