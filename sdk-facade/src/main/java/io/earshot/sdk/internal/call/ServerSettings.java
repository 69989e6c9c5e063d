package io.earshot.sdk.internal.call;

import io.earshot.api.AccountConfig;
import io.earshot.api.CallExtensions;
import io.earshot.api.FailOverConfig;
import io.earshot.api.RegistrationConfig;
import io.earshot.api.RegistrationDetails;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.ua.CallPolicy;
import io.earshot.sip.ua.FailOver;
import io.earshot.sip.ua.RegistrationFacts;
import io.earshot.sip.ua.RegistrationOptions;
import io.earshot.sip.ua.ServerHabits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What users say about registration and fail-over, as the engine takes it, and what the registrar said, as users take it. */
final class ServerSettings {
    private ServerSettings() {
    }

    /** Returns the engine's registration options; {@code instance} is the name of this device. */
    static RegistrationOptions options(AccountConfig config, Optional<String> instance) {
        RegistrationConfig from = config.registration();
        RegistrationOptions options = RegistrationOptions.NONE.withPriority((int) Math.round(from.priority() * 1000))
                .withHabits(habits(from.habits()));
        if (from.push().isPresent()) {
            RegistrationConfig.Push push = from.push().get();
            options = options.withPush(new RegistrationOptions.Push(push.provider(), push.id(), push.parameter()));
        }
        try {
            return instance.isEmpty() ? options : options.withInstance(instance.get(), from.outbound())
                    .withGruu(RegistrationOptions.Gruu.valueOf(from.gruu().name()));
        } catch (IllegalArgumentException malformed) {
            throw Addresses.bad("The account cannot be registered: " + malformed.getMessage() + ".");
        }
    }

    /** Returns the policy of an account's calls; {@code trickle} tells whether candidates come and go by INFO. */
    static CallPolicy policy(AccountConfig config, CallPolicy phone, boolean trickle) {
        CallExtensions own = config.extensions();
        return new CallPolicy(own.reliability().orElse(phone.reliability()), own.sessionTimers().orElse(phone.timers()),
                own.earlyMediaHeader(), trickle);
    }

    private static ServerHabits habits(io.earshot.api.ServerHabits from) {
        return new ServerHabits(from.unregister(), from.replace(), ServerHabits.Expiry.valueOf(from.expiry().name()),
                ServerHabits.Challenges.valueOf(from.challenges().name()));
    }

    static FailOver failOver(AccountConfig config) {
        FailOverConfig from = config.failOver();
        List<SipUri> servers = Stream.concat(Rungs.of(config).stream(),
                from.backups().stream().map(host -> Addresses.host(host, "backup server"))).toList();
        return FailOver.DEFAULT.withBackups(servers)
                .withPatience(from.patience().toNanos()).withReturnAfter(from.returnAfter().toNanos())
                .withDns(from.dns()).withProbe(from.probe());
    }

    static RegistrationDetails details(RegistrationFacts facts) {
        return new RegistrationDetails(facts.server().toString(), facts.publicGruu().map(SipUri::toString),
                facts.temporaryGruu().map(SipUri::toString), facts.serviceRoute().stream().map(SipUri::toString).toList(),
                facts.outbound(), facts.pushResource(), facts.events());
    }
}
