package io.earshot.ice.portmap;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Maps one UDP port by UPnP's Internet Gateway Device: SSDP finds the router, its description tells where to ask, SOAP asks. Nothing
 * that is found leads elsewhere: URLs must be of the router that answered, on a private address.
 */
public final class UpnpMapper {
    /** Where SSDP asks. */
    public static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 1900);
    /** The most bytes of a description or answer. */
    public static final int MAX_BODY = 65_536;
    private static final long RENEW_LEAST = 60 * Ticker.SECOND;
    /** How often a router is asked for what it holds for ever: it may restart all the same. */
    private static final long LOOK = 300 * Ticker.SECOND;
    private static final int ONLY_PERMANENT = 725;
    private static final int CONFLICT = 718;

    private enum State { SEARCHING, DESCRIBING, ADDRESS, MAPPING, MAPPED, FAILED, CLOSED }

    private final InetSocketAddress local;
    private final Queue<PortMapOutput> outputs = new ArrayDeque<>();
    private State state = State.SEARCHING;
    private Optional<URI> location = Optional.empty();
    private Optional<UpnpXml.Service> service = Optional.empty();
    private Optional<InetAddress> external = Optional.empty();
    private Duration lifetime;
    private int externalPort;
    private int attempt;
    private int request;
    private boolean held;
    private long due;

    /** A router that was found: where it describes itself, and what is asked of it where. */
    record Found(URI location, UpnpXml.Service service) { }

    /** Begins to search. */
    public UpnpMapper(InetSocketAddress local, Duration lifetime, long now) {
        this(local, lifetime, Optional.empty(), now);
    }

    /** Begins with a router that another one has found. */
    UpnpMapper(InetSocketAddress local, Duration lifetime, Optional<Found> known, long now) {
        this.local = requireNonNull(local);
        this.lifetime = requireNonNull(lifetime);
        externalPort = local.getPort();
        location = known.map(Found::location);
        service = known.map(Found::service);
        due = now;
        if (known.isPresent()) {
            ask(now);
        } else {
            timer(now);
        }
    }

    Optional<Found> found() {
        return location.flatMap(at -> service.map(what -> new Found(at, what)));
    }

    /** Asks for the public address, and then for the port: after a restart of the router, that may be another one. */
    private void ask(long now) {
        state = State.ADDRESS;
        soap("GetExternalIPAddress", "", now);
    }

    /** Asks at once whether the router still has the mapping, as it may have restarted. */
    public void refresh(long now) {
        if (state == State.MAPPED) {
            ask(now);
        }
    }

    /** Advances to this time. */
    public void timer(long now) {
        if (now < due || state == State.FAILED || state == State.CLOSED) {
            return;
        }
        if (state == State.SEARCHING && attempt < 3) {
            attempt++;
            due = now + Ticker.SECOND;
            String search = "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"
                + "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n\r\n";
            outputs.add(new PortMapOutput.Transmit(GROUP, search.getBytes(StandardCharsets.US_ASCII)));
        } else if (state == State.MAPPED) {
            ask(now);
        } else {
            fail(state == State.SEARCHING ? "no UPnP router answers" : "the UPnP router does not answer");
        }
    }

    /** Takes an answer to the search; false when it is none. */
    public boolean received(InetSocketAddress source, byte[] data, long now) {
        if (data.length > 4096 || data.length < 12) {
            return false;
        }
        String text = new String(data, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("HTTP/1.1 200") && !text.startsWith("HTTP/1.0 200")) {
            return false;
        }
        Optional<URI> found = text.lines().filter(line -> line.regionMatches(true, 0, "LOCATION:", 0, 9))
            .map(line -> line.substring(9).strip()).findFirst().flatMap(url -> safe(url, source.getAddress()));
        if (state == State.SEARCHING && found.isPresent()) {
            location = found;
            state = State.DESCRIBING;
            http(found.get(), "", "", now);
        }
        return true;
    }

    /** A plain URL of the machine that answered, whose address must be private. */
    static Optional<URI> safe(String url, InetAddress router) {
        try {
            URI uri = URI.create(url);
            boolean same = "http".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null
                && uri.getHost().replace("[", "").replace("]", "").equals(router.getHostAddress());
            boolean near = io.earshot.ice.nat.Addresses.isPrivate(router) && !router.isAnyLocalAddress();
            return same && near ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void http(URI uri, String action, String body, long now) {
        due = now + 6 * Ticker.SECOND;
        outputs.add(new PortMapOutput.Http(++request, uri, action, body));
    }

    private void soap(String action, String arguments, long now) {
        UpnpXml.Service found = service.orElseThrow();
        String body = "<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:" + action + " xmlns:u=\"" + found.type() + "\">"
            + arguments + "</u:" + action + "></s:Body></s:Envelope>";
        http(found.control(), '"' + found.type() + '#' + action + '"', body, now);
    }

    /**
     * Takes the answer to an {@link PortMapOutput.Http}.
     *
     * @param status the HTTP status; 0 when the request failed
     */
    public void answered(int id, int status, String body, long now) {
        if (id != request || state == State.FAILED || state == State.CLOSED || body.length() > MAX_BODY) {
            return;
        }
        switch (state) {
            case DESCRIBING -> described(status, body, now);
            case ADDRESS -> addressed(status, body, now);
            case MAPPING, MAPPED -> mapped(status, body, now);
            default -> { }
        }
    }

    private void described(int status, String body, long now) {
        service = status == 200 ? UpnpXml.service(body, location.orElseThrow()) : Optional.empty();
        if (service.isEmpty()) {
            fail("the UPnP router describes no WAN connection");
        } else {
            ask(now);
        }
    }

    private void addressed(int status, String body, long now) {
        external = status == 200 ? UpnpXml.text(body, "NewExternalIPAddress").flatMap(UpnpMapper::literal) : Optional.empty();
        if (external.isEmpty()) {
            fail("the UPnP router has no public address");
        } else {
            state = State.MAPPING;
            attempt = 0;
            map(now);
        }
    }

    private static Optional<InetAddress> literal(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text)).filter(each -> !each.isAnyLocalAddress() && !each.isLoopbackAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private void map(long now) {
        soap("AddPortMapping", "<NewRemoteHost></NewRemoteHost><NewExternalPort>" + externalPort + "</NewExternalPort>"
            + "<NewProtocol>UDP</NewProtocol><NewInternalPort>" + local.getPort() + "</NewInternalPort><NewInternalClient>"
            + local.getAddress().getHostAddress() + "</NewInternalClient><NewEnabled>1</NewEnabled>"
            + "<NewPortMappingDescription>Earshot</NewPortMappingDescription><NewLeaseDuration>" + lifetime.toSeconds()
            + "</NewLeaseDuration>", now);
    }

    private void mapped(int status, String body, long now) {
        int error = UpnpXml.text(body, "errorCode").filter(text -> text.matches("\\d{1,4}")).map(Integer::parseInt).orElse(0);
        if (status == 200) {
            state = State.MAPPED;
            held = true;
            due = lifetime.isZero() ? now + LOOK : now + Math.max(RENEW_LEAST, lifetime.toNanos() / 2);
            outputs.add(new PortMapOutput.Mapped("UPnP", new InetSocketAddress(external.orElseThrow(), externalPort), lifetime));
        } else if (error == ONLY_PERMANENT && !lifetime.isZero()) {
            lifetime = Duration.ZERO;
            map(now);
        } else if (error == CONFLICT && attempt++ < 5) {
            externalPort = externalPort >= 65_000 ? 20_000 : externalPort + 2;
            map(now);
        } else {
            fail("the UPnP router refused to map port " + local.getPort() + (error == 0 ? ": HTTP status " + status : ": error " + error));
        }
    }

    private void fail(String reason) {
        state = State.FAILED;
        outputs.add(new PortMapOutput.Failed(reason));
    }

    /** Takes the mapping away again; a mapping without a lifetime would stay for ever. */
    public void close(long now) {
        if (held && state != State.FAILED && state != State.CLOSED) {
            soap("DeletePortMapping", "<NewRemoteHost></NewRemoteHost><NewExternalPort>" + externalPort
                + "</NewExternalPort><NewProtocol>UDP</NewProtocol>", now);
        }
        state = State.CLOSED;
    }

    /** Returns the next output; the last is {@link PortMapOutput.Wait}. */
    public PortMapOutput poll() {
        PortMapOutput next = outputs.poll();
        return next != null ? next : new PortMapOutput.Wait(state == State.FAILED || state == State.CLOSED ? Ticker.NEVER : due);
    }
}
