package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A secondary account as text: {@code server,user,password,interval,proxy,realm,authuser}, what follows the password being optional. */
final class ExtraAccount {
    private static final long STANDARD_INTERVAL = 3600;

    private ExtraAccount() {
    }

    /**
     * Reads one.
     *
     * @param main whose way to the network it shares
     * @throws IllegalArgumentException when it is none; the message says what is missing
     */
    static AccountConfig parse(String text, AccountConfig main) {
        List<String> fields = Arrays.stream(text.strip().split(",", -1)).map(field -> decoded(field.strip())).toList();
        if (fields.size() < 2 || fields.get(0).isEmpty() || fields.get(1).isEmpty()) {
            throw new IllegalArgumentException("an account needs server,user,password at least; this has " + fields.size()
                    + " fields, and the first two may not be empty");
        }
        AccountConfig account = AccountConfig.of("sip:" + fields.get(1) + "@" + fields.get(0))
                .withExpires(Duration.ofSeconds(interval(at(fields, 3)))).withIdentity(main.identity()).withFailOver(main.failOver());
        account = at(fields, 2).isEmpty() ? account : account.withPassword(at(fields, 2));
        account = at(fields, 4).isEmpty() ? account : account.withOutboundProxy(at(fields, 4));
        account = at(fields, 5).isEmpty() ? account : account.withRealm(at(fields, 5));
        return at(fields, 6).isEmpty() ? account : account.withAuthUser(at(fields, 6));
    }

    /** Returns the further accounts that have parameters of their own: {@code username2} and so on, with an AOR each. */
    static List<AccountConfig> numbered(ClassicParameters from, AccountConfig main) {
        List<AccountConfig> accounts = new ArrayList<>();
        for (int n = 2; n < 100; n++) {
            Optional<String> user = from.given("username" + n);
            Optional<String> server = from.given("serveraddress" + n).or(() -> from.given("serveraddress"));
            if (user.isPresent() && server.isPresent()) {
                AccountConfig account = AccountConfig.of("sip:" + user.get() + "@" + server.get()).withIdentity(main.identity())
                        .withFailOver(main.failOver()).withExpires(Duration.ofSeconds(from.number("registerinterval" + n)));
                accounts.add(ClassicSecurity.password(from, "password" + n).map(account::withPassword).orElse(account));
            }
        }
        return accounts;
    }

    private static String at(List<String> fields, int index) {
        return index < fields.size() ? fields.get(index) : "";
    }

    private static String decoded(String field) {
        return field.indexOf('%') < 0 ? field : URLDecoder.decode(field.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static long interval(String text) {
        if (text.isEmpty()) {
            return STANDARD_INTERVAL;
        }
        try {
            long given = Long.parseLong(text);
            return given < 10 ? STANDARD_INTERVAL : Math.min(given, 86_400);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("the interval of an account is a number of seconds, not " + text, none);
        }
    }
}
