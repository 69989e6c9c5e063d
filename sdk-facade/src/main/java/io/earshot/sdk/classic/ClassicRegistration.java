package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import io.earshot.api.RegistrationConfig;
import io.earshot.sdk.internal.call.InstanceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What classic parameters say about how an account registers: this device's name, and what goes by it. */
final class ClassicRegistration {
    static final List<ClassicParameter> ROWS = ParameterGroup.REGISTRATION.rows(
            ClassicParameter.text("instance_id", "", "UUID of this device for outbound and gruu; empty keeps one in datafolder, or "
                    + "makes one for this run", "jssip.instance_id"),
            ClassicParameter.yesNo("outbound", false, "calls come in over the connection that registered, by RFC 5626 (Earshot)"),
            ClassicParameter.number("gruu", 0, 2, 0, "name in calls that leads to this very device: 1 public, 2 temporary (Earshot)"));

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private ClassicRegistration() {
    }

    /** Returns what is wrong with the values given, if something is; that value is forgotten. */
    static Optional<String> problem(Map<String, String> values) {
        String instance = values.getOrDefault("instance_id", "");
        if (instance.isEmpty() || UUID_TEXT.matcher(bare(instance)).matches()) {
            return Optional.empty();
        }
        values.remove("instance_id");
        return Optional.of("parameter instance_id=" + instance + " is no UUID: write it as 8-4-4-4-12 hexadecimal digits");
    }

    private static String bare(String instance) {
        return instance.replaceFirst("(?i)^(urn:)?uuid:", "");
    }

    /** Returns the account as it is to register. */
    static AccountConfig apply(ClassicParameters from, AccountConfig account) {
        return named(from, from.given("jssip.registrar_server").map(JsSipNames::registrar).map(account::withRegistrar).orElse(account));
    }

    private static AccountConfig named(ClassicParameters from, AccountConfig account) {
        boolean outbound = from.isOn("outbound");
        int gruu = (int) from.number("gruu");
        Optional<String> instance = from.given("instance_id");
        if (!outbound && gruu == 0 && instance.isEmpty()) {
            return account;
        }
        RegistrationConfig named = account.registration();
        if (instance.isPresent()) {
            named = named.withInstance("urn:uuid:" + bare(instance.get()));
        } else if (from.given("datafolder").isPresent()) {
            named = named.withInstanceFile(Path.of(from.text("datafolder")).resolve("instance"));
        } else {
            named = named.withInstance(InstanceName.random());
        }
        RegistrationConfig.Gruu wanted = List.of(RegistrationConfig.Gruu.NONE, RegistrationConfig.Gruu.PUBLIC,
                RegistrationConfig.Gruu.TEMPORARY).get(gruu);
        return account.withRegistration(named.withOutbound(outbound).withGruu(wanted));
    }
}
