package io.earshot.ice.turn;

import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Permissions and channels of one allocation: RFC 8656 §9 and §12. */
final class TurnPeers {
    static final int MAX_PEERS = 256;
    private static final int MAX_HELD = 16;
    private static final long PERMISSION_REFRESH = 240 * Ticker.SECOND;
    private static final long CHANNEL_REFRESH = 540 * Ticker.SECOND;
    private static final long IDLE = 300 * Ticker.SECOND;

    /** How far a permission or channel is. */
    enum State { NONE, ASKED, GRANTED, REFUSED }

    /** A permission covers an address, whatever the port. */
    static final class Permission {
        State state = State.NONE;
        long due = Ticker.NEVER;
        long lastUse;
        final InetSocketAddress first;
        final List<Held> held = new ArrayList<>();

        Permission(InetSocketAddress first, long now) {
            this.first = first;
            lastUse = now;
        }
    }

    /** What waits for a permission. */
    record Held(InetSocketAddress peer, byte[] data) { }

    /** A channel is bound to an address and port. */
    static final class Channel {
        final int number;
        State state = State.ASKED;
        long due = Ticker.NEVER;

        Channel(int number) {
            this.number = number;
        }
    }

    private final Map<InetAddress, Permission> permissions = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Channel> channels = new LinkedHashMap<>();
    private final Map<Integer, InetSocketAddress> byNumber = new HashMap<>();
    private int nextChannel = ChannelData.FIRST;

    /** The permission for a peer, made when there is none; empty when there are too many. */
    Optional<Permission> permission(InetSocketAddress peer, long now) {
        Permission known = permissions.get(peer.getAddress());
        if (known == null && permissions.size() < MAX_PEERS) {
            known = new Permission(peer, now);
            permissions.put(peer.getAddress(), known);
        }
        return Optional.ofNullable(known);
    }

    boolean permits(InetSocketAddress peer) {
        Permission known = permissions.get(peer.getAddress());
        return known != null && known.state != State.REFUSED && known.state != State.NONE;
    }

    void hold(Permission permission, InetSocketAddress peer, byte[] data) {
        if (permission.held.size() < MAX_HELD) {
            permission.held.add(new Held(peer, data));
        }
    }

    List<Held> granted(InetSocketAddress peer, long now) {
        Permission permission = permissions.get(peer.getAddress());
        if (permission == null) {
            return List.of();
        }
        permission.state = State.GRANTED;
        permission.due = now + PERMISSION_REFRESH;
        List<Held> held = List.copyOf(permission.held);
        permission.held.clear();
        return held;
    }

    void refused(InetSocketAddress peer) {
        Permission permission = permissions.get(peer.getAddress());
        if (permission != null) {
            permission.state = State.REFUSED;
            permission.due = Ticker.NEVER;
            permission.held.clear();
        }
    }

    /** The channel of a peer once the server knows it. */
    Optional<Channel> bound(InetSocketAddress peer) {
        return Optional.ofNullable(channels.get(peer)).filter(channel -> channel.state == State.GRANTED);
    }

    /** A new channel to be asked for; empty when the peer has one, or none is left. */
    Optional<Channel> bind(InetSocketAddress peer) {
        if (channels.containsKey(peer) || channels.size() >= MAX_PEERS || nextChannel > ChannelData.LAST) {
            return Optional.empty();
        }
        Channel channel = new Channel(nextChannel++);
        channels.put(peer, channel);
        byNumber.put(channel.number, peer);
        return Optional.of(channel);
    }

    Optional<InetSocketAddress> peerOf(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    void channelGranted(InetSocketAddress peer, long now) {
        Channel channel = channels.get(peer);
        if (channel != null) {
            channel.state = State.GRANTED;
            channel.due = now + CHANNEL_REFRESH;
            granted(peer, now);
        }
    }

    void channelRefused(InetSocketAddress peer) {
        Channel channel = channels.get(peer);
        if (channel != null) {
            channel.state = State.REFUSED;
            channel.due = Ticker.NEVER;
        }
    }

    /** Permissions to be refreshed now; those unused for long are let go. */
    List<InetSocketAddress> permissionsDue(long now) {
        permissions.values().removeIf(each -> each.due <= now && each.state == State.GRANTED && now - each.lastUse > IDLE
            && channels.keySet().stream().noneMatch(peer -> peer.getAddress().equals(each.first.getAddress())));
        List<InetSocketAddress> due = new ArrayList<>();
        for (Permission each : permissions.values()) {
            if (each.due <= now) {
                each.due = Ticker.NEVER;
                due.add(each.first);
            }
        }
        return due;
    }

    /** Channels to be refreshed now. */
    Map<InetSocketAddress, Integer> channelsDue(long now) {
        Map<InetSocketAddress, Integer> due = new LinkedHashMap<>();
        channels.forEach((peer, channel) -> {
            if (channel.due <= now) {
                channel.due = Ticker.NEVER;
                due.put(peer, channel.number);
            }
        });
        return due;
    }

    long deadline() {
        long next = Ticker.NEVER;
        for (Permission each : permissions.values()) {
            next = Math.min(next, each.due);
        }
        for (Channel each : channels.values()) {
            next = Math.min(next, each.due);
        }
        return next;
    }
}
