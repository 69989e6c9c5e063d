package io.earshot.ice.portmap;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/**
 * Maps one UDP port by PCP, or by NAT-PMP when the router knows only that. Both live on port 5351 of the default gateway; answers from
 * elsewhere, or with another nonce, are dropped.
 */
public final class GatewayMapper {
    /** The port of both protocols at the gateway. */
    public static final int PORT = 5351;
    private static final int UDP = 17;
    private static final int PCP_LENGTH = 60;
    private static final int UNSUPPORTED_VERSION = 1;
    private static final int ATTEMPTS = 4;
    private static final long FIRST_WAIT = 250 * Ticker.MILLISECOND;

    private enum State { PCP, PMP, MAPPED, FAILED, CLOSED }

    private final InetSocketAddress gateway;
    private final InetSocketAddress local;
    private final Duration lifetime;
    private final byte[] nonce;
    private final Queue<PortMapOutput> outputs = new ArrayDeque<>();
    private State state;
    private boolean pcp;
    private Optional<InetAddress> pmpAddress = Optional.empty();
    private int suggestedPort;
    private int attempt;
    private long due;
    private long expires = Ticker.NEVER;
    private long epoch = -1;
    private long epochAt;
    private long rejected;

    /**
     * Begins.
     *
     * @param gateway the default gateway
     * @param local the socket's own address
     * @param lifetime how long to ask for; it is renewed at half of what is granted
     */
    public GatewayMapper(InetAddress gateway, InetSocketAddress local, Duration lifetime, IdSource ids, long now) {
        this(gateway, local, lifetime, ids, true, now);
    }

    /** The same; {@code pcpFirst} is false for a router that is known to speak NAT-PMP only. */
    GatewayMapper(InetAddress gateway, InetSocketAddress local, Duration lifetime, IdSource ids, boolean pcpFirst, long now) {
        pcp = pcpFirst;
        state = pcpFirst ? State.PCP : State.PMP;
        this.gateway = new InetSocketAddress(requireNonNull(gateway), PORT);
        this.local = requireNonNull(local);
        this.lifetime = lifetime;
        nonce = ByteBuffer.allocate(12).putLong(ids.nextLong()).putInt(ids.nextInt()).array();
        suggestedPort = local.getPort();
        due = now;
        timer(now);
    }

    /** Advances to this time. */
    public void timer(long now) {
        if (state == State.FAILED || state == State.CLOSED || now < Math.min(due, expires)) {
            return;
        }
        if (now >= expires) {
            fail("the router did not renew the mapping of port " + local.getPort());
        } else if (attempt >= ATTEMPTS && state == State.PCP) {
            state = State.PMP;
            pcp = false;
            attempt = 0;
            send(now);
        } else if (attempt >= ATTEMPTS && state == State.PMP) {
            fail("the router at " + gateway.getAddress().getHostAddress() + " speaks neither PCP nor NAT-PMP");
        } else {
            send(now);
        }
    }

    private void send(long now) {
        due = now + (FIRST_WAIT << Math.min(attempt, 8));
        attempt++;
        if (pcp) {
            outputs.add(new PortMapOutput.Transmit(gateway, pcpRequest((int) lifetime.toSeconds())));
        } else {
            outputs.add(new PortMapOutput.Transmit(gateway, new byte[] {0, 0}));
            outputs.add(new PortMapOutput.Transmit(gateway, pmpRequest((int) lifetime.toSeconds())));
        }
    }

    private byte[] pcpRequest(int seconds) {
        ByteBuffer out = ByteBuffer.allocate(PCP_LENGTH);
        out.put((byte) 2).put((byte) 1).putShort((short) 0).putInt(seconds).put(sixteen(local.getAddress()));
        out.put(nonce).put((byte) UDP).put(new byte[3]).putShort((short) local.getPort()).putShort((short) suggestedPort);
        out.put(local.getAddress().getAddress().length == 4 ? sixteen(new byte[4]) : new byte[16]);
        return out.array();
    }

    private byte[] pmpRequest(int seconds) {
        return ByteBuffer.allocate(12).put((byte) 0).put((byte) 1).putShort((short) 0).putShort((short) local.getPort())
            .putShort((short) (seconds == 0 ? 0 : suggestedPort)).putInt(seconds).array();
    }

    private static byte[] sixteen(InetAddress address) {
        return sixteen(address.getAddress());
    }

    private static byte[] sixteen(byte[] ip) {
        return ip.length == 16 ? ip : ByteBuffer.allocate(16).putShort(10, (short) -1).put(12, ip[0]).put(13, ip[1]).put(14, ip[2])
            .put(15, ip[3]).array();
    }

    /** Takes a datagram; false when it is not from the gateway. */
    public boolean received(InetSocketAddress source, byte[] data, long now) {
        if (!source.equals(gateway)) {
            return false;
        }
        if (state == State.FAILED || state == State.CLOSED || data.length < 4 || (data[1] & 0x80) == 0) {
            rejected++;
        } else if (data[0] == 0) {
            pmp(data, now);
        } else if (data[0] == 2 && data.length >= 24) {
            pcpAnswer(data, now);
        } else {
            rejected++;
        }
        return true;
    }

    private void pmp(byte[] data, long now) {
        ByteBuffer in = ByteBuffer.wrap(data);
        int result = in.getShort(2);
        if (pcp) {
            if (state == State.PCP && result == UNSUPPORTED_VERSION) { // a NAT-PMP router says so (RFC 6887 §9)
                state = State.PMP;
                pcp = false;
                attempt = 0;
                send(now);
            } else {
                rejected++;
            }
        } else if (result != 0) {
            fail("the router refused to map port " + local.getPort() + ": NAT-PMP result " + result);
        } else if (data[1] == (byte) 128 && data.length == 12) {
            restarted(in.getInt(4) & 0xFFFF_FFFFL, now);
            pmpAddress = address(Arrays.copyOfRange(data, 8, 12));
        } else if (data[1] == (byte) 129 && data.length == 16 && (in.getShort(8) & 0xFFFF) == local.getPort() && pmpAddress.isPresent()) {
            mapped("NAT-PMP", pmpAddress.get(), in.getShort(10) & 0xFFFF, in.getInt(12) & 0xFFFF_FFFFL, now);
        } else {
            rejected++;
        }
    }

    private void pcpAnswer(byte[] data, long now) {
        ByteBuffer in = ByteBuffer.wrap(data);
        int result = data[3] & 0xFF;
        if (result == UNSUPPORTED_VERSION && state == State.PCP) {
            state = State.PMP;
            pcp = false;
            attempt = 0;
            send(now);
        } else if (data.length < PCP_LENGTH || !Arrays.equals(nonce, Arrays.copyOfRange(data, 24, 36)) || data[1] != (byte) 0x81) {
            rejected++;
        } else if (result != 0) {
            fail("the router refused to map port " + local.getPort() + ": PCP result " + result);
        } else {
            restarted(in.getInt(8) & 0xFFFF_FFFFL, now);
            Optional<InetAddress> external = address(Arrays.copyOfRange(data, 44, 60));
            if (external.isPresent() && (in.getShort(40) & 0xFFFF) == local.getPort()) {
                mapped("PCP", external.get(), in.getShort(42) & 0xFFFF, in.getInt(4) & 0xFFFF_FFFFL, now);
            } else {
                rejected++;
            }
        }
    }

    private static Optional<InetAddress> address(byte[] ip) {
        try {
            InetAddress address = InetAddress.getByAddress(ip);
            return address.isAnyLocalAddress() || address.isMulticastAddress() ? Optional.empty() : Optional.of(address);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A router whose clock went back has forgotten everything (RFC 6887 §8.5). */
    private void restarted(long seconds, long now) {
        boolean back = epoch >= 0 && seconds + 2 < epoch + (now - epochAt) / Ticker.SECOND * 7 / 8;
        epoch = seconds;
        epochAt = now;
        if (back && state == State.MAPPED) {
            due = now;
            attempt = 0;
        }
    }

    private void mapped(String protocol, InetAddress external, int port, long seconds, long now) {
        long granted = Math.min(Math.max(seconds, 4), 86_400);
        if (port == 0 || seconds == 0) {
            fail("the router gave port " + local.getPort() + " no mapping");
            return;
        }
        state = State.MAPPED;
        suggestedPort = port;
        attempt = 0;
        due = now + granted * Ticker.SECOND / 2;
        expires = now + granted * Ticker.SECOND;
        outputs.add(new PortMapOutput.Mapped(protocol, new InetSocketAddress(external, port), Duration.ofSeconds(granted)));
    }

    private void fail(String reason) {
        state = State.FAILED;
        outputs.add(new PortMapOutput.Failed(reason));
    }

    /** Tells whether the router speaks PCP, as far as is known. */
    boolean isPcp() {
        return pcp;
    }

    /** Asks at once whether the router still has the mapping, as it may have restarted. */
    public void refresh(long now) {
        if (state == State.MAPPED) {
            attempt = 0;
            due = now;
            timer(now);
        }
    }

    /** Takes the mapping away again; nothing is waited for. */
    public void close() {
        if (state == State.MAPPED) {
            outputs.add(new PortMapOutput.Transmit(gateway, pcp ? pcpRequest(0) : pmpRequest(0)));
        }
        state = State.CLOSED;
    }

    /** Counts what the gateway's address sent and was dropped. */
    public long rejected() {
        return rejected;
    }

    /** Returns the next output; the last is {@link PortMapOutput.Wait}. */
    public PortMapOutput poll() {
        PortMapOutput next = outputs.poll();
        return next != null ? next
            : new PortMapOutput.Wait(state == State.FAILED || state == State.CLOSED ? Ticker.NEVER : Math.min(due, expires));
    }
}
