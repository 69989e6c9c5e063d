package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import io.earshot.api.CallOptions;
import io.earshot.api.FailOverConfig;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.api.WebSockets;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classic parameters as the modern API's settings. Immutable.
 *
 * @param account who we are
 * @param register whether to register at start
 * @param callTo whom to call at start
 * @param calls how calls are made and taken
 * @param sound what peers hear, and where calls are recorded
 * @param events the notification level, 0 to 3
 * @param presence presence, busy lamps and voice mail
 */
record ClassicConfig(AccountConfig account, boolean register, Optional<String> callTo, Calls calls, Sound sound, int events,
        ClassicPresence.Settings presence) {
    private static final int STANDARD_INTERVAL = 120;

    /**
     * How calls are made and taken.
     *
     * @param autoAccept whether incoming calls are answered at once
     * @param options of the modern API
     * @param longest the longest call
     */
    record Calls(boolean autoAccept, CallOptions options, Duration longest) { }

    /**
     * What peers hear, and where calls are recorded.
     *
     * @param source silence, tone:HERTZ or file:PATH
     * @param recordTo a path that may contain %c
     */
    record Sound(String source, Optional<String> recordTo) {
        Optional<Path> recording(long call) {
            return recordTo.map(pattern -> Path.of(pattern.replace("%c", Long.toString(call))));
        }
    }

    static ClassicConfig of(ClassicParameters from) {
        boolean server = from.given("serveraddress").or(() -> from.given("serveraddressfirst")).isPresent();
        boolean complete = server && from.given("username").isPresent()
                && (from.given("password").isPresent() || from.given("md5").isPresent());
        long register = from.number("register");
        CallOptions options = CallOptions.DEFAULT.withRingTimeout(ClassicHabits.scaled(from, "ringtimeout"))
                .withEncryption(ClassicSecurity.encryption(from));
        return new ClassicConfig(account(from), register == 2 || register == 1 && complete,
                from.given("callto").filter(to -> from.isOn("autocall")),
                new Calls(from.isOn("autoaccept"), options, ClassicHabits.scaled(from, "calltimeout")),
                new Sound(from.text("audiosource"), from.given("recordto")), (int) from.number("events"),
                ClassicPresence.Settings.of(from));
    }

    /** Applies what concerns the whole phone. */
    static PhoneBuilder apply(ClassicParameters from, PhoneBuilder to) {
        ClassicNetwork.apply(from, to);
        ClassicTunnel.apply(from, to);
        ClassicHabits.apply(from, to);
        ClassicMedia.apply(from, to);
        ClassicMachine.apply(from, to);
        from.given("datafolder").map(Path::of).ifPresent(to::dataFolder);
        ClassicWebSockets.apply(from, to);
        ClassicDevices.apply(from, to);
        to.dtmf(ClassicKeys.options(from)).voice(ClassicVoice.processing(from));
        to.codecs(ClassicCodecs.of(from));
        Duration minimum = Duration.ofSeconds(from.number("minse"));
        Duration expires = Duration.ofSeconds(Math.max(from.number("sessionexpires"), from.number("minse")));
        SessionTimers timers = new SessionTimers(from.isOn("session_timers"), expires, minimum, SessionTimers.Refresher.ANY);
        to.sessionTimers(timers).reliability(from.isOn("prack") ? Reliability.SUPPORTED : Reliability.NEVER);
        from.given("dnsserver").ifPresent(server -> to.dnsServers(address(server)));
        return to.followRedirects(from.number("allowcallredirect") == 1);
    }

    /** An address with or without a port; what is none at all is refused by the builder, with its name. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && text.indexOf(':') == colon && text.substring(colon + 1).matches("[0-9]{1,5}");
        int number = port ? Integer.parseInt(text.substring(colon + 1)) : 53;
        if (number > 65_535) {
            throw new IllegalArgumentException("parameter dnsserver=" + text + ": the port is above 65535");
        }
        return new InetSocketAddress(port ? text.substring(0, colon) : text, number);
    }

    /** Two servers in either of the ways there are to write them (B-183 to B-187). */
    private static FailOverConfig failOver(ClassicParameters from) {
        long retry = from.number("dnscanfailower");
        List<String> backups = new ArrayList<>();
        if (from.given("serveraddressfirst").isPresent() && from.isOn("enablefallback")) {
            from.given("serveraddress").ifPresent(backups::add);
        }
        from.given("backupserver").ifPresent(backups::add);
        FailOverConfig config = FailOverConfig.DEFAULT.withBackups(backups.toArray(String[]::new))
                .withProbe(from.isOn("autotransportdetect")).withDns(retry > 0 && from.isOn("checkmultiarecords"))
                .withTransports(from.number("transport") == ClassicTunnel.WHEN_NEEDED);
        // The first retransmission comes after 0.5 s, and each interval is twice the one before, up to 4 s (RFC 3261 §17.1.2.2).
        long patience = retry < 5 ? 500L * ((1L << retry) - 1) : 7500 + 4000 * (retry - 4);
        return retry == 0 ? config : config.withPatience(Duration.ofMillis(patience));
    }

    private static AccountConfig account(ClassicParameters from) {
        String host = from.given("serveraddressfirst").or(() -> ClassicWebSockets.domain(from)).or(() -> from.given("localip"))
                .orElse("localhost");
        String user = from.given("username").orElse("anonymous");
        long interval = from.number("registerinterval");
        String scheme = host.regionMatches(true, 0, "sips:", 0, 5) ? "sips:" : "sip:";
        String server = ClassicHabits.withoutSrv(from, host.replaceFirst("(?i)^sips?:", ""));
        AccountConfig account = AccountConfig.of(scheme + user + "@" + server).withDisplayName(from.text("displayname"))
                .withFailOver(failOver(from)).withEncryption(ClassicSecurity.encryption(from)).withNat(ClassicNat.ways(from))
                .withExpires(Duration.ofSeconds(interval < 10 ? STANDARD_INTERVAL : interval));
        account = ClassicHabits.apply(from, ClassicNetwork.apply(from, account));
        Optional<String> realm = from.given("realm");
        if (from.given("sipusername").isPresent()) {
            account = account.withAuthUser(from.text("sipusername"));
        }
        account = ClassicRegistration.apply(from, ClassicWebSockets.apply(from, account));
        if (from.given("proxyaddress").filter(proxy -> !WebSockets.isAddress(proxy)).isPresent()) {
            account = account.withOutboundProxy(from.text("proxyaddress"));
        }
        if (realm.isPresent()) {
            account = account.withRealm(realm.get());
        }
        if (from.given("md5").isPresent() && realm.isPresent()) {
            return account.withHa1(from.text("md5"), realm.get());
        }
        return ClassicSecurity.password(from, "password").map(account::withPassword).orElse(account);
    }
}
