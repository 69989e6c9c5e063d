package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import io.earshot.api.CallOptions;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.WebSockets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
 */
record ClassicConfig(AccountConfig account, boolean register, Optional<String> callTo, Calls calls, Sound sound, int events) {
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
        boolean complete = from.given("serveraddress").isPresent() && from.given("username").isPresent()
                && (from.given("password").isPresent() || from.given("md5").isPresent());
        long register = from.number("register");
        CallOptions options = CallOptions.DEFAULT.withRingTimeout(Duration.ofMillis(from.number("ringtimeout")));
        return new ClassicConfig(account(from), register == 2 || register == 1 && complete,
                from.given("callto").filter(to -> from.isOn("autocall")),
                new Calls(from.isOn("autoaccept"), options, Duration.ofMillis(from.number("calltimeout"))),
                new Sound(from.text("audiosource"), from.given("recordto")), (int) from.number("events"));
    }

    /** Applies what concerns the whole phone. */
    static PhoneBuilder apply(ClassicParameters from, PhoneBuilder to) {
        ClassicNetwork.apply(from, to);
        int rtp = (int) from.number("rtpport");
        if (rtp > 0) {
            int even = rtp + rtp % 2;
            to.rtpPorts(even, Math.min(65_535, even + 999));
        }
        ClassicWebSockets.apply(from, to);
        to.codecs(codecs(from).toArray(String[]::new));
        return to.followRedirects(from.number("allowcallredirect") == 1);
    }

    private static List<String> codecs(ClassicParameters from) {
        List<String> names = new ArrayList<>();
        for (String name : List.of("PCMU", "PCMA")) {
            if (priority(from, name) > 0) {
                names.add(name);
            }
        }
        names.sort(Comparator.comparingLong((String name) -> -priority(from, name)));
        return names;
    }

    private static long priority(ClassicParameters from, String codec) {
        return from.number("use_" + codec.toLowerCase(java.util.Locale.ROOT));
    }

    private static AccountConfig account(ClassicParameters from) {
        String host = ClassicWebSockets.domain(from).or(() -> from.given("localip")).orElse("localhost");
        String user = from.given("username").orElse("anonymous");
        long interval = from.number("registerinterval");
        String scheme = host.regionMatches(true, 0, "sips:", 0, 5) ? "sips:" : "sip:";
        String server = host.replaceFirst("(?i)^sips?:", "");
        AccountConfig account = AccountConfig.of(scheme + user + "@" + server).withDisplayName(from.text("displayname"))
                .withExpires(Duration.ofSeconds(interval < 10 ? STANDARD_INTERVAL : interval));
        account = ClassicNetwork.apply(from, account);
        Optional<String> realm = from.given("realm");
        if (from.given("sipusername").isPresent()) {
            account = account.withAuthUser(from.text("sipusername"));
        }
        account = ClassicWebSockets.apply(from, account);
        if (from.given("proxyaddress").filter(proxy -> !WebSockets.isAddress(proxy)).isPresent()) {
            account = account.withOutboundProxy(from.text("proxyaddress"));
        }
        if (realm.isPresent()) {
            account = account.withRealm(realm.get());
        }
        if (from.given("md5").isPresent() && realm.isPresent()) {
            return account.withHa1(from.text("md5"), realm.get());
        }
        return from.given("password").isPresent() ? account.withPassword(from.text("password")) : account;
    }
}
