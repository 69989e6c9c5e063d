package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.AccountConfig;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.WebSockets;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.auth.DigestAlgorithm;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.TelUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.message.Via;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.ua.AccountExtras;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.CallPolicy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What users write as addresses, made into URIs; errors name the value and the fix. */
final class Addresses {
    private Addresses() {
    }

    /** Returns the engine's settings for an account; {@code instance} is the name of this device. */
    static AccountSettings settings(AccountConfig config, Optional<String> instance) {
        return settings(config, instance, Optional.empty(), 0);
    }

    /** The same for an account whose calls have this policy, and that begins with this server. */
    static AccountSettings settings(AccountConfig config, Optional<String> instance, Optional<CallPolicy> calls, int first) {
        SipUri given = sipUri(config.address(), "account address");
        SipUri address = given.withoutParameter("transport");
        if (address.user().isEmpty()) {
            throw bad("The account address '" + config.address() + "' has no user: write sip:user@domain.");
        }
        AccountSettings.Builder out = AccountSettings.builder(address).displayName(config.displayName())
                .expiresSeconds(config.expires().toSeconds());
        given.transport().ifPresent(transport -> out.transport(transport.toLowerCase(Locale.ROOT)));
        config.registrar().ifPresent(host -> out.registrar(host(host, "registrar")));
        config.outboundProxy().filter(host -> !WebSockets.isAddress(host))
                .ifPresent(host -> out.outboundProxy(host(host, "outbound proxy")));
        out.webSockets(webSockets(config));
        String user = authUser(config);
        config.password().ifPresent(password -> out.credentials(config.realm().map(realm -> Credentials.password(user, realm, password))
                .orElseGet(() -> Credentials.password(user, password))));
        config.ha1().ifPresent(ha1 -> out.credentials(Credentials.ha1(user, config.realm().orElseThrow(), DigestAlgorithm.MD5, ha1)));
        List<SipUri> aliases = config.identity().aliases().stream().map(alias -> (SipUri) target(alias, config)).toList();
        config.identity().trusted().forEach(ip -> literal(ip, -1).orElseThrow(() -> bad("The trusted peer '" + ip
                + "' is no IP address: write one as 192.0.2.1.")));
        out.extras(new AccountExtras(aliases, CallStarter.headers(config.identity().headers()), calls));
        Presenter.of(config, Optional.empty());
        return out.registration(ServerSettings.options(config, instance)).failOver(ServerSettings.failOver(config).withFirst(first))
                .build();
    }

    /** Returns the WebSocket servers of an account, wherever they stand. */
    static WebSockets webSockets(AccountConfig config) {
        config.webSockets().contact().ifPresent(contact -> sipUri(contact, "Contact"));
        if (!config.webSockets().isEmpty() || config.outboundProxy().filter(WebSockets::isAddress).isEmpty()) {
            return config.webSockets();
        }
        try {
            return config.webSockets().withServer(config.outboundProxy().get(), 0);
        } catch (IllegalArgumentException malformed) {
            throw bad("The outbound proxy cannot be used: " + malformed.getMessage() + ".");
        }
    }

    /** Returns the user name that authentication uses. */
    static String authUser(AccountConfig config) {
        return config.authUser().orElseGet(() -> sipUri(config.address(), "account address").user().orElse(""));
    }

    /**
     * Returns the URI of what a user wants to call.
     *
     * @param text a SIP URI with or without its scheme, or a user or number at the account's domain
     */
    static Uri target(String text, AccountConfig account) {
        String plain = requireNonNull(text, "target").strip();
        if (plain.isEmpty()) {
            throw bad("There is nobody to call: the target is empty.");
        }
        if (isSip(plain) || plain.indexOf('@') > 0 && plain.lastIndexOf(':', plain.indexOf('@')) < 0) {
            return sipUri(plain, "target");
        }
        if (plain.indexOf(':') >= 0) {
            throw bad("The target '" + text + "' is no SIP address: write sip:user@domain.");
        }
        SipUri home = sipUri(account.address(), "account address");
        String host = home.host().indexOf(':') >= 0 && !home.host().startsWith("[") ? "[" + home.host() + "]" : home.host();
        return sipUri(home.scheme() + ":" + plain + "@" + host + (home.port() < 0 ? "" : ":" + home.port()), "target");
    }

    /** Returns the user part or number of a target, empty for none. */
    static String number(Uri target) {
        return target instanceof SipUri sip ? sip.user().orElse("") : target instanceof TelUri tel ? tel.number() : "";
    }

    /** Returns where media to this target probably goes, as far as that can be told without asking the DNS. */
    static Optional<InetSocketAddress> nextHop(Uri target, AccountConfig account) {
        WebSockets servers = webSockets(account);
        if (!servers.isEmpty()) {
            WebSockets.Server server = servers.servers().get(0);
            return literal(server.uri().getHost(), server.port());
        }
        Uri first = account.outboundProxy().<Uri>map(host -> host(host, "outbound proxy")).orElse(target);
        return first instanceof SipUri sip ? literal(sip.host(), sip.port()) : Optional.empty();
    }

    /** Tells whether what we send to this target leaves us encrypted, as far as that can be told without asking the DNS. */
    static boolean isEncrypted(Uri target, AccountConfig account) {
        WebSockets servers = webSockets(account);
        if (!servers.isEmpty()) {
            return servers.servers().stream().allMatch(server -> server.uri().getScheme().equalsIgnoreCase("wss"));
        }
        SipUri home = sipUri(account.address(), "account address");
        Uri first = account.outboundProxy().<Uri>map(host -> host(host, "outbound proxy")).orElse(target);
        return first instanceof SipUri sip && (sip.scheme().equalsIgnoreCase("sips") || home.scheme().equalsIgnoreCase("sips")
                || isEncrypted(sip.transport().or(home::transport).orElse("")));
    }

    /** Tells whether a transport encrypts. */
    static boolean isEncrypted(String transport) {
        return transport.equalsIgnoreCase("TLS") || transport.equalsIgnoreCase("WSS");
    }

    /** Returns where a request came from, as the Via says that the engine has stamped (RFC 3261 §18.2.1). */
    static Optional<InetSocketAddress> source(Request request) {
        Via via = request.via();
        return literal(via.received().orElse(via.host()), via.port());
    }

    static Optional<InetSocketAddress> literal(String host, int port) {
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new MediaAddress(plain, 9).literal().map(ip -> new InetSocketAddress(ip, port < 0 ? 5060 : port));
    }

    static VoipException bad(String detail) {
        return new VoipException(new Failure.BadArgument(detail));
    }

    static SipUri host(String text, String what) {
        return sipUri(text, what);
    }

    private static boolean isSip(String text) {
        return text.regionMatches(true, 0, "sip:", 0, 4) || text.regionMatches(true, 0, "sips:", 0, 5);
    }

    private static SipUri sipUri(String text, String what) {
        String full = isSip(text) ? text : "sip:" + text;
        try {
            if (Uri.parse(full) instanceof SipUri sip) {
                return sip;
            }
        } catch (IllegalArgumentException malformed) {
            throw bad("The " + what + " '" + text + "' is no SIP address: " + Failures.sentence(malformed.getMessage()));
        }
        throw bad("The " + what + " '" + text + "' is no SIP address: write sip:user@domain.");
    }
}
