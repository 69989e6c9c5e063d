package io.earshot.api.proxy.spi;

import io.earshot.api.proxy.ProxyConfig;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** CONNECT and UDP ASSOCIATE of SOCKS version 5 (RFC 1928), with name and password (RFC 1929) if the proxy wants them. */
final class Socks5 implements ProxyHandshake {
    private static final int VERSION = 5;
    private static final int LOGIN_VERSION = 1;
    private static final int NO_LOGIN = 0;
    private static final int PASSWORD = 2;
    static final int CONNECT = 1;
    static final int ASSOCIATE = 3;
    private static final int MOST = 255;

    private enum Step { METHOD, LOGIN, ANSWER }

    private final ProxyConfig proxy;
    private final int command;
    private final String host;
    private final int port;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private Step step = Step.METHOD;
    private ByteBuffer reply = ByteBuffer.allocate(0);
    private String reason = "";
    private InetSocketAddress bound = InetSocketAddress.createUnresolved("0.0.0.0", 0);

    Socks5(ProxyConfig proxy, int command, String host, int port) {
        this.proxy = proxy;
        this.command = command;
        this.host = host;
        this.port = port;
    }

    @Override
    public ByteBuffer begin() {
        step = Step.METHOD;
        read.reset();
        return proxy.login().isPresent() ? ByteBuffer.wrap(new byte[] {VERSION, 2, NO_LOGIN, PASSWORD})
            : ByteBuffer.wrap(new byte[] {VERSION, 1, NO_LOGIN});
    }

    @Override
    public Verdict received(ByteBuffer data) {
        while (data.hasRemaining()) {
            read.write(data.get());
            byte[] got = read.toByteArray();
            Verdict verdict = step == Step.ANSWER ? answer(got) : got.length < 2 ? Verdict.MORE : chosen(got);
            if (verdict != Verdict.MORE) {
                return verdict;
            }
        }
        return Verdict.MORE;
    }

    private Verdict chosen(byte[] got) {
        read.reset();
        if (step == Step.LOGIN) {
            return got[1] == 0 ? request() : failed("it does not accept the user and password");
        }
        if (got[0] != VERSION) {
            return failed("it does not speak SOCKS version 5");
        }
        if (got[1] == NO_LOGIN) {
            return request();
        }
        return got[1] == PASSWORD && proxy.login().isPresent() ? login(proxy.login().get())
            : failed(proxy.login().isPresent() ? "it takes no login by name and password" : "it wants a login, and there is none");
    }

    private Verdict login(ProxyConfig.Login login) {
        byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().getBytes(StandardCharsets.UTF_8);
        if (user.length > MOST || password.length > MOST) {
            return failed("SOCKS takes at most " + MOST + " bytes of user and of password");
        }
        step = Step.LOGIN;
        reply = ByteBuffer.allocate(3 + user.length + password.length).put((byte) LOGIN_VERSION).put((byte) user.length).put(user)
            .put((byte) password.length).put(password).flip();
        return Verdict.REPLY;
    }

    private Verdict request() {
        step = Step.ANSWER;
        ByteBuffer out = ByteBuffer.allocate(3 + SocksAddress.LONGEST).put((byte) VERSION).put((byte) command).put((byte) 0);
        if (!SocksAddress.write(host, port, out)) {
            return failed("the name of the server is too long");
        }
        reply = out.flip();
        return Verdict.REPLY;
    }

    private Verdict answer(byte[] got) {
        if (got.length < 5) {
            return Verdict.MORE;
        }
        if (got[0] != VERSION) {
            return failed("its answer makes no sense");
        }
        if (got[1] != 0) {
            return failed("it " + refusal(got[1]));
        }
        int address = switch (got[3]) {
            case 1 -> 4;
            case 3 -> 1 + (got[4] & 0xFF);
            case 4 -> 16;
            default -> -1;
        };
        if (address < 0) {
            return failed("its answer makes no sense");
        }
        if (got.length < 4 + address + 2) {
            return Verdict.MORE;
        }
        Optional<InetSocketAddress> where = SocksAddress.read(ByteBuffer.wrap(got, 3, got.length - 3));
        bound = where.orElse(bound);
        return where.isPresent() ? Verdict.OPEN : failed("its answer makes no sense");
    }

    /** Returns the address in the answer, after {@link Verdict#OPEN}; not looked up if it is a name. */
    InetSocketAddress bound() {
        return bound;
    }

    private String refusal(int code) {
        return switch (code) {
            case 2 -> "does not allow connections there";
            case 3, 4 -> "cannot reach the server";
            case 5 -> "was refused by the server";
            case 6 -> "got no answer from the server";
            case 7 -> command == ASSOCIATE ? "carries no UDP" : "does not connect";
            default -> "failed (SOCKS " + code + ")";
        };
    }

    private Verdict failed(String why) {
        reason = "the SOCKS proxy " + proxy.host() + ": " + why;
        return Verdict.FAILED;
    }

    @Override
    public ByteBuffer reply() {
        return reply;
    }

    @Override
    public String reason() {
        return reason;
    }
}
