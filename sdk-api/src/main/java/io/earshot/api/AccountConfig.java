package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.calls.Identity;
import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An identity at a server. Immutable; the {@code with} methods return changed copies.
 *
 * @param address our address of record, {@code sip:user@domain} (RFC 3261 §6), {@code sips:user@domain} for TLS on each hop; a
 *     parameter {@code ;transport=tcp} or {@code tls} chooses the way and is no part of the address itself
 * @param displayName what peers read as our name; empty for none
 * @param authUser the user name in digest credentials when it differs from the address's user part
 * @param password the password, or empty when the server asks for none
 * @param ha1 the pre-computed {@code H(user:realm:password)} in hex instead of a password (RFC 7616 §3.4.2); its realm must then be set
 * @param realm the only realm to give credentials to; empty accepts the realm of this account's own server
 * @param registrar where to register, {@code host} or {@code host:port}, when it is not the address's domain
 * @param outboundProxy where to send every request first, {@code host}, {@code host:port} or, as with {@link #webSockets},
 *     {@code wss://host:port/path}
 * @param expires the registration life to ask for, 10 s to 1 day
 * @param identity further addresses, headers, and who peers see as the caller
 * @param registration what else goes into the registration
 * @param failOver what happens when the server fails
 * @param webSockets the WebSocket servers that everything goes over; {@link WebSockets#NONE} for the other transports
 * @param encryption whether calls encrypt their sound
 * @param nat how sound finds its way through NATs
 * @param extensions what this account's calls use beyond plain SIP; {@link CallExtensions#OF_PHONE} for what the phone's other calls use
 */
public record AccountConfig(String address, String displayName, Optional<String> authUser, Optional<String> password, Optional<String> ha1,
        Optional<String> realm, Optional<String> registrar, Optional<String> outboundProxy, Duration expires,
        Identity identity, RegistrationConfig registration, FailOverConfig failOver, WebSockets webSockets,
        MediaEncryption encryption, Nat nat, CallExtensions extensions) {
    public AccountConfig {
        Check.filled(address, "address");
        Check.line(displayName, "displayName");
        Check.filled(authUser, "authUser");
        requireNonNull(password, "password");
        requireNonNull(ha1, "ha1").ifPresent(AccountConfig::checkHa1);
        Check.line(realm, "realm");
        Check.filled(registrar, "registrar");
        Check.filled(outboundProxy, "outboundProxy");
        requireNonNull(identity, "identity");
        requireNonNull(registration, "registration");
        requireNonNull(failOver, "failOver");
        requireNonNull(webSockets, "webSockets");
        requireNonNull(encryption, "encryption");
        requireNonNull(nat, "nat");
        requireNonNull(extensions, "extensions");
        Check.range(expires, Duration.ofSeconds(10), Duration.ofDays(1), "expires");
        if (ha1.isPresent() && realm.isEmpty()) {
            throw new IllegalArgumentException("a pre-computed HA1 holds for one realm only: set the realm too");
        }
    }

    private static void checkHa1(String hex) {
        if (!hex.matches("[0-9A-Fa-f]{32}")) {
            throw new IllegalArgumentException("ha1 must be the 32 hexadecimal digits of an MD5; this one, of " + hex.length()
                    + " characters, is not");
        }
    }

    /** The components, to change one or two of. */
    private static final class Copy {
        private String address;
        private String displayName;
        private Optional<String> authUser;
        private Optional<String> password;
        private Optional<String> ha1;
        private Optional<String> realm;
        private Optional<String> registrar;
        private Optional<String> outboundProxy;
        private Duration expires;
        private Identity identity;
        private RegistrationConfig registration;
        private FailOverConfig failOver;
        private WebSockets webSockets;
        private MediaEncryption encryption;
        private Nat nat;
        private CallExtensions extensions;

        Copy(AccountConfig from) {
            address = from.address;
            displayName = from.displayName;
            authUser = from.authUser;
            password = from.password;
            ha1 = from.ha1;
            realm = from.realm;
            registrar = from.registrar;
            outboundProxy = from.outboundProxy;
            expires = from.expires;
            identity = from.identity;
            registration = from.registration;
            failOver = from.failOver;
            webSockets = from.webSockets;
            encryption = from.encryption;
            nat = from.nat;
            extensions = from.extensions;
        }

        AccountConfig make() {
            return new AccountConfig(address, displayName, authUser, password, ha1, realm, registrar, outboundProxy, expires,
                    identity, registration, failOver, webSockets, encryption, nat, extensions);
        }
    }

    private AccountConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.make();
    }

    /** Returns an account with a password and the defaults for everything else. */
    public static AccountConfig of(String address, String password) {
        return of(address).withPassword(password);
    }

    /** Returns an account without a password, for peers and servers that ask for none. */
    public static AccountConfig of(String address) {
        return new AccountConfig(address, "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Duration.ofMinutes(10), Identity.PLAIN, RegistrationConfig.DEFAULT,
                FailOverConfig.DEFAULT, WebSockets.NONE, MediaEncryption.WHEN_OFFERED, Nat.DEFAULT,
                CallExtensions.OF_PHONE);
    }

    /** Returns a copy with a display name. */
    public AccountConfig withDisplayName(String name) {
        return with(copy -> copy.displayName = requireNonNull(name, "name"));
    }

    /** Returns a copy with a separate user name for authentication. */
    public AccountConfig withAuthUser(String user) {
        return with(copy -> copy.authUser = Optional.of(requireNonNull(user, "user")));
    }

    /** Returns a copy with a password. */
    public AccountConfig withPassword(String secret) {
        return with(copy -> copy.password = Optional.of(requireNonNull(secret, "secret")));
    }

    /** Returns a copy with a pre-computed HA1 for one realm. */
    public AccountConfig withHa1(String hex, String forRealm) {
        return with(copy -> {
            copy.ha1 = Optional.of(requireNonNull(hex, "hex"));
            copy.realm = Optional.of(requireNonNull(forRealm, "forRealm"));
        });
    }

    /** Returns a copy that gives credentials to this realm only. */
    public AccountConfig withRealm(String only) {
        return with(copy -> copy.realm = Optional.of(requireNonNull(only, "only")));
    }

    /** Returns a copy that registers at this host rather than at the address's domain. */
    public AccountConfig withRegistrar(String host) {
        return with(copy -> copy.registrar = Optional.of(requireNonNull(host, "host")));
    }

    /** Returns a copy that sends every request to this host first. */
    public AccountConfig withOutboundProxy(String host) {
        return with(copy -> copy.outboundProxy = Optional.of(requireNonNull(host, "host")));
    }

    /** Returns a copy that asks for this registration life. */
    public AccountConfig withExpires(Duration life) {
        return with(copy -> copy.expires = requireNonNull(life, "life"));
    }

    /** Returns a copy with these further addresses, headers and presentation. */
    public AccountConfig withIdentity(Identity more) {
        return with(copy -> copy.identity = more);
    }

    /** Returns a copy that registers so. */
    public AccountConfig withRegistration(RegistrationConfig how) {
        return with(copy -> copy.registration = how);
    }

    /** Returns a copy that does this when its server fails. */
    public AccountConfig withFailOver(FailOverConfig how) {
        return with(copy -> copy.failOver = how);
    }

    /** Returns a copy that sends everything over WebSocket servers (RFC 7118), found by their addresses and not by the registrar's. */
    public AccountConfig withWebSockets(WebSockets servers) {
        return with(copy -> copy.webSockets = servers);
    }

    /** Returns a copy whose calls encrypt their sound so. */
    public AccountConfig withEncryption(MediaEncryption wanted) {
        return with(copy -> copy.encryption = wanted);
    }

    /** Returns a copy whose sound finds its way so. */
    public AccountConfig withNat(Nat ways) {
        return with(copy -> copy.nat = ways);
    }

    /**
     * Returns a copy whose calls are those of browsers (WebRTC, RFC 8829): each offers keys by DTLS and ways by ICE, in one bundle, and is
     * not made without encryption. It is {@link MediaEncryption#DTLS} together with {@link Nat.Ice#OFFERED}; servers of {@link #withNat}
     * stay. Needs the modules {@code io.earshot:media-srtp} and {@code io.earshot:media-ice}. Calls <em>from</em> browsers are taken
     * without it.
     */
    public AccountConfig withWebRtc() {
        return withEncryption(MediaEncryption.DTLS).withNat(nat.withIce(Nat.Ice.OFFERED));
    }

    /** Returns a copy whose calls use these extensions. */
    public AccountConfig withExtensions(CallExtensions wanted) {
        return with(copy -> copy.extensions = wanted);
    }

    /**
     * Returns a copy whose requests go by this transport: the address with the parameter {@code ;transport=…} of RFC 3261 §19.1.1, which
     * may be written there as well. It holds for the registrar, the outbound proxy and targets that name none themselves. Without one,
     * the server's DNS records choose, else UDP; {@code sips:} addresses go by TLS always.
     *
     * @param protocol such as {@code UDP}, {@code TCP} or {@code TLS}, in any case
     */
    public AccountConfig withTransport(String protocol) {
        if (!requireNonNull(protocol, "protocol").matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("'" + protocol + "' is no name of a transport: write UDP, TCP or TLS");
        }
        String bare = address.replaceAll("(?i);transport=[^;?>]*", "");
        return with(copy -> copy.address = bare + ";transport=" + protocol.toLowerCase(Locale.ROOT));
    }

    /** Prints no secret. */
    @Override
    public String toString() {
        return "AccountConfig[" + address + registrar.map(r -> " at " + r).orElse("") + "]";
    }
}
