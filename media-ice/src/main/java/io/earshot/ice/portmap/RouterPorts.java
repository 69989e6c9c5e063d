package io.earshot.ice.portmap;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.route.MapperOutput;
import io.earshot.rtp.route.PortMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The ports that one router passes on to one machine, by whichever protocol it speaks: PCP or NAT-PMP first, UPnP when those have not
 * answered within 300 ms. What works for one port is asked first for the next; a router that does nothing of it is left alone for five
 * minutes, so that no call waits for it.
 */
public final class RouterPorts implements PortMapper {
    /** The most ports at a time: a few for signalling and two for each call. */
    static final int MOST = 512;
    private static final long HEAD_START = 300 * Ticker.MILLISECOND;
    private static final long PAUSE = 300 * Ticker.SECOND;

    private final InetAddress local;
    private final Optional<InetAddress> gateway;
    private final IdSource ids;
    private final Map<Integer, MappedPort> ports = new LinkedHashMap<>();
    private final Map<Integer, HttpOf> requests = new HashMap<>();
    private final Queue<MapperOutput> outputs = new ArrayDeque<>();
    private MappedPort.Way works = MappedPort.Way.UNKNOWN;
    private Optional<UpnpMapper.Found> upnp = Optional.empty();
    private int request;
    private long restUntil = Long.MIN_VALUE;
    private String why = "";
    private boolean closed;

    private record HttpOf(MappedPort port, int id) { }

    /**
     * Makes one that asks for nothing yet.
     *
     * @param local our address in the router's network
     * @param gateway the router; where it is not known, only UPnP, which finds it, is used
     */
    public RouterPorts(InetAddress local, Optional<InetAddress> gateway, IdSource ids) {
        this.local = requireNonNull(local);
        this.gateway = requireNonNull(gateway);
        this.ids = requireNonNull(ids);
    }

    @Override
    public void map(int port, long now) {
        MappedPort known = ports.get(port);
        if (known != null) {
            known.mapped().ifPresent(external -> outputs.add(new MapperOutput.Mapped(port, external, known.protocol())));
        } else if (closed || ports.size() >= MOST) {
            outputs.add(new MapperOutput.Unmapped(port, closed ? "no more ports are asked for"
                : "the router was asked for too many ports"));
        } else if (now < restUntil) {
            outputs.add(new MapperOutput.Unmapped(port, why));
        } else {
            MappedPort fresh = new MappedPort(new InetSocketAddress(local, port), gateway, ids);
            ports.put(port, fresh);
            begin(fresh, now);
        }
    }

    private void begin(MappedPort port, long now) {
        port.begin(works, upnp, now, now + HEAD_START);
        drain(port, now);
    }

    @Override
    public void unmap(int port, long now) {
        MappedPort gone = ports.remove(port);
        if (gone != null) {
            gone.close(now);
            drain(gone, now);
        }
    }

    @Override
    public void check(long now) {
        for (MappedPort port : List.copyOf(ports.values())) {
            port.check(now);
            drain(port, now);
        }
    }

    @Override
    public void received(InetSocketAddress source, byte[] data, long now) {
        for (MappedPort port : List.copyOf(ports.values())) {
            port.received(source, data, now);
            drain(port, now);
        }
    }

    @Override
    public void answered(int number, int status, String body, long now) {
        HttpOf asked = requests.remove(number);
        if (asked != null) {
            asked.port.answered(asked.id, status, body, now);
            drain(asked.port, now);
        }
    }

    @Override
    public void onTime(long now) {
        for (MappedPort port : List.copyOf(ports.values())) {
            if (port.retryAt() <= now) {
                begin(port, now);
            } else {
                port.timer(now);
                drain(port, now);
            }
        }
    }

    private void drain(MappedPort port, long now) {
        for (PortMapOutput next = port.poll(); !(next instanceof PortMapOutput.Wait); next = port.poll()) {
            if (next instanceof PortMapOutput.Transmit transmit) {
                outputs.add(new MapperOutput.Transmit(transmit.to(), transmit.data()));
            } else if (next instanceof PortMapOutput.Http http) {
                requests.put(++request, new HttpOf(port, http.id()));
                outputs.add(new MapperOutput.Http(request, http.uri(), http.action(), http.body(), UpnpMapper.MAX_BODY));
            } else if (ports.get(port.local().getPort()) == port) {
                heard(port, next, now);
            }
        }
    }

    private void heard(MappedPort port, PortMapOutput next, long now) {
        int number = port.local().getPort();
        if (next instanceof PortMapOutput.Mapped mapped) {
            works = port.way();
            upnp = port.found().or(() -> upnp);
            restUntil = Long.MIN_VALUE;
            outputs.add(new MapperOutput.Mapped(number, mapped.external(), mapped.protocol()));
        } else if (next instanceof PortMapOutput.Failed failed) {
            works = MappedPort.Way.UNKNOWN;
            upnp = Optional.empty();
            // Nobody is kept waiting for this router until then.
            restUntil = now + port.pause(PAUSE);
            why = failed.reason();
            port.rest(restUntil);
            outputs.add(new MapperOutput.Unmapped(number, failed.reason()));
        }
    }

    @Override
    public MapperOutput poll() {
        MapperOutput next = outputs.poll();
        if (next != null) {
            return next;
        }
        long deadline = Ticker.NEVER;
        for (MappedPort port : ports.values()) {
            deadline = Math.min(deadline, Math.min(port.deadline(), port.retryAt()));
        }
        return new MapperOutput.Wait(deadline);
    }

    @Override
    public void close(long now) {
        closed = true;
        List.copyOf(ports.keySet()).forEach(port -> unmap(port, now));
    }
}
