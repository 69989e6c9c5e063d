package io.earshot.api.proxy.spi;

import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** CONNECT (RFC 9110 §9.3.6), with a login by Digest or else Basic if the proxy wants one. */
final class HttpConnect implements ProxyHandshake {
    private static final int MOST_HEAD = 16_384;
    private static final int LOGIN_WANTED = 407;

    private final ProxyConfig proxy;
    private final String target;
    private final IdSource ids;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private Optional<String> authorization = Optional.empty();
    private boolean stale;
    private String reason = "";

    HttpConnect(ProxyConfig proxy, String host, int port, IdSource ids) {
        this.proxy = proxy;
        this.target = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        this.ids = ids;
    }

    @Override
    public ByteBuffer begin() {
        read.reset();
        String head = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
            + authorization.map(value -> "Proxy-Authorization: " + value + "\r\n").orElse("") + "\r\n";
        return ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Verdict received(ByteBuffer data) {
        while (data.hasRemaining()) {
            read.write(data.get());
            if (read.size() > MOST_HEAD) {
                return failed("its answer is too long");
            }
            if (endsHead()) {
                return judge(read.toString(StandardCharsets.UTF_8).split("\r?\n"));
            }
        }
        return Verdict.MORE;
    }

    private boolean endsHead() {
        byte[] got = read.toByteArray();
        int n = got.length;
        return n >= 4 && got[n - 1] == '\n' && (got[n - 2] == '\n' || got[n - 2] == '\r' && got[n - 3] == '\n');
    }

    private Verdict judge(String[] lines) {
        String[] first = lines[0].split(" ", 3);
        if (!first[0].startsWith("HTTP/1.") || first.length < 2 || !first[1].matches("[1-5][0-9]{2}")) {
            return failed("it does not speak HTTP");
        }
        int status = Integer.parseInt(first[1]);
        if (status / 100 == 2) {
            return Verdict.OPEN;
        }
        if (status != LOGIN_WANTED) {
            return failed("it answered HTTP " + status + (first.length > 2 ? " " + first[2].strip() : "")
                + (status == 403 || status == 405 ? ": it does not allow connections to " + target : ""));
        }
        return login(challenges(lines));
    }

    private static List<String> challenges(String[] lines) {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("Proxy-Authenticate")) {
                all.add(line.substring(colon + 1).strip());
            }
        }
        return all;
    }

    private Verdict login(List<String> challenges) {
        if (proxy.login().isEmpty()) {
            return failed("it wants a login, and there is none");
        }
        ProxyConfig.Login login = proxy.login().get();
        Optional<ProxyDigest> digest = challenges.stream().flatMap(one -> ProxyDigest.of(one).stream()).findFirst();
        boolean again = authorization.isEmpty() || digest.isPresent() && digest.get().isStale() && !stale;
        if (!again) {
            return failed("it does not accept the user and password");
        }
        stale = digest.isPresent() && digest.get().isStale();
        if (digest.isPresent()) {
            authorization = Optional.of(digest.get().answer(login.user(), login.password(), "CONNECT", target, ids));
        } else if (challenges.stream().anyMatch(one -> one.toLowerCase(Locale.ROOT).startsWith("basic"))) {
            authorization = Optional.of(ProxyDigest.basic(login.user(), login.password()));
        } else {
            return failed("it wants a kind of login that is not known here: " + challenges);
        }
        return Verdict.AGAIN;
    }

    private Verdict failed(String why) {
        reason = "the HTTP proxy " + proxy.host() + ": " + why;
        return Verdict.FAILED;
    }

    @Override
    public ByteBuffer reply() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public String reason() {
        return reason;
    }
}
