package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.api.WebSockets;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.Literals;
import java.util.List;
import java.util.Optional;

/**
 * One identity of the user; immutable. {@link #builder(Uri)} starts from the defaults.
 *
 * @param address the address of record: From of what the account sends, To of its REGISTER
 * @param displayName goes into From; may be empty
 * @param registrar the Request-URI of REGISTER; default the host of the address of record
 * @param outboundProxy goes as a loose Route into every request outside a dialog and into REGISTER
 * @param credentials for digest challenges
 * @param expiresSeconds asked for in REGISTER; default 300
 * @param transport the Via token of the transport for what names none itself: registrar, outbound proxy, targets; empty leaves it to DNS
 * @param contactUser the user part of Contact; default that of the address of record
 * @param extras further names and headers of the account
 * @param registration what a REGISTER says beyond RFC 3261; default nothing
 * @param failOver what happens when the server fails; default the other servers that DNS names
 * @param webSockets the WebSocket servers that everything goes over, whatever URIs say; default none
 */
public record AccountSettings(SipUri address, String displayName, SipUri registrar, Optional<SipUri> outboundProxy,
        Optional<Credentials> credentials, long expiresSeconds, Optional<String> transport, String contactUser, AccountExtras extras,
        RegistrationOptions registration, FailOver failOver, WebSockets webSockets) {
    public AccountSettings {
        requireNonNull(address, "address");
        requireNonNull(displayName, "displayName");
        requireNonNull(registrar, "registrar");
        requireNonNull(outboundProxy, "outboundProxy");
        requireNonNull(credentials, "credentials");
        requireNonNull(transport, "transport");
        requireNonNull(contactUser, "contactUser");
        requireNonNull(extras, "extras");
        requireNonNull(registration, "registration");
        requireNonNull(failOver, "failOver");
        requireNonNull(webSockets, "webSockets");
        if (expiresSeconds < 1 || expiresSeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("expiresSeconds " + expiresSeconds + " is outside 1 to 4294967295");
        }
    }

    /**
     * Returns a builder for this address of record.
     *
     * @param address such as {@code sip:alice@example.org}
     * @throws IllegalArgumentException if it is no SIP or SIPS URI
     */
    public static Builder builder(Uri address) {
        return new Builder(sip(address, "address of record"));
    }

    /** Returns a copy whose requests outside dialogs go through these behind the outbound proxy (RFC 3608 §6.1). */
    AccountSettings withServiceRoute(List<SipUri> routes) {
        return new AccountSettings(address, displayName, registrar, outboundProxy, credentials, expiresSeconds, transport,
            contactUser, extras, registration.withServiceRoute(routes), failOver, webSockets);
    }

    /** Returns these settings as they are while a backup stands in: an IP address as domain is the backup's then, a name stays. */
    AccountSettings at(SipUri backup) {
        SipUri server = backup.withoutUser();
        boolean literal = Literals.parse(address.host()).isPresent();
        SipUri identity = literal ? address.withHost(server.host()).withPort(server.port()) : address;
        return new AccountSettings(identity, displayName, literal ? server : registrar, Optional.of(server), credentials, expiresSeconds,
            transport, contactUser, extras, registration, literal ? failOver.standIn(address, server) : failOver,
            webSockets);
    }

    /** Returns From or To of this account, without a tag. */
    NameAddr identity() {
        return NameAddr.of(displayName, address);
    }

    private static SipUri sip(Uri uri, String what) {
        if (uri instanceof SipUri sip) {
            return sip;
        }
        throw new IllegalArgumentException(what + " must be a sip: or sips: URI, not " + uri);
    }

    /** Collects settings; see {@link AccountSettings} for each. Not for use by several threads. */
    public static final class Builder {
        private final SipUri address;
        private String displayName = "";
        private Optional<SipUri> registrar = Optional.empty();
        private Optional<SipUri> outboundProxy = Optional.empty();
        private Optional<Credentials> credentials = Optional.empty();
        private long expiresSeconds = 300;
        private Optional<String> transport = Optional.empty();
        private Optional<String> contactUser = Optional.empty();
        private AccountExtras extras = AccountExtras.NONE;
        private RegistrationOptions registration = RegistrationOptions.NONE;
        private FailOver failOver = FailOver.DEFAULT;
        private WebSockets webSockets = WebSockets.NONE;

        private Builder(SipUri address) {
            this.address = address;
        }

        /** Sets {@link AccountSettings#displayName}. */
        public Builder displayName(String value) {
            displayName = requireNonNull(value);
            return this;
        }

        /** Sets {@link AccountSettings#registrar}; it may have a port and a transport parameter. */
        public Builder registrar(Uri value) {
            registrar = Optional.of(sip(value, "registrar"));
            return this;
        }

        /** Sets {@link AccountSettings#outboundProxy}. */
        public Builder outboundProxy(Uri value) {
            outboundProxy = Optional.of(sip(value, "outbound proxy"));
            return this;
        }

        /** Sets {@link AccountSettings#credentials}. */
        public Builder credentials(Credentials value) {
            credentials = Optional.of(value);
            return this;
        }

        /** Sets {@link AccountSettings#expiresSeconds}. */
        public Builder expiresSeconds(long value) {
            expiresSeconds = value;
            return this;
        }

        /** Sets {@link AccountSettings#transport}. */
        public Builder transport(String value) {
            transport = Optional.of(value);
            return this;
        }

        /** Sets {@link AccountSettings#contactUser}. */
        public Builder contactUser(String value) {
            contactUser = Optional.of(value);
            return this;
        }

        /** Sets {@link AccountSettings#extras}. */
        public Builder extras(AccountExtras value) {
            extras = requireNonNull(value);
            return this;
        }

        /** Sets {@link AccountSettings#registration}. */
        public Builder registration(RegistrationOptions value) {
            registration = requireNonNull(value);
            return this;
        }

        /** Sets {@link AccountSettings#failOver}. */
        public Builder failOver(FailOver value) {
            failOver = requireNonNull(value);
            return this;
        }

        /** Sets {@link AccountSettings#webSockets}. */
        public Builder webSockets(WebSockets value) {
            webSockets = requireNonNull(value);
            return this;
        }

        /** Returns the settings. */
        public AccountSettings build() {
            return new AccountSettings(address, displayName, registrar.orElseGet(address::withoutUser), outboundProxy, credentials,
                expiresSeconds, transport, contactUser.orElseGet(() -> address.decodedUser().orElse("")), extras, registration,
                failOver, webSockets);
        }
    }
}
