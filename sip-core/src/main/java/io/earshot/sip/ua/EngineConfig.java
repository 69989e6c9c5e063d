package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.api.DualStack;
import io.earshot.api.NameLookup;
import io.earshot.api.ServersView;
import io.earshot.api.time.Ticker;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.transaction.Timers;
import io.earshot.sip.transaction.TransactionLimits;
import java.util.List;
import java.util.OptionalLong;

/**
 * How an engine behaves; immutable. {@link #builder()} starts from the defaults.
 *
 * @param userAgent the User-Agent and Server header; empty writes none
 * @param transports what the owner can send and receive with, the preferred one first; default UDP
 * @param timers T1, T2, T4; default RFC 3261's 500 ms, 4 s, 5 s
 * @param limits of what is parsed
 * @param transactionLimits of what is kept per transaction
 * @param maxSessions calls at once; further incoming ones get 503, further outgoing ones are refused; default 2000
 * @param maxForks early dialogs per outgoing call, further ones are ignored, and hung up should they answer; default 20
 * @param maxRedirects 3xx answers followed per call or registration; default 5
 * @param maxAuthenticationTries how often one request is sent again with other credentials; default 3
 * @param keepAlive how often the empty line of RFC 5626 §4.4.1 goes to the registrar, in ns; 0 for never; default 25 s
 * @param connectionKeepAlive the same over TCP and TLS, 120 s at most where the registration is bound to its connection; default
 *     keepAlive
 * @param keepAliveText what that is over UDP; connections always get CR LF CR LF, which servers answer. Default CR LF CR LF
 * @param dnsTimeout how long one look-up may take, in ns; default 8 s
 * @param calls which extensions of calls are used; default none, {@link CallPolicy#PLAIN}
 * @param serversView whether Contact follows the address the registrar saw us at (RFC 3581), with a second REGISTER; default always
 * @param events limits of subscriptions and publications
 * @param dualStack which of a server's addresses are tried first
 * @param names when DNS is asked
 */
public record EngineConfig(String userAgent, List<TransportTraits> transports, Timers timers, SipLimits limits,
        TransactionLimits transactionLimits, int maxSessions, int maxForks, int maxRedirects, int maxAuthenticationTries, long keepAlive,
        long connectionKeepAlive, String keepAliveText, long dnsTimeout, CallPolicy calls, ServersView serversView, EventSettings events,
        DualStack dualStack, NameLookup names) {
    public EngineConfig {
        requireNonNull(userAgent, "userAgent");
        requireNonNull(timers, "timers");
        requireNonNull(calls, "calls");
        requireNonNull(limits, "limits");
        requireNonNull(transactionLimits, "transactionLimits");
        requireNonNull(events, "events");
        requireNonNull(dualStack, "dualStack");
        requireNonNull(names, "names");
        requireNonNull(serversView, "serversView");
        if (!keepAliveText.matches("[ \r\n]{1,16}")) {
            throw new IllegalArgumentException("keepAliveText must be 1 to 16 spaces and line ends, which no server takes for a request");
        }
        transports = List.copyOf(transports);
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("no transports");
        }
        if (maxSessions < 1 || maxForks < 1 || maxRedirects < 0 || maxAuthenticationTries < 1 || keepAlive < 0 || connectionKeepAlive < 0
            || dnsTimeout < 1) {
            throw new IllegalArgumentException("a limit is out of range");
        }
    }

    /** Returns the defaults. */
    public static EngineConfig defaults() {
        return builder().build();
    }

    /** Returns a builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; see {@link EngineConfig} for each. Not for use by several threads. */
    public static final class Builder {
        private String userAgent = "Earshot";
        private List<TransportTraits> transports = List.of(TransportTraits.UDP);
        private Timers timers = Timers.DEFAULT;
        private SipLimits limits = SipLimits.DEFAULT;
        private TransactionLimits transactionLimits = TransactionLimits.DEFAULT;
        private int maxSessions = 2000;
        private int maxForks = 20;
        private int maxRedirects = 5;
        private int maxAuthenticationTries = 3;
        private long keepAlive = 25 * Ticker.SECOND;
        private OptionalLong connectionKeepAlive = OptionalLong.empty();
        private String keepAliveText = "\r\n\r\n";
        private long dnsTimeout = 8 * Ticker.SECOND;
        private CallPolicy calls = CallPolicy.PLAIN;
        private ServersView serversView = ServersView.ALWAYS;
        private EventSettings events = EventSettings.DEFAULT;
        private DualStack dualStack = DualStack.DEFAULT;
        private NameLookup names = NameLookup.CACHED;

        private Builder() {
        }

        /** Sets {@link EngineConfig#userAgent}. */
        public Builder userAgent(String value) {
            userAgent = value;
            return this;
        }

        /** Sets {@link EngineConfig#transports}. */
        public Builder transports(TransportTraits... value) {
            transports = List.of(value);
            return this;
        }

        /** Sets {@link EngineConfig#timers}. */
        public Builder timers(Timers value) {
            timers = value;
            return this;
        }

        /** Sets {@link EngineConfig#limits}. */
        public Builder limits(SipLimits value) {
            limits = value;
            return this;
        }

        /** Sets {@link EngineConfig#transactionLimits}. */
        public Builder transactionLimits(TransactionLimits value) {
            transactionLimits = value;
            return this;
        }

        /** Sets {@link EngineConfig#maxSessions}. */
        public Builder maxSessions(int value) {
            maxSessions = value;
            return this;
        }

        /** Sets {@link EngineConfig#maxForks}. */
        public Builder maxForks(int value) {
            maxForks = value;
            return this;
        }

        /** Sets {@link EngineConfig#maxRedirects}. */
        public Builder maxRedirects(int value) {
            maxRedirects = value;
            return this;
        }

        /** Sets {@link EngineConfig#maxAuthenticationTries}. */
        public Builder maxAuthenticationTries(int value) {
            maxAuthenticationTries = value;
            return this;
        }

        /** Sets {@link EngineConfig#keepAlive}, in ns. */
        public Builder keepAlive(long value) {
            keepAlive = value;
            return this;
        }

        /** Sets {@link EngineConfig#connectionKeepAlive}, in ns. */
        public Builder connectionKeepAlive(long value) {
            connectionKeepAlive = OptionalLong.of(value);
            return this;
        }

        /** Sets {@link EngineConfig#keepAliveText}. */
        public Builder keepAliveText(String value) {
            keepAliveText = value;
            return this;
        }

        /** Sets {@link EngineConfig#dnsTimeout}, in ns. */
        public Builder dnsTimeout(long value) {
            dnsTimeout = value;
            return this;
        }

        /** Sets {@link EngineConfig#calls}. */
        public Builder calls(CallPolicy value) {
            calls = value;
            return this;
        }

        /** Sets {@link EngineConfig#serversView}. */
        public Builder serversView(ServersView value) {
            serversView = value;
            return this;
        }

        /** Sets {@link EngineConfig#events}. */
        public Builder events(EventSettings value) {
            events = value;
            return this;
        }

        /** Sets {@link EngineConfig#names}. */
        public Builder names(NameLookup value) {
            names = value;
            return this;
        }

        /** Sets {@link EngineConfig#dualStack}. */
        public Builder dualStack(DualStack value) {
            dualStack = value;
            return this;
        }

        /** Returns the configuration. */
        public EngineConfig build() {
            return new EngineConfig(userAgent, transports, timers, limits, transactionLimits, maxSessions, maxForks, maxRedirects,
                maxAuthenticationTries, keepAlive, connectionKeepAlive.orElse(keepAlive), keepAliveText, dnsTimeout, calls, serversView,
                events, dualStack, names);
        }
    }
}
