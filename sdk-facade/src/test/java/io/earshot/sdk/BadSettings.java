package io.earshot.sdk;

import io.earshot.api.AccountConfig;
import io.earshot.api.CallOptions;
import io.earshot.api.DtmfOptions;
import io.earshot.api.CallExtensions;
import io.earshot.api.FailOverConfig;
import io.earshot.api.FeatureCodes;
import io.earshot.api.DualStack;
import io.earshot.api.MediaEncryption;
import io.earshot.api.Nat;
import io.earshot.api.NatKind;
import io.earshot.api.NatReport;
import io.earshot.api.NearNetwork;
import io.earshot.api.NetworkConfig;
import io.earshot.api.RegistrationConfig;
import io.earshot.api.ServerHabits;
import io.earshot.api.SessionTimers;
import io.earshot.api.SignallingConfig;
import io.earshot.api.TransferOptions;
import io.earshot.api.TransferRules;
import io.earshot.api.WebSockets;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.NatOpening;
import io.earshot.api.audio.Playout;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.audio.Tone;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.calls.AutoAnswer;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.CallHeader;
import io.earshot.api.calls.CallHeaders;
import io.earshot.api.calls.CallLimits;
import io.earshot.api.calls.CallReason;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import io.earshot.api.calls.Diversion;
import io.earshot.api.calls.Forwarding;
import io.earshot.api.calls.Identity;
import io.earshot.api.calls.Presentation;
import io.earshot.api.calls.Redialling;
import io.earshot.api.calls.Screening;
import io.earshot.api.calls.UserToUser;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.CodecUse;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.raw.SipMessageView;
import io.earshot.api.raw.SipReply;
import io.earshot.api.raw.SipRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of what programs configure: accounts, calls, rules, messages. */
final class BadSettings extends BadArguments {
    private static final String BREAK = "a\r\nEvil: 1";
    private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);

    BadSettings() {
        addSubjects();
        accounts();
        soundOverTheNetwork();
        codecs();
        callSounds();
        signalling();
        network();
        calls();
        callHeaders();
        rules();
        messages();
        sound();
    }

    /** A value with a line break would write headers of its own. */
    private void line(String name, String... keys) {
        wrong(BREAK, name + " must be one line of text, but has a line break after 1 characters: leave it out", keys);
    }

    private void empty(String name, String... keys) {
        wrong(" ", name + " must not be empty: write one line of text", keys);
    }

    private void optional(String name, String... keys) {
        wrong(Optional.of(BREAK), name + " must be one line of text, but has a line break after 1 characters: leave it out", keys);
    }

    private void words(String name, String... keys) {
        wrong("a b", name + " must be one word without blanks, quotes and any of ; , < > \\, not 'a b'", keys);
        line(name, keys);
    }

    private void headers(String... types) {
        for (String type : types) {
            wrong(Map.of("X-A", BREAK), "the value of header X-A must be one line of text, but has a line break after 1 characters: "
                    + "leave it out", type + ".headers");
            wrong(Map.of("X A", "1"), "'X A' is no header name: write letters, digits and any of -.!%*_+`'~", type + ".headers");
        }
    }

    private void withHeader(String... types) {
        for (String type : types) {
            line("the value of header sample", type + ":2");
            wrong("X-A: 1\r\nX-B", "'X-A: 1??X-B' is no header name: write letters, digits and any of -.!%*_+`'~", type);
        }
    }

    private void addSubjects() {
        subject(AccountConfig.class, AccountConfig.of("sip:me@example.com"));
        subject(CallOptions.class, CallOptions.DEFAULT);
        subject(MediaEncryption.class, MediaEncryption.SDES);
        subject(Nat.class, Nat.DEFAULT);
        subject(NatReport.class, new NatReport(NatKind.OPEN, new InetSocketAddress("192.0.2.1", 5060), Optional.empty(), true, 1));
        fine("what we found out ourselves", "NatReport.tests", "NatReport.local");
        subject(NearNetwork.class, NearNetwork.DEFAULT);
        subject(Nat.Relay.class, new Nat.Relay("turn.example.com", "me", "secret"));
        subject(DtmfOptions.class, DtmfOptions.DEFAULT);
        subject(CallExtensions.class, CallExtensions.OF_PHONE);
        subject(FailOverConfig.class, FailOverConfig.DEFAULT);
        subject(FeatureCodes.class, FeatureCodes.ASTERISK);
        subject(NetworkConfig.class, NetworkConfig.DEFAULT);
        subject(DualStack.class, DualStack.DEFAULT);
        subject(RegistrationConfig.class, RegistrationConfig.DEFAULT);
        subject(RegistrationConfig.Push.class, new RegistrationConfig.Push("apns", "123", Optional.empty()));
        subject(SessionTimers.class, SessionTimers.DEFAULT);
        subject(Playout.class, Playout.NORMAL);
        subject(RtpSettings.class, RtpSettings.DEFAULT);
        subject(NatOpening.class, NatOpening.NONE);
        subject(TransferOptions.class, TransferOptions.DEFAULT);
        subject(TransferRules.class, TransferRules.DEFAULT);
        subject(WebSockets.class, WebSockets.NONE);
        subject(WebSockets.Server.class, new WebSockets.Server(URI.create("ws://example.com/"), 1));
        subject(Tone.class, Tone.of(440));
        subject(VoiceProcessing.class, VoiceProcessing.ALL);
        subject(AutoAnswer.class, AutoAnswer.NEVER);
        subject(CallLimits.class, CallLimits.NONE);
        subject(CallReason.class, CallReason.answeredElsewhere());
        subject(CallHeader.class, CallHeaders.subject("hello"));
        subject(CallRules.class, CallRules.NONE);
        subject(Dialling.class, Dialling.PLAIN);
        subject(Diversion.class, Diversion.of("sip:me@example.com", ""));
        subject(Forwarding.class, Forwarding.NONE);
        subject(Identity.class, Identity.PLAIN);
        subject(Presentation.class, Presentation.ACCOUNT);
        subject(Redialling.class, Redialling.NEVER);
        subject(Screening.class, Screening.NONE);
        subject(CallDetails.class, CallDetails.NONE);
        subject(SipMessageView.class, new SipMessageView("", 0, Map.of(), ""));
        subject(UserToUser.class, UserToUser.of("hello"));
        subject(OutgoingMessage.class, OutgoingMessage.of("hello"));
        subject(VerifierConfig.class, VerifierConfig.DEFAULT);
        subject(PresenceStatus.class, PresenceStatus.ONLINE);
        subject(SipRequest.class, SipRequest.of("FOO"));
        subject(SipReply.class, SipReply.of(200));
        subject(ServerHabits.class, ServerHabits.STANDARD);
        subject(SignallingConfig.class, SignallingConfig.DEFAULT);
        subject(AudioSetup.class, AudioSetup.DEFAULT);
        subject(CallSounds.class, CallSounds.TELEPHONE);
        subject(CodecPreferences.class, CodecPreferences.DEFAULT);
        subject(DeviceChoice.class, DeviceChoice.DEFAULT);
    }

    private void soundOverTheNetwork() {
        wrong(NEGATIVE, "least must be 0 s to 1 s, not -1 s", "Playout.least", "Playout.withDelay");
        wrong(Duration.ofSeconds(3), "most must be 20 ms to 2 s, not 3 s", "Playout.most", "Playout.withDelay:2");
        sample(Duration.ofMillis(20), "Playout.least", "Playout.withDelay");
        sample(Duration.ofSeconds(1), "Playout.most", "Playout.withDelay:2");
        sample(70, "Playout.mostPackets");
        wrong(1, "mostPackets 1 is not between 2 and 128", "Playout.mostPackets", "Playout.withMostPackets");
        wrong(7, "the size of the jitter buffer 7 is not between 0 and 6", "Playout.ofSize");
        wrong(11, "packets 11 is not between 0 and 10", "NatOpening.packets", "NatOpening.of");
        wrong(-1, "portStep -1 is not between 0 and 1000", "RtpSettings.portStep", "RtpSettings.withPortStep");
        wrong(NEGATIVE, "keepAlive must be 0 s to 1 h, not -1 s", "RtpSettings.keepAlive", "RtpSettings.withKeepAlive");
        wrong(NEGATIVE, "timeout must be 0 s to 1 day, not -1 s", "RtpSettings.timeout", "RtpSettings.withTimeout");
        wrong(NEGATIVE, "timeoutNotice must be 0 s to 1 day, not -1 s", "RtpSettings.timeoutNotice", "RtpSettings.withTimeout:2");
    }

    private void codecs() {
        String form = "' names no codec: write it like PCMA or speex/16000";
        wrong(Map.of("a b", CodecUse.OFFER), "'a b" + form, "CodecPreferences.uses");
        wrong(new TreeMap<>(Map.of("PCMA", CodecUse.OFFER, "pcma", CodecUse.NEVER)), "uses names pcma twice, for case does not count: "
                + "leave one out", "CodecPreferences.uses");
        wrong(Map.of(" ", FormatParameters.NONE), "' " + form, "CodecPreferences.parameters");
        wrong(Map.of("opus", new FormatParameters("a\nb")), "format parameters must be printable ASCII in one line, not 'a?b'",
                "CodecPreferences.parameters");
        wrong("a\nb", "format parameters must be printable ASCII in one line, not 'a?b'", "CodecPreferences.withParameters:2");
        wrong("a b", "'a b" + form, "CodecPreferences.with", "CodecPreferences.withParameters", "CodecPreferences.withPreferred");
        wrong("PCMA\r\nA: 1", "'PCMA??A: 1" + form, "CodecPreferences.with", "CodecPreferences.withPreferred");
        wrong(Optional.of("speex/"), "'speex/" + form, "CodecPreferences.preferred");
        for (int copies : new int[] {-1, 4}) {
            wrong(copies, "redundancy " + copies + " is not between 0 and 3", "CodecPreferences.redundancy",
                    "CodecPreferences.withRedundancy");
        }
        for (int length : new int[] {-20, 9, 121}) {
            wrong(length, "a packet must be 10 to 120 ms long, or 0 for the codec's own length, not " + length,
                    "CodecPreferences.packetMillis", "CodecPreferences.withPacketMillis");
        }
        fine("it only tells", "CodecPreferences.use", "CodecPreferences.use:2", "CodecPreferences.prefers", "CodecPreferences.prefers:2",
                "CodecPreferences.parameters(String,int):1", "CodecPreferences.parameters(String,int):2");
    }

    private void callSounds() {
        wrong("USA", "the country of tones must be two letters of ISO 3166, as US, not 'USA'", "CallSounds.country",
                "CallSounds.withCountry");
        fine("files are read when the sounds are put into force: Phone.callSounds", "CallSounds.withRingtone", "CallSounds.withHoldMusic");
        wrong("Mic", "a choice of kind DEFAULT has no name: leave 'Mic' out, or use DeviceChoice.named", "DeviceChoice.name");
        wrong(DeviceChoice.Kind.NAMED, "a device is named by one of AudioDevices.names, not ''", "DeviceChoice.kind");
        wrong(" ", "a device is named by one of AudioDevices.names, not ' '", "DeviceChoice.named");
        fine("any text means a device, and one that is not there is waited for", "DeviceChoice.parse");
    }

    private void signalling() {
        for (double factor : new double[] {0, 11, Double.NaN}) {
            wrong(factor, "timerScale " + factor + " is outside 0.1 to 10; 1 is what RFC 3261 says", "SignallingConfig.timerScale",
                    "SignallingConfig.withTimerScale");
        }
        Map.of(NEGATIVE, "-1 s", HUGE, "9223372036854775807 s", Duration.ofMillis(500), "500 ms").forEach((time, text) ->
                wrong(time, "keepAliveInterval must be 1 s to 1 h, or zero for never, not " + text, "SignallingConfig.keepAliveInterval",
                "SignallingConfig.withKeepAlive:2"));
        wrong(NEGATIVE, "connectionInterval must be 1 s to 1 h, or zero for never, not -1 s", "SignallingConfig.connectionInterval",
                "SignallingConfig.withConnectionInterval");
    }

    private void accounts() {
        empty("address", "AccountConfig.address", "AccountConfig.of");
        line("address", "AccountConfig.address", "AccountConfig.of");
        line("displayName", "AccountConfig.displayName", "AccountConfig.withDisplayName");
        optional("authUser", "AccountConfig.authUser");
        empty("authUser", "AccountConfig.withAuthUser");
        fine("a password may be any text: only its hash is sent", "AccountConfig.password", "AccountConfig.withPassword",
                "AccountConfig.of:2");
        sample("0123456789abcdef0123456789abcdef", "AccountConfig.withHa1");
        wrong("secret", "ha1 must be the 32 hexadecimal digits of an MD5; this one, of 6 characters, is not", "AccountConfig.withHa1");
        wrong(Optional.of("0123456789abcdef0123456789abcdef"), "a pre-computed HA1 holds for one realm only: set the realm too",
                "AccountConfig.ha1");
        optional("realm", "AccountConfig.realm");
        line("realm", "AccountConfig.withRealm", "AccountConfig.withHa1:2");
        optional("registrar", "AccountConfig.registrar");
        empty("registrar", "AccountConfig.withRegistrar");
        optional("outboundProxy", "AccountConfig.outboundProxy");
        empty("outboundProxy", "AccountConfig.withOutboundProxy");
        wrong(Duration.ofSeconds(5), "expires must be 10 s to 1 day, not 5 s", "AccountConfig.expires", "AccountConfig.withExpires");
        wrong(Duration.ofHours(47), "expires must be 10 s to 1 day, not 47 h", "AccountConfig.expires", "AccountConfig.withExpires");
        wrong("t;x=1", "'t;x=1' is no name of a transport: write UDP, TCP or TLS", "AccountConfig.withTransport");
        wrong(Optional.of(" "), "instance must not be empty: write one line of text", "RegistrationConfig.instance");
        empty("instance", "RegistrationConfig.withInstance");
        fine("files are read when the account is added; FailOverTest", "RegistrationConfig.instanceFile",
                "RegistrationConfig.withInstanceFile");
        wrong(Double.NaN, "priority must be 0.0 to 1.0, not NaN", "RegistrationConfig.priority", "RegistrationConfig.withPriority");
        wrong(true, "outbound and GRUU need an instance: set withInstance(\"urn:uuid:…\") or withInstanceFile",
                "RegistrationConfig.outbound", "RegistrationConfig.withOutbound");
        words("provider", "RegistrationConfig.Push.provider");
        words("id", "RegistrationConfig.Push.id");
        optional("parameter", "RegistrationConfig.Push.parameter");
        wrong(List.of("a", " "), "backups[1] must not be empty: write one line of text", "FailOverConfig.backups");
        wrong(new String[] {""}, "backups[0] must not be empty: write one line of text", "FailOverConfig.withBackups");
        wrong(HUGE, "patience must be 100 ms to 32 s, not 9223372036854775807 s", "FailOverConfig.patience",
                "FailOverConfig.withPatience");
        wrong(Duration.ZERO, "returnAfter must be 1 s to 365 days, not 0 s", "FailOverConfig.returnAfter",
                "FailOverConfig.withReturnAfter");
        wrong(List.of(" "), "aliases[0] must not be empty: write one line of text", "Identity.aliases");
        line("aliases[0]", "Identity.withAlias");
        wrong(List.of(" "), "trusted[0] must not be empty: write one line of text", "Identity.trusted");
        line("trusted[0]", "Identity.withTrusted");
        headers("Identity");
        withHeader("Identity.withHeader");
    }

    private void network() {
        wrong(Duration.ofMillis(5), "attemptDelay PT0.005S is not between PT0.01S and PT2S; RFC 8305 has PT0.25S", "DualStack.attemptDelay",
                "DualStack.withAttemptDelay");
        wrong(70_000, "tlsPort 70000 is not between 0 and 65535; 0 picks a free one", "NetworkConfig.tlsPort", "NetworkConfig.withTlsPort");
        wrong(256, "sipTrafficClass 256 is not between 0 and 255; 184 is voice (EF), 0 is none", "NetworkConfig.sipTrafficClass",
                "NetworkConfig.withTrafficClass");
        wrong(-1, "mediaTrafficClass -1 is not between 0 and 255; 184 is voice (EF), 0 is none", "NetworkConfig.mediaTrafficClass",
                "NetworkConfig.withTrafficClass:2");
        wrong(Optional.of(new InetSocketAddress(0).getAddress()), "the wildcard address cannot be announced: peers could not reach it",
                "NetworkConfig.announced");
        wrong(new InetSocketAddress(0).getAddress(), "the wildcard address cannot be announced: peers could not reach it",
                "NetworkConfig.withAnnounced");
        String form = "; write ws://host:port/path or wss://host:port/path";
        wrong("http://x", "'http://x' is no WebSocket address" + form, "WebSockets.withServer");
        wrong(new String[] {"ws://"}, "'ws://' is no WebSocket address: Expected authority" + form, "WebSockets.of");
        wrong(URI.create("ws:x"), "'ws:x' is no WebSocket address" + form, "WebSockets.Server.uri");
        wrong(URI.create("ws://me:pass@example.com/"), "the WebSocket address of example.com has a login before its host, which would "
                + "show in messages; give an Authorization header with PhoneBuilder.webSocketHeader instead", "WebSockets.Server.uri");
        fine("any weight orders the servers", "WebSockets.Server.weight", "WebSockets.withServer:2");
        sample("ws://example.com/", "WebSockets.withServer");
        fine("each of the servers was checked when it was made", "WebSockets.servers");
        String recovery = "the time between attempts to reconnect must be more than 0 and the longest at least the shortest and at most a "
                + "day, not ";
        wrong(Duration.ZERO, recovery + "0 s to 30 s", "WebSockets.shortestRecovery");
        wrong(HUGE, recovery + "2 s to 9223372036854775807 s", "WebSockets.longestRecovery");
        wrong(NEGATIVE, recovery + "-1 s to 10 s", "WebSockets.withRecovery");
        wrong(Duration.ofSeconds(5), recovery + "10 s to 5 s", "WebSockets.withRecovery:2");
        optional("contact", "WebSockets.contact");
        line("contact", "WebSockets.withContact");
        fine("it only tells", "WebSockets.isAddress");
        wrong(NEGATIVE, "freshness must be 1 ms to 365 days, not -1 s", "VerifierConfig.freshness", "VerifierConfig.withFreshness");
        wrong(HUGE, "fetchTimeout must be 1 ms to 1 day, not 9223372036854775807 s", "VerifierConfig.fetchTimeout",
                "VerifierConfig.withFetchTimeout");
        fine("a certificate was checked when it was made", "VerifierConfig.anchors", "VerifierConfig.withAnchors");
    }

    private void calls() {
        wrong(List.of(""), "suites[0] must not be empty: write one line of text", "MediaEncryption.suites");
        wrong(new String[] {""}, "suites[0] must not be empty: write one line of text", "MediaEncryption.withSuites");
        fine("told, never taken", "Encryption.suite", "Encryption.shortString", "Encryption.new(KeyMethod,String,boolean,boolean):2");
        wrong(List.of(""), "stunServers[0] must not be empty: write one line of text", "Nat.stunServers");
        wrong(new String[] {""}, "stunServers[0] must not be empty: write one line of text", "Nat.withStunServers");
        fine("any relays", "Nat.relays");
        wrong("", "server must not be empty: write one line of text", "Nat.Relay.server", "Nat.withRelay",
                "Nat.Relay.new(String,String,String):1");
        wrong("", "uri must not be empty: write one line of text", "Nat.Relay.of");
        wrong("turn:a?transport=sctp",
                "'turn:a?transport=sctp' is no relay: write host, host:port, turn:host:port?transport=tcp or turns:host",
                "Nat.Relay.of", "Nat.withRelay");
        fine("some relays ask for no name", "Nat.Relay.user", "Nat.Relay.password", "Nat.withRelay:2", "Nat.withRelay:3",
                "Nat.Relay.new(String,String,String):2", "Nat.Relay.new(String,String,String):3", "Nat.Relay.of:2", "Nat.Relay.of:3");
        wrong(Duration.ofSeconds(11), "gathering must be 0 s to 10 s, not 11 s", "Nat.gathering", "Nat.withGathering");
        wrong(List.of(""), "codecs[0] must not be empty: write one line of text", "CallOptions.codecs");
        wrong(new String[] {"PCMU", ""}, "codecs[1] must not be empty: write one line of text", "CallOptions.withCodecs");
        wrong(Duration.ZERO, "ringTimeout must be 1 ms to 1 day, not 0 s", "CallOptions.ringTimeout", "CallOptions.withRingTimeout");
        wrong(HUGE, "ringTimeout must be 1 ms to 1 day, not 9223372036854775807 s", "CallOptions.ringTimeout");
        headers("CallOptions");
        withHeader("CallOptions.withHeader");
        for (String how : List.of("CallOptions.withReplacing", "CallOptions.withJoining")) {
            wrong("a;b", "callId must be one word without blanks, ; and , as in a Call-ID header", how);
            words("targetTag", how + ":2");
            words("peerTag", how + ":3");
        }
        optional("number", "Presentation.number");
        empty("number", "Presentation.withNumber");
        optional("displayName", "Presentation.displayName");
        line("displayName", "Presentation.withDisplayName");
        wrong(Duration.ofMillis(39), "tone must be 40 ms to 10 s, not 39 ms", "DtmfOptions.tone", "DtmfOptions.withTimes");
        wrong(NEGATIVE, "gap must be 0 s to 10 s, not -1 s", "DtmfOptions.gap", "DtmfOptions.withTimes:2");
        wrong(Duration.ofSeconds(60), "session timers must expire after 90 s (the minimum) to 24 h, not after 60 s",
                "SessionTimers.expires", "SessionTimers.withExpires");
        wrong(Duration.ofMillis(500), "the minimum of session timers must be 1 s or more, not 500 ms; RFC 4028 wants 90 s",
                "SessionTimers.minimum", "SessionTimers.withMinimum");
        sample(Duration.ofMinutes(30), "SessionTimers.withExpires");
        optional("referredBy", "TransferOptions.referredBy");
        empty("referredBy", "TransferOptions.withReferredBy");
        optional("targetHost", "TransferOptions.targetHost");
        empty("targetHost", "TransferOptions.withTargetHost");
        line("pickup", "FeatureCodes.pickup");
        line("groupPickup", "FeatureCodes.groupPickup");
        line("park", "FeatureCodes.park");
        line("retrieve", "FeatureCodes.retrieve");
        empty("extension", "FeatureCodes.pickup(Account,String):2");
        empty("slot", "FeatureCodes.park(Call,String):2", "FeatureCodes.retrieve(Account,String):2");
        fine("what the account or the call refuses stands at Account.dial and Call.transfer", "FeatureCodes.pickup(Account,String):1",
                "FeatureCodes.pickupGroup", "FeatureCodes.park(Call)", "FeatureCodes.park(Call,String):1",
                "FeatureCodes.retrieve(Account,String):1");
    }

    private void callHeaders() {
        line("the value of header sample", "CallHeaders.of:2");
        wrong("", "'' is no header name: write letters, digits and any of -.!%*_+`'~", "CallHeaders.of");
        line("text", "CallHeaders.subject", "CallReason.text", "CallReason.sip:2", "CallReason.q850:2");
        wrong(HUGE, "after must be 0 s to 600 s, not 9223372036854775807 s", "CallHeaders.autoAnswer");
        wrong("<sip:a@b>", "uri must be the bare address, as sip:user@domain without < and >, not '<sip:a@b>'", "CallHeaders.callInfo",
                "CallHeaders.ringTone");
        words("purpose", "CallHeaders.callInfo:2");
        wrong("SIP;x", "the protocol of a reason must be one word as SIP or Q.850, not \"SIP;x\"", "CallReason.protocol");
        wrong(-1, "cause -1 is not between 0 and 999; 0 is none", "CallReason.cause", "CallReason.sip", "CallReason.q850");
        wrong("<sip:a@b>", "address must be the bare address, as sip:user@domain without < and >, not '<sip:a@b>'", "Diversion.address",
                "Diversion.of");
        line("displayName", "Diversion.displayName");
        words("reason", "Diversion.reason", "Diversion.of:2");
        wrong(-1, "count -1 is not between 0 and 255", "Diversion.count");
        empty("data", "UserToUser.data");
        words("encoding", "UserToUser.encoding");
        words("purpose", "UserToUser.purpose");
        words("content", "UserToUser.content");
        wrong("", "data must not be empty: write one line of text", "UserToUser.of(String)");
        wrong(new byte[0], "data must not be empty: write one line of text", "UserToUser.of(byte[])");
    }

    private void rules() {
        wrong(-2, "mostCalls must be -1 (no limit) or more, not -2", "CallLimits.mostCalls", "CallLimits.withMostCalls");
        wrong(NEGATIVE, "longestCall must be 0 s to 365 days, not -1 s", "CallLimits.longestCall", "CallLimits.withLongestCall");
        wrong(NEGATIVE, "delay must be 0 s to 600 s, not -1 s", "AutoAnswer.delay", "AutoAnswer.after");
        fine("rules are read when they are put into force; UserVisibleErrorsTest", "Dialling.rewriteRules", "Dialling.withRewriteRules",
                "Dialling.advancedRules", "Dialling.withAdvancedRules");
        line("prefix", "Dialling.prefix", "Dialling.withPrefix");
        for (String when : List.of("always", "onBusy", "onNoAnswer", "transferAlways")) {
            String with = "Forwarding.with" + Character.toUpperCase(when.charAt(0)) + when.substring(1);
            optional(when, "Forwarding." + when);
            empty(when, with);
        }
        wrong(HUGE, "noAnswerAfter must be 0 s to 600 s, not 9223372036854775807 s", "Forwarding.noAnswerAfter",
                "Forwarding.withOnNoAnswer:2");
        fine("any text is compared with callers; empty ones are left out", "Screening.blacklist", "Screening.withBlacklist");
    }

    private void messages() {
        wrong("x".repeat(32_769), "a message has at most 32768 bytes, not 32769: send it in pieces", "OutgoingMessage.text",
                "OutgoingMessage.of");
        wrong("image/png", "contentType must be a text type such as text/plain, not 'image/png'", "OutgoingMessage.contentType",
                "OutgoingMessage.withContentType");
        wrong(Duration.ofDays(31), "life must be 1 s to 30 days, not 31 days", "OutgoingMessage.life", "OutgoingMessage.withLife");
        fine("an enum", "OutgoingMessage.reports", "OutgoingMessage.withReports");
        headers("OutgoingMessage", "SipRequest", "SipReply");
        withHeader("OutgoingMessage.withHeader", "SipRequest.withHeader");
        wrong("x".repeat(1001), "a presence note has at most 1000 characters, not 1001: shorten it", "PresenceStatus.note",
                "PresenceStatus.withNote");
        wrong("anna", "'anna' is no mail address: write user@domain", "PresenceStatus.email", "PresenceStatus.withEmail");
        wrong(List.of("<x/>"), "'<x/>' is no activity: write one of RFC 4480 §3.2, such as meeting", "PresenceStatus.activities");
        wrong(new String[] {"a b"}, "'a b' is no activity: write one of RFC 4480 §3.2, such as meeting", "PresenceStatus.withActivities");
        fine("a method is checked when the request is sent; UserVisibleErrorsTest", "SipRequest.method", "SipRequest.of");
        wrong("json", "'json' is no content type: write one such as application/json", "SipRequest.contentType", "SipReply.contentType",
                "SipRequest.withBody");
        sample("text/plain", "SipRequest.withBody");
        fine("any text", "SipRequest.body", "SipReply.body", "SipRequest.withBody:2");
        wrong(100, "a request is answered with a status from 200 to 699, not 100", "SipReply.status", "SipReply.of");
        fine("unknown names are not there", "CallDetails.header", "SipMessageView.header", "Attestation.of");
    }

    private void sound() {
        wrong(0.5, "tone frequency must be 1 to 20000 Hz, not 0.5", "Tone.hz", "Tone.of");
        wrong(-1.0, "second tone frequency must be 0 or 1 to 20000 Hz, not -1.0", "Tone.secondHz");
        wrong(1.0, "tone level must be -60 to 0 dB, not 1.0", "Tone.levelDb");
        wrong(31, "noise suppression must be 0 to 30 dB, not 31", "VoiceProcessing.noiseSuppression",
                "VoiceProcessing.withNoiseSuppression");
        wrong(0, "the target level of speech must be -30 to -9 dBFS, not 0", "VoiceProcessing.targetDbfs");
    }
}
